"""Forms about supply notices and relocated employers, checked. Names, telephones and identity numbers are refused.

In: form fields. Out: a dict of columns, or ValidationError keyed by field with Chinese messages.
"""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from config.divisions import division
from config.words import City
from exchange.schemas.cooperation import (
    CooperationForm,
    Places,
    Words,
    day,
    known_place,
    no_personal_data,
    required_text,
    text,
    whole,
)
from exchange.supply import SupplyOutcome
from search.benefits import all_benefits, written_forms

_LONGEST = 366  # days that a notice may stand


class Benefits(Words):
    """Benefits by any of their names → the canonical ones."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[str]:
        forms = written_forms()
        names = super()._deserialize(value, attr, data, **options)
        for name in names:
            if name not in forms:
                known = "、".join(list(all_benefits())[:12])
                raise ValidationError(f"不认识“{name}”这项待遇，可以写：{known} 等。")
        return list(dict.fromkeys(forms[name] for name in names))


class SupplyForm(CooperationForm):
    division = known_place("请选择劳动力所在的镇街或县（市、区）。")
    workers = whole(1, 100_000, "请填写人数。")
    occupations = Words(
        20, required=True, validate=no_personal_data, error_messages={"required": "请填写工种，如：普工、焊工。"}
    )
    skills = text(300, no_personal_data)
    pay_min = whole(500, 200_000)
    from_on = day("请填写从哪天起可以到岗。")
    until_on = day("请填写有效到哪天。")
    benefits = Benefits()
    places = Places()
    words = text(500, no_personal_data)

    @validates_schema(skip_on_field_errors=True)
    def _fits(self, data: dict[str, Any], **_: Any) -> None:
        if data["until_on"] < data["from_on"]:
            raise ValidationError("有效期早于可到岗的日期。", "until_on")
        if (data["until_on"] - data["from_on"]).days > _LONGEST:
            raise ValidationError("有效期最长一年，到期可以再延。", "until_on")
        home = division(data["division"]).city
        for code in data["places"]:
            if division(code).city is home:
                raise ValidationError(f"{division(code).name}就在本市；这里写希望去的另一个市的地方。", "places")


class OutcomeForm(CooperationForm):
    kind = fields.Enum(
        SupplyOutcome,
        by_value=True,
        required=True,
        error_messages={"unknown": "请选择进展。", "required": "请选择进展。"},
    )
    number = whole(1, 100_000, "请填写人数。")
    posting = text(12)
    words = text(300, no_personal_data)


class RelocationForm(CooperationForm):
    employer = required_text("请填写用人单位全称。", 100)
    uscc = fields.String(
        load_default="",
        validate=validate.Regexp(r"[0-9A-HJ-NP-RTUW-Y]{18}\Z", error="统一社会信用代码是 18 位数字和大写字母。"),
    )
    moved_from = known_place("请选择从哪里转移。")
    moved_to = known_place("请选择转移到哪里。")
    moved_on = day("请填写转移的日期。")
    evidence = fields.String(
        required=True,
        validate=[validate.Length(4, 500, error="请写明依据的文件或证明（4–500 个字）。"), no_personal_data],
        error_messages={"required": "请写明依据的文件或证明。"},
    )

    @validates_schema(skip_on_field_errors=True)
    def _between_the_cities(self, data: dict[str, Any], **_: Any) -> None:
        for name, city in (("moved_from", City.DONGGUAN), ("moved_to", City.SHAOGUAN)):
            if division(data[name]).city is not city:
                raise ValidationError("应是从东莞转移到韶关。", name)

    @post_load
    def _upper(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        data["uscc"] = data["uscc"].upper()
        return data
