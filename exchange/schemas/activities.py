"""Forms about activities, checked: what is planned, what it brought.

In: form fields. Out: a dict of an Activity's columns, or ValidationError keyed by field with Chinese messages.
"""

import re
from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from exchange.activities import ActivityKind, Figure
from exchange.schemas.cooperation import CooperationForm, Words, day, no_personal_data, required_text, text, whole

_POSTING = re.compile(r"[0-9A-HJKMNP-TV-Z]{12}")
_MOST = 1_000_000


class ActivityForm(CooperationForm):
    kind = fields.Enum(
        ActivityKind,
        by_value=True,
        required=True,
        error_messages={"unknown": "请选择活动的种类。", "required": "请选择活动的种类。"},
    )
    name = required_text("请填写活动名称。", 80)
    cluster = text(16)
    organisers = required_text("请填写主办单位。", 200)
    place = required_text("请填写地点；线上举办的写“线上”。", 120)
    starts_on = day("请填写开始日期。")
    ends_on = day()
    hours = text(40)
    public = fields.Boolean(load_default=False)
    employers = Words()
    schools = Words()
    postings = Words(12)
    words = text(2000, no_personal_data)

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data["ends_on"] and data["ends_on"] < data["starts_on"]:
            raise ValidationError("结束日期早于开始日期。", "ends_on")
        for id in data["postings"]:
            if not _POSTING.fullmatch(id.upper()):
                raise ValidationError(f"“{id}”不是岗位编号。编号是 12 位字母和数字，在岗位页面的网址里。", "postings")

    @post_load
    def _as_columns(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        data["kind"] = str(data["kind"])
        data["ends_on"] = data["ends_on"] or data["starts_on"]
        data["postings"] = [id.upper() for id in data["postings"]]
        return data


class HeldForm(CooperationForm):
    """成果: participants and the figures of the activity's kind."""

    participants = whole(1, _MOST, "请填写参加人数。")
    words = text(2000, no_personal_data)


HeldSchema = HeldForm.from_dict({figure.value: whole(0, _MOST) for figure in Figure}, name="HeldSchema")


def figures_of(loaded: dict[str, Any], kind: ActivityKind) -> dict[str, int]:
    return {str(figure): loaded[figure] for figure in kind.figures if loaded.get(figure) is not None}
