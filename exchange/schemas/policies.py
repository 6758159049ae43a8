"""The form of a policy, checked: its words, its days and its conditions as data.

In: form fields. Out: a dict of a Policy's columns (`code` apart), or ValidationError keyed by field.
"""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from config.policies import CONDITIONS, PolicyKind
from config.words import Direction
from exchange.schemas.cooperation import CooperationForm, Places, Words, day, required_text, text


class PolicyForm(CooperationForm):
    code = fields.String(
        required=True,
        validate=validate.Regexp(r"[a-z0-9][a-z0-9-]{1,30}\Z", error="编号只用小写字母、数字和连字符，2–31 个字符。"),
        error_messages={"required": "请填写编号，如 zhuanyi-2026。"},
    )
    kind = fields.Enum(
        PolicyKind, by_value=True, required=True, error_messages={"unknown": "请选择种类。", "required": "请选择种类。"}
    )
    name = required_text("请填写名称。", 80)
    is_example = fields.Boolean(load_default=False)
    who = required_text("请写明谁可以领。", 600)
    amount = required_text("请写明补多少。", 600)
    since = day("请填写从哪天起执行。")
    until = day()
    papers = text(600)
    office = text(200)
    words = required_text("请照抄文件里的原话。", 2000)
    origin = required_text("请写明出自哪份文件。", 200)
    direction = fields.String(
        load_default="", validate=validate.OneOf(["", *Direction], error="请选择流向，或选“不限”。")
    )
    divisions = Places()
    parks = Words()
    occupations = Words()
    persons = Words(80)

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data["until"] and data["until"] < data["since"]:
            raise ValidationError("截止日期早于开始日期。", "until")

    @post_load
    def _as_columns(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        direction = data.pop("direction")
        data["directions"] = [direction] if direction else []
        data["kind"] = str(data["kind"])
        data["conditions"] = {name: values for name in CONDITIONS if (values := data.pop(name))}
        return data
