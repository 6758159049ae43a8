"""/targets.csv: the counts as a table for spreadsheets, with what makes them checkable later.

In: a `Count`, the ledger's head hash. Out: csv text with a mark that makes Excel read it as UTF-8. Its first rows
say what it is, as of when, up to which event and with which hash.
"""

import csv
import io
from collections.abc import Iterator

from config.words import Uncounted, label
from exchange.clock import iso
from exchange.counting import Count

_HEADINGS = (
    "类别", "代码", "名称", "流向", "目标", "已计数（条）", "其中结转", "招聘人数", "完成率（%）", "应达（条）",
    "预计年末", "预计下限", "预计上限",
)  # fmt: skip


def targets_csv(count: Count, head_hash: str, demonstration: bool) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for row in _rows(count, head_hash, demonstration):
        writer.writerow(["" if value is None else value for value in (*row, *[""] * (len(_HEADINGS) - len(row)))])
    return "\ufeff" + text.getvalue()


def _rows(count: Count, head_hash: str, demonstration: bool) -> Iterator[tuple[object, ...]]:
    if demonstration:
        yield "说明", "demonstration", "演示数据：全部岗位均为虚构，不得用作依据"
    yield "说明", "year", count.year
    yield "说明", "as_of", iso(count.as_of)
    yield "说明", "ledger_sequence", count.ledger_sequence
    yield "说明", "ledger_hash", head_hash
    for c in count.commitments:
        outlook = (c.forecast.value, c.forecast.low, c.forecast.high) if c.forecast else ()
        done = (c.goal, c.counted, c.of_which_carried, c.openings, c.percent, c.expected_by_now)
        yield "任务", c.code, c.name, str(c.direction), *done, *outlook
    for cluster in count.clusters:
        figures = (cluster.goal, cluster.postings, None, cluster.openings)
        yield "组团", cluster.cluster, cluster.name, str(cluster.direction), *figures
    for reason, number in count.uncounted.items():
        yield "不计数", reason, label(Uncounted(reason)), "", "", number
