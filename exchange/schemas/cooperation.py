"""What the forms of activities, supply notices, relocated employers and policies have in common.

In: form fields. Out: marshmallow fields with Chinese messages. Free text that could name a person is refused here.
"""

import re
from datetime import date
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate

from config.divisions import Division, workplaces
from exchange.personal_words import find_personal
from exchange.schemas.typed_text import plain_text

_BETWEEN = re.compile(r"[、,，;；\n]+")
_LONGEST_LIST = 60


class CooperationForm(Schema):
    class Meta:
        unknown = EXCLUDE  # the CSRF token has its own check

    @pre_load
    def _trim(self, data: Any, **_: Any) -> dict[str, str]:
        """A field left empty is one not given."""
        trimmed = {name: plain_text(data[name]) for name in data}
        return {name: value for name, value in trimmed.items() if value}


def required_text(missing: str, most: int) -> fields.String:
    return fields.String(required=True, validate=_at_most(most), error_messages={"required": missing})


def text(most: int, *more: Any) -> fields.String:
    return fields.String(load_default="", validate=[_at_most(most), *more])


def known_place(missing: str) -> fields.String:
    """The code of a workplace of either city."""
    codes = [place.code for place in workplaces()]
    return fields.String(
        required=True, validate=validate.OneOf(codes, error=missing), error_messages={"required": missing}
    )


def day(missing: str = "") -> fields.Date:
    """Without words for a missing one it may be left blank."""
    told: dict[str, Any] = {"required": missing, "invalid": "日期应像 2026-03-12 这样写。"}
    limits = validate.Range(date(2000, 1, 1), date(2100, 12, 31), error="请检查年份。")
    if missing:
        return fields.Date(required=True, validate=limits, error_messages=told)
    return fields.Date(load_default=None, validate=limits, error_messages=told)


def whole(least: int, most: int, missing: str = "") -> fields.Integer:
    wrong = f"应为 {least:,} 到 {most:,} 的整数。"
    limits: dict[str, Any] = {"validate": validate.Range(least, most, error=wrong)}
    messages: dict[str, Any] = {"required": missing or wrong, "invalid": wrong}
    if missing:
        return fields.Integer(required=True, error_messages=messages, **limits)
    return fields.Integer(load_default=None, error_messages=messages, **limits)


class Words(fields.Field[list[str]]):
    """A list in one text, between 、 commas or line ends."""

    def __init__(self, most: int = 40, **options: Any) -> None:
        if not options.get("required"):
            options.setdefault("load_default", list)
        super().__init__(**options)
        self._most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> list[str]:
        words = list(dict.fromkeys(" ".join(part.split()) for part in _BETWEEN.split(str(value)) if part.strip()))
        if not words and self.required:
            raise self.make_error("required")
        if len(words) > _LONGEST_LIST:
            raise ValidationError(f"最多写 {_LONGEST_LIST} 个，用顿号隔开。")
        for word in words:
            if len(word) > self._most:
                raise ValidationError(f"“{word[:20]}…”太长，每个最长 {self._most} 个字，用顿号隔开。")
        return words


class Places(Words):
    """Names or codes of workplaces: 长安镇、虎门 → codes."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[str]:
        return [_workplace(name).code for name in super()._deserialize(value, attr, data, **options)]


def _workplace(name: str) -> Division:
    for place in workplaces():
        if name in {place.code, place.name, place.short_name}:
            return place
    raise ValidationError(f"没有“{name}”这个镇街或县（市、区），请写两市的地名，如：长安镇、翁源县。")


def no_personal_data(value: str | list[str]) -> None:
    for one in [value] if isinstance(value, str) else [*value, "、".join(value)]:
        if refusal := find_personal(one):
            raise ValidationError(refusal)


def _at_most(most: int) -> validate.Length:
    return validate.Length(max=most, error=f"最长 {most} 个字。")
