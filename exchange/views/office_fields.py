"""The fields of the forms about commitments, figures and pairings; and the words for what a change changed.

In: a commitment, what was typed. Out: `FormField`s filled in; Chinese words for fields and values of the history.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from config.targets import Commitment, Pace
from exchange.views.form_fields import Control, FormField, filled

_WORDS = {
    "name": "名称", "goal": "目标", "pace": "进度", "monthly_shares": "按月比例", "count_carried": "结转计入",
    "due_on": "完成时间", "lead": "牵头单位", "responsible": "责任单位", "team": "专门对接小组",
    "three_year_plan": "三年计划", "year_plan": "年度计划", "task_list": "任务清单", "cluster_goals": "组团目标",
    "origin": "依据", "assumed": "沿用",
}  # fmt: skip
Typed = Mapping[str, Any]
Faults = Mapping[str, str]


def commitment_fields(known: Commitment, typed: Typed, faults: Faults) -> list[FormField]:
    paces = [(str(pace), pace.label) for pace in Pace]
    fields = [
        FormField("name", "任务名称", required=True, wide=True),
        FormField("goal", f"目标（{known.unit_label}，{known.scope.label}）", Control.NUMBER, required=True),
        FormField("due_on", "完成时间", Control.DAY, required=True),
        FormField(
            "pace", "应达进度", Control.CHOICE, required=True, choices=paces, hint="选“按月比例”时填下面十二格。"
        ),
        FormField("lead", "牵头单位"),
        FormField("responsible", "责任单位", Control.LONG),
        FormField("team", "专门对接小组", Control.LONG, hint="写单位和职务，不写个人姓名和电话。"),
        FormField("three_year_plan", "三年计划", Control.LONG),
        FormField("year_plan", "年度计划", Control.LONG),
        FormField("task_list", "任务清单", Control.LONG),
    ]
    if known.is_by_postings:
        carried = "上年结转的岗位计入完成数（方案没有这样规定，改动会改变公布的数）"
        fields.append(FormField("count_carried", carried, Control.CHECK, wide=True))
    why = FormField("words", "为什么这样改", required=True, wide=True, hint="写明依据，例如文件名和日期；留在历史里。")
    return filled([*fields, why], typed, faults)


def goal_fields(clusters: Mapping[str, str], typed: Typed, faults: Faults) -> list[FormField]:
    return filled([FormField(f"goal_{code}", name, Control.NUMBER) for code, name in clusters.items()], typed, faults)


def month_fields(typed: Typed, faults: Faults) -> list[FormField]:
    return filled([FormField(f"month_{n}", f"{n}月", hint="") for n in range(1, 13)], typed, faults)


def figure_fields(members: Sequence[tuple[str, str]], typed: Typed, faults: Faults) -> list[FormField]:
    fields = [
        FormField("amount", "数量", Control.NUMBER, required=True),
        FormField("day", "发生日期", Control.DAY, required=True),
    ]
    if members:
        choices = [("", "请选择"), *members]
        fields.append(FormField("member", "组团或镇街", Control.CHOICE, required=True, choices=choices))
    fields.append(FormField("what", "是什么、凭什么材料", required=True, wide=True))
    return filled(fields, typed, faults)


def typed_of(known: Commitment) -> dict[str, Any]:
    """As a person would have typed what is stored."""
    plain = {name: getattr(known, name) for name in _WORDS if name not in {"monthly_shares", "cluster_goals"}}
    months = {f"month_{n}": f"{share:g}" for n, share in enumerate(known.monthly_shares, 1)}
    goals = {f"goal_{code}": goal for code, goal in known.cluster_goals.items()}
    return {**plain, "pace": str(known.pace), "due_on": known.due, **months, **goals}


def field_words(name: str) -> str:
    return _WORDS.get(name, name)


def value_words(name: str, value: Any, clusters: Mapping[str, str] | None = None) -> str:
    """A stored value in the history's words."""
    if value is None or value == "" or value == [] or value == {}:
        return "（空）"
    if name == "pace":
        return Pace(value).label
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "、".join(f"{(clusters or {}).get(code, code)} {goal:,}" for code, goal in value.items())
    if isinstance(value, (list, tuple)):
        return "、".join(f"{one:g}" for one in value)
    return f"{value:,}" if isinstance(value, int) else str(value)
