"""The tables of a report, as values: what the documents and the page lay out.

In: figures. Out: `Table`s whose numbers stay numbers, so that the workbook can count with them. None shows as —.
"""

from collections.abc import Sequence

from config.words import Direction, label
from exchange.reports.content import Cell, Table
from exchange.reports.figures import Amount, ClusterFigures, DirectionFigures, Figures
from exchange.reports.period import PeriodKind, Subject

_MOST_PROVIDERS = 12  # named each; the rest together

def targets(subject: Subject, figures: Figures) -> Table:
    kind = subject.period.kind
    columns = [
        "流向", "年度任务(条)", f"{kind.this}新增(条)", "累计(条)", "完成率", "应达(条)", "招聘人数(人)",
        f"{kind.same_last_year}(条)",
    ]  # fmt: skip
    paces = list(dict.fromkeys(one.pace_words for one in figures.directions if one.goal is not None))
    note = f"招聘人数为累计数；应达为到期末应完成的条数（{'；'.join(paces)}）"
    if not paces:
        note = "本组团没有单列年度任务；招聘人数为累计数"
    if any(one.by_hand for one in figures.directions):
        note += "；累计条数含平台启用前人工登记的数"
    return Table("目标任务完成情况", tuple(columns), tuple(_target_row(one) for one in figures.directions), note)


def _target_row(one: DirectionFigures) -> tuple[Cell, ...]:
    last_year = one.last_year_new.postings if one.last_year_new else None
    done = f"{one.percent:g}%" if one.percent is not None else None
    way = label(Direction(one.direction)).replace(" ", "")
    return (way, one.goal, one.new.postings, one.done, done, one.expected, one.total.openings, last_year)


def corrections(figures: Figures) -> Table:
    rows = tuple(
        (f"{one.year}年{one.month}月", label(Direction(one.direction)).replace(" ", ""), one.change.postings,
         one.change.openings)
        for one in figures.corrections
    )  # fmt: skip
    return Table("更正", ("所属月份", "流向", "更正(条)", "更正招聘人数(人)"), rows)


def clusters(subject: Subject, figures: Figures) -> Table:
    """Side by side; the last line adds up. Goals are shown of directions that some cluster has its own for."""
    this = subject.period.kind.this
    with_goals = [direction for direction in Direction if any(one.goals.get(direction) for one in figures.clusters)]
    columns = ["组团"]
    for direction in Direction:
        way = label(direction).replace(" ", "")
        columns += [f"{way} 目标(条)"] if direction in with_goals else []
        columns += [f"{way} {this}(条)", f"{way} 累计(条)"]
    columns.append("累计招聘(人)")
    numbers = len(columns) - 1
    quarterly = subject.period.kind is PeriodKind.QUARTER
    shown = [c for c in figures.clusters if c.code or any(a.postings for a in c.total.values())]
    rows = [_cluster_row(one, with_goals, quarterly) for one in shown]
    total: list[Cell] = ["合计", *(sum(int(row[place] or 0) for row in rows) for place in range(1, numbers + 1))]
    if quarterly:
        columns.append("季度报告")
        total.append(None)
    return Table("各组团情况", tuple(columns), (*rows, tuple(total)))


def _cluster_row(one: ClusterFigures, with_goals: Sequence[str], with_report: bool) -> tuple[Cell, ...]:
    row: list[Cell] = [one.name]
    for direction in Direction:
        row += [one.goals.get(direction)] if direction in with_goals else []
        row += [one.new[direction].postings, one.total[direction].postings]
    row.append(sum(amount.openings for amount in one.total.values()))
    if with_report:
        row.append(one.report if one.code else None)
    return tuple(row)


def providers(subject: Subject, figures: Figures) -> tuple[Table, ...]:
    if not figures.providers:
        return ()
    columns = ("提供单位", f"{subject.period.kind.this}计数(条)", "招聘人数(人)")
    first, rest = figures.providers[:_MOST_PROVIDERS], figures.providers[_MOST_PROVIDERS:]
    rows = [(one.name, one.new.postings, one.new.openings) for one in first]
    if rest:
        others = sum((one.new for one in rest), Amount())
        rows.append((f"其他{len(rest)}家", others.postings, others.openings))
    return (Table("各单位提供情况", columns, tuple(rows)),)


def cell_text(value: Cell) -> str:
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, int) else str(value)
