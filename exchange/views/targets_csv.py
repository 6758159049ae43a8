"""/targets.csv: the counts as a table for spreadsheets, day by day, with what makes them checkable later.

In: a `CountedYear`, the ledger's head hash. Out: rows, or csv text with a mark that makes Excel read it as UTF-8. The
first rows say what it is, as of when, up to which event and with which hash. No personal data is in it.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from config.words import Uncounted, label
from exchange.clock import iso
from exchange.paces import expectation
from exchange.standings import CommitmentStanding
from exchange.store.clusters import counted_days
from exchange.views.counted import CountedYear
from exchange.views.current import session

HEADINGS = (
    "类别", "代码", "名称", "流向", "日期", "目标", "已计数（条）", "其中结转", "其中人工登记", "招聘人数",
    "完成率（%）", "应达（条）", "预计年末", "预计下限", "预计上限", "当日计数（条）", "当日人数",
)  # fmt: skip
Row = tuple[object, ...]


def targets_csv(counted: CountedYear, head_hash: str, demonstration: bool) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(targets_rows(counted, head_hash, demonstration))
    return "\ufeff" + text.getvalue()


def targets_rows(counted: CountedYear, head_hash: str, demonstration: bool) -> Iterator[Sequence[object]]:
    """Headings first, all of the same length; "" where there is nothing to say."""
    yield HEADINGS
    for row in _rows(counted, head_hash, demonstration):
        yield ["" if value is None else value for value in (*row, *[""] * (len(HEADINGS) - len(row)))]


def _rows(counted: CountedYear, head_hash: str, demonstration: bool) -> Iterator[Row]:
    count = counted.count
    if demonstration:
        yield "说明", "demonstration", "演示数据：全部岗位均为虚构，不得用作依据"
    yield "说明", "year", count.year
    yield "说明", "as_of", iso(count.as_of)
    yield "说明", "ledger_sequence", count.ledger_sequence
    yield "说明", "ledger_hash", head_hash
    for one in counted.standings.commitments:
        yield _commitment(one)
    for cluster in count.clusters:
        yield (
            "组团", cluster.cluster, cluster.name, str(cluster.direction), "", cluster.goal, cluster.postings, None,
            None, cluster.openings,
        )  # fmt: skip
    for reason, number in count.uncounted.items():
        yield "不计数", reason, label(Uncounted(reason)), "", "", "", number
    for one in counted.by_postings:
        yield from _days(counted, one)
    yield from _cluster_days(counted)


def _commitment(one: CommitmentStanding) -> Row:
    c = one.commitment
    outlook = (one.forecast.value, one.forecast.low, one.forecast.high) if one.forecast else ()
    openings = one.openings if c.is_by_postings else None
    done = (one.goal, one.done, one.of_which_carried, one.recorded, openings, one.percent, one.expected)
    return ("任务", c.code, c.name, str(c.direction or ""), "", *done, *outlook)


def _days(counted: CountedYear, one: CommitmentStanding) -> Iterator[Row]:
    """Every day of the year until the one asked about: the sum by its end, what was expected, what the day brought."""
    c = one.commitment
    direction = str(c.direction)
    daily = counted.daily.get(direction, {})
    first, last = date(c.year, 1, 1), min(counted.day, date(c.year, 12, 31))
    total = sum(number for when, number in daily.items() if when < first)
    for offset in range((last - first).days + 1):
        when = first + timedelta(offset)
        total += daily.get(when, 0)
        due = expectation(c, one.goal, when, counted.shapes.get(direction)).amount
        yield (
            "每日", c.code, c.name, direction, when.isoformat(), one.goal, total, "", "", "", "", due, "", "", "",
            daily.get(when, 0),
        )  # fmt: skip


def _cluster_days(counted: CountedYear) -> Iterator[Row]:
    """Days on which a cluster's count changed, in both units."""
    names = {one.cluster: one.name for one in counted.clusters}
    sums: dict[tuple[date, str, str], list[int]] = {}
    for row in counted_days(session(), counted.moment, year=counted.year):
        day = sums.setdefault((row.day, row.cluster or "unassigned", row.direction), [0, 0])
        day[0], day[1] = day[0] + row.postings, day[1] + row.openings
    for (when, cluster, direction), (postings, openings) in sorted(sums.items()):
        blank = [""] * 10
        yield "组团每日", cluster, names.get(cluster, cluster), direction, when.isoformat(), *blank, postings, openings
