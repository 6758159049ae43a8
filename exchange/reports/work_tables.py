"""Tables of what was done besides postings: other commitments, fairs, the list of activities (活动台账).

In: `WorkFigures` and days. Out: `Table`s that every document lays out alike.
"""

from collections.abc import Mapping
from datetime import date

from exchange.activities import ActivityState
from exchange.counting import percent
from exchange.fairs.words import FairState, TallyKind
from exchange.reports.content import Cell, Table
from exchange.reports.work_figures import ActivityFigures, FairFigures, PromiseFigures, WorkFigures

LOG = "活动台账"
LOG_COLUMNS = ("序号", "日期", "类别", "名称", "组团", "地点", "参加人数", "成果", "状态")
_FAIR = "供需对接会"


def promises_table(promises: tuple[PromiseFigures, ...]) -> tuple[Table, ...]:
    if not promises:
        return ()
    columns = ("任务", "年度目标", "已完成", "应达", "完成率", "完成时间")
    note = "完成率按各组团、镇街自己的任务计算，超出的部分不抵别家的缺口"
    return (Table("其他任务完成情况", columns, tuple(_promise_row(one) for one in promises), note),)


def _promise_row(one: PromiseFigures) -> tuple[Cell, ...]:
    rate = f"{percent(one.fulfilled, one.goal):g}%"
    amounts = (one.shown(amount) for amount in (one.goal, one.done, one.expected))
    return (f"{one.name}({one.shown_unit})", *amounts, rate, day_of(one.due))


def fairs_table(fairs: list[FairFigures], names: Mapping[str, str]) -> tuple[Table, ...]:
    if not fairs:
        return ()
    columns = ("日期", "名称", "组团", "企业(家)", "岗位(个)", "进场(人)", "意向(人)", "录用(人)")
    rows = tuple(
        (
            day_of(fair.on), fair.name, names.get(fair.cluster, ""), fair.employers, fair.postings,
            *(fair.results.get(kind) for kind in (TallyKind.VISITORS, TallyKind.INTENTS, TallyKind.HIRES)),
        )
        for fair in fairs
    )  # fmt: skip
    note = "" if all(fair.results for fair in fairs) else "没有数字的，结果尚未报送"
    return (Table("供需对接会举办情况", columns, rows, note),)


def activity_log(work: WorkFigures, first: date, last: date) -> Table:
    """Every fair and activity of these days, whatever became of it."""
    lines = [
        *((one.on, _fair_line(one)) for one in work.fairs if first <= one.on <= last),
        *((one.on, _activity_line(one)) for one in work.activities if first <= one.on <= last),
    ]
    rows: list[tuple[Cell, ...]] = [
        (number, on.isoformat(), kind, name, work.cluster_names.get(cluster, "两市"), *rest)
        for number, (on, (kind, name, cluster, *rest)) in enumerate(sorted(lines), 1)
    ]
    return Table(LOG, LOG_COLUMNS, tuple(rows))


def _fair_line(fair: FairFigures) -> tuple[str, ...]:
    visitors = fair.results.get(TallyKind.VISITORS)
    told = [f"参加企业{fair.employers}家、岗位{fair.postings}个"] if fair.is_held else []
    told += [f"{kind.word}{number}" for kind, number in fair.results.items() if kind is not TallyKind.VISITORS]
    number = str(visitors) if visitors is not None else "—"
    return _FAIR, fair.name, fair.cluster, fair.place, number, "、".join(told) or "—", FairState(fair.state).word


def _activity_line(one: ActivityFigures) -> tuple[str, ...]:
    told = "、".join(f"{figure.label}{number}{figure.unit}" for figure, number in one.figures.items() if number)
    number = str(one.participants) if one.state is ActivityState.HELD else "—"
    return one.kind.label, one.name, one.cluster, one.place or "—", number, told or "—", one.state.label


def day_of(day: date) -> str:
    return f"{day.month}月{day.day}日"
