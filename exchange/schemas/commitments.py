"""Forms about commitments, checked: goals, pace, due day, 五有; figures recorded by hand; pairings of clusters.

In: form fields. Out: a dict of a `Commitment`'s fields with `seen` and `words`, or ValidationError keyed by field with
Chinese messages.
"""

from collections.abc import Iterable
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from config.commitments import Pace, are_monthly_shares
from exchange.schemas.cooperation import CooperationForm, day, no_personal_data, required_text, text, whole

_MOST = 1_000_000_000
_MONTHS = tuple(f"month_{number}" for number in range(1, 13))
_LONG = 2000
LONGEST_WORDS = 500


class Reasoned(CooperationForm):
    """Every change says why, and what state of things the person had seen."""

    words = required_text("请写明为什么这样改。", LONGEST_WORDS)
    seen = whole(0, 2**53, "页面不完整，请刷新后再改。")


class CommitmentForm(Reasoned):
    """`goal_<code>` are goals of clusters, `month_<n>` shares in percent."""

    name = required_text("请填写任务名称。", 120)
    goal = whole(1, _MOST, "请填写目标。")
    pace = fields.Enum(
        Pace, by_value=True, required=True, error_messages={"unknown": "请选择进度。", "required": "请选择进度。"}
    )
    count_carried = fields.Boolean(load_default=False)
    due_on = day("请填写完成时间。")
    lead = text(200, no_personal_data)
    responsible = text(500, no_personal_data)
    team = text(500, no_personal_data)
    three_year_plan = text(_LONG, no_personal_data)
    year_plan = text(_LONG, no_personal_data)
    task_list = text(_LONG, no_personal_data)

    @validates_schema(skip_on_field_errors=True)
    def _monthly(self, data: dict[str, Any], **_: Any) -> None:
        if data["pace"] is Pace.MONTHLY and not are_monthly_shares(_shares(data)):
            raise ValidationError("十二个月的比例应合计 100。", "pace")

    @post_load
    def _as_columns(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        shares = _shares(data) if data["pace"] is Pace.MONTHLY else ()
        goals = {name.removeprefix("goal_"): goal for name, goal in data.items() if name.startswith("goal_") and goal}
        plain = {name: value for name, value in data.items() if not name.startswith(("goal_", "month_"))}
        return {**plain, "monthly_shares": shares, "cluster_goals": goals}


def commitment_form(clusters: Iterable[str]) -> CommitmentForm:
    """With a goal for each cluster and a share for each month."""
    months = {
        name: fields.Float(
            load_default=0.0,
            validate=validate.Range(0, 100, error="应为 0 到 100。"),
            error_messages={"invalid": "应为数字。"},
        )
        for name in _MONTHS
    }
    goals = {f"goal_{code}": whole(1, _MOST) for code in clusters}
    form: CommitmentForm = CommitmentForm.from_dict({**months, **goals}, name="CommitmentFormOfClusters")()  # type: ignore[assignment]
    return form


class FigureForm(CooperationForm):
    """人工登记: an amount on a day, for a member of the commitment's scope. `recorded`: how many figures the person had
    seen, so that a button pressed twice records one."""

    recorded = whole(0, _MOST, "页面不完整，请刷新后再登记。")
    amount = whole(1, _MOST, "请填写数量。")
    day = day("请填写日期。")
    member = text(16)
    what = required_text("请写明是什么、凭什么材料。", LONGEST_WORDS)


class CorrectionForm(CooperationForm):
    amount = whole(0, _MOST, "请填写改正以后的数量。")
    words = required_text("请写明为什么更正。", LONGEST_WORDS)


class PairingForm(Reasoned):
    """`divisions`: codes, a field that comes as often as there are divisions."""

    name = required_text("请填写组团名称。", 40)
    since = day("请填写从哪天起。")


def _shares(data: dict[str, Any]) -> tuple[float, ...]:
    return tuple(data[name] for name in _MONTHS)

