"""Forms about reports, checked: drafting, editing a section, returning, and every step on what was seen.

In: form fields. Out: a dict of typed values, or ValidationError keyed by field with Chinese messages.
"""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, pre_load, validate

from exchange.reports.editing import LONGEST

_LEAST_REMARKS, _MOST_REMARKS = 4, 500


class StepForm(Schema):
    """`seen`: the version on the page, 0 where no report was there."""

    class Meta:
        unknown = EXCLUDE  # the CSRF token has its own check

    seen = fields.Integer(required=True, error_messages={"invalid": "页面不完整，请重新打开再试。"})

    @pre_load
    def _trim(self, data: Any, **_: Any) -> dict[str, str]:
        return {name: value.strip() for name, value in data.items()}


class DraftForm(StepForm):
    snapshot = fields.String(load_default="", validate=validate.Length(max=40, error="请从列表里选择快照。"))


class EditForm(StepForm):
    text = fields.String(load_default="", validate=validate.Length(max=LONGEST, error=f"最长 {LONGEST} 个字。"))


class ReturnForm(StepForm):
    remarks = fields.String(
        required=True,
        validate=validate.Length(
            min=_LEAST_REMARKS, max=_MOST_REMARKS, error=f"请写明退回意见（{_LEAST_REMARKS} 到 {_MOST_REMARKS} 个字）。"
        ),
    )
