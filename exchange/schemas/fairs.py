"""Forms and calls about fairs, checked: the plan, the licence, the day's counts, what is reported.

In: form fields or JSON. Out: typed values that fit the store, or ValidationError keyed by field in Chinese.
"""

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, post_load, pre_load, validate, validates_schema

from exchange.clock import LOCAL
from exchange.fairs.words import FairState, TallyKind
from exchange.schemas.query import QuerySchema, Values
from exchange.schemas.typed_text import plain_text

MOST_TALLIES = 500  # in one call
_LONGEST_FAIR = 30  # days
_YEARS = range(2000, 2101)  # any other is a slip
_LARGEST_TALLY = 999
_ID = re.compile(r"[A-Za-z0-9-]{16,64}")
_PHONE = re.compile(r"[0-9+()（）\-－ 转]{5,40}")


def _text(most: int, missing: str = "") -> fields.String:
    """Without words for a missing one it may be left blank."""
    limit = validate.Length(max=most, error=f"最长 {most} 个字。")
    if not missing:
        return fields.String(load_default="", validate=limit)
    limits = [validate.Length(min=1, error=missing), limit]
    return fields.String(required=True, validate=limits, error_messages={"required": missing})


def _count(most: int, missing: str) -> fields.Integer:
    words = f"应为 0 到 {most:,} 的整数。"
    told: dict[str, Any] = {"required": missing, "invalid": words}
    return fields.Integer(required=True, validate=validate.Range(0, most, error=words), error_messages=told)


def _moment(missing: str) -> fields.NaiveDateTime:
    return fields.NaiveDateTime(
        required=True, format="%Y-%m-%dT%H:%M", error_messages={"required": missing, "invalid": missing}
    )


def _is_address(value: str) -> None:
    """Only what a browser opens as a page, and nothing that could break out of an attribute."""
    parts = urlsplit(value)
    if value and (parts.scheme not in {"https", "http"} or not parts.netloc or not value.isprintable()):
        raise ValidationError("请填以 https:// 开头的网址，或者不填。")


def _is_phone(value: str) -> None:
    if value and not _PHONE.fullmatch(value):
        raise ValidationError("电话只能有数字、空格、横线、括号和“转”。")


class _Form(Schema):
    class Meta:
        unknown = EXCLUDE  # the CSRF token has its own check

    @pre_load
    def _trim(self, data: Any, **_: Any) -> dict[str, str]:
        return {name: plain_text(value) for name, value in data.items()}


class FairForm(_Form):
    name = _text(60, "请填写名称，例如 翁源—长安春季供需对接会。")
    cluster = _text(16, "请选择组团。")
    organisers = _text(300, "请填写主办单位，几家用顿号分开。")
    by_government = fields.Boolean(load_default=False)
    online = fields.Boolean(load_default=False)
    place = _text(80)
    address = _text(150)
    map_link = fields.String(load_default="", validate=[validate.Length(max=500, error="网址太长。"), _is_address])
    meeting_link = fields.String(load_default="", validate=[validate.Length(max=500, error="网址太长。"), _is_address])
    starts_at = _moment("请选择开始的日期和时间。")
    ends_at = _moment("请选择结束的日期和时间。")
    expected = _count(1_000_000, "请填写预计参加人数：安全许可的要求由它算出。")
    contact = _text(40, "请填写联系人或联系科室。")
    phone = fields.String(
        required=True,
        validate=[validate.Length(min=1, error="请填写咨询电话。"), _is_phone],
        error_messages={"required": "请填写咨询电话。"},
    )
    notice = _text(2_000)

    @pre_load
    def _boxes(self, data: Any, **_: Any) -> dict[str, str]:
        """A box that is not ticked is not sent."""
        return {name: value for name, value in data.items() if value or name not in {"by_government", "online"}}

    @validates_schema(skip_on_field_errors=True)
    def _fits_together(self, data: dict[str, Any], **_: Any) -> None:
        for name in ("starts_at", "ends_at"):
            if data[name].year not in _YEARS:
                raise ValidationError("请检查年份。", name)
        length = data["ends_at"] - data["starts_at"]
        if length.total_seconds() <= 0:
            raise ValidationError("结束时间要在开始时间之后。", "ends_at")
        if length.days > _LONGEST_FAIR:
            raise ValidationError(f"一场最长 {_LONGEST_FAIR} 天，请检查日期。", "ends_at")
        if not data["online"] and not data["place"]:
            raise ValidationError("现场举办的，请填写场地名称。", "place")
        if data["online"] and not data["meeting_link"]:
            raise ValidationError("线上举办的，请填写进入的网址。", "meeting_link")

    @post_load
    def _local_times(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {name: data[name].replace(tzinfo=LOCAL) for name in ("starts_at", "ends_at")}


class LicenceForm(_Form):
    applied_on = fields.Date(
        load_default=None, allow_none=True, error_messages={"invalid": "请选择申请日期，例如 2027-03-01。"}
    )
    number = _text(60)

    @pre_load
    def _blank(self, data: Any, **_: Any) -> dict[str, Any]:
        return {name: value or None if name == "applied_on" else value for name, value in data.items()}

    @validates_schema(skip_on_field_errors=True)
    def _applied_first(self, data: dict[str, Any], **_: Any) -> None:
        if data["number"] and data["applied_on"] is None:
            raise ValidationError("填了文号，也要填申请日期。", "applied_on")


class TallySchema(Schema):
    class Meta:
        unknown = RAISE

    id = fields.String(required=True, validate=validate.Regexp(_ID.pattern + r"\Z"))
    exhibitor = fields.String(load_default="", validate=validate.Length(max=16))
    kind = fields.Enum(TallyKind, by_value=True, required=True)
    amount = fields.Integer(
        required=True,
        strict=True,
        validate=[validate.Range(-_LARGEST_TALLY, _LARGEST_TALLY), validate.NoneOf([0])],
    )
    at = fields.AwareDateTime(required=True, default_timezone=LOCAL)


class TalliesSchema(Schema):
    class Meta:
        unknown = RAISE

    tallies = fields.List(fields.Nested(TallySchema), required=True, validate=validate.Length(1, MOST_TALLIES))


class ResultsForm(_Form):
    visitors = _count(1_000_000, "请填写进场人数。")
    interviews = _count(1_000_000, "请填写面谈人次。")
    intents = _count(1_000_000, "请填写达成意向的人数。")
    hires = _count(1_000_000, "请填写现场录用的人数。")
    reason = _text(300)


class FairsQuerySchema(QuerySchema):
    """GET /api/v1/fairs."""

    year = fields.Integer(
        load_default=None,
        validate=validate.Range(2000, 2100, error="应为 2000 到 2100 的整数"),
        error_messages={"invalid": "应为 2000 到 2100 的整数"},
        metadata={"description": "calendar year of the first day; those from today on when left out"},
    )
    cluster = fields.String(load_default="", metadata={"description": "code of a cluster (组团)"})
    state = Values(metadata={"description": "any of published, held, reported, cancelled"})

    @validates_schema(skip_on_field_errors=True)
    def _known_states(self, data: dict[str, Any], **_: Any) -> None:
        shown = [state.value for state in FairState if state not in {FairState.PLANNED, FairState.CHECKED}]
        for value in data.get("state") or ():
            if value not in shown:
                raise ValidationError(f"没有“{value}”这个状态，可用：{'、'.join(shown)}", "state")


class FairPlaceSchema(Schema):
    name = fields.String(required=True)
    address = fields.String(required=True)
    map = fields.String(required=True, metadata={"description": "address of a map, may be empty"})


class FairClusterSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)


class FairSchema(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True, metadata={"description": "published, held, reported or cancelled"})
    cluster = fields.Nested(FairClusterSchema, required=True)
    organisers = fields.String(required=True)
    organisation = fields.String(required=True)
    online = fields.Boolean(required=True)
    place = fields.Nested(FairPlaceSchema, required=True)
    meeting_url = fields.String(required=True)
    starts_at = fields.DateTime(required=True)
    ends_at = fields.DateTime(required=True)
    contact = fields.String(required=True)
    phone = fields.String(required=True)
    employers = fields.Integer(required=True)
    postings = fields.Integer(required=True, metadata={"description": "open now; once held, as it stood then"})
    openings = fields.Integer(required=True)
    cancelled_because = fields.String(required=True)
    url = fields.String(required=True)
    calendar_url = fields.String(required=True)
    changed_at = fields.DateTime(required=True)


class FairsSchema(Schema):
    items = fields.List(fields.Nested(FairSchema), required=True)


def first_of_month(text: str) -> date | None:
    """`2026-03` as its first day; None for anything else."""
    try:
        first = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return None
    return first if first.year in _YEARS else None
