"""A report to make documents of, small and invented.

In: what shall differ. Out: `ReportContent`.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from exchange.reports.content import AnnexRow, ChartPanel, ReportContent, Section, Table
from exchange.reports.figures import Basis, BasisKind

HASH = "3f" * 32
_ROWS = (("东莞→韶关", 7312, "73.1%"), ("韶关→东莞", None, None))
TABLE = Table("目标任务完成情况", ("流向", "累计(条)", "完成率"), _ROWS)
ROW = AnnexRow(
    "GS1", "dg-sg", "普工", "东莞市试样厂", "东莞长安镇", "30", "5000–6500", date(2026, 8, 1), "长安镇人社分局"
)
CONTENT = ReportContent(
    id="2026Q3-c01",
    title="关于翁源组团2026年第三季度人力资源对接工作情况的报告",
    addressee="莞韶指挥部办公室：",
    period="2026年第三季度",
    subject="翁源组团",
    basis=Basis(BasisKind.SNAPSHOT, datetime(2026, 9, 30, 16, 1, tzinfo=UTC), 4785, 90, HASH, "day/2026-10-01"),
    basis_words=f"本报告数据取自快照，对应台账第90页，页哈希为{HASH}。",
    sections=(
        Section("targets", "一、目标任务完成情况", 1, ("累计7312条，#完成*73.1%*。",), (TABLE,), has_chart=True),
        Section("fairs", "（二）供需对接会", 2, ("平台没有登记。",), is_open=True),
    ),
    chart=(
        ChartPanel("东莞向韶关", (10, 40, 90), tuple(range(10, 130, 10)), tuple(range(5, 65, 5))),
        ChartPanel("韶关向东莞", (1, 2, 3), (), ()),
    ),
    signature="翁源组团指挥部",
    dated=date(2026, 10, 8),
    demonstration=True,
    annex_size=1,
    annex=(ROW,),
)


def report(**changes: Any) -> ReportContent:
    return replace(CONTENT, **changes)


def long_report(postings: int) -> ReportContent:
    return report(annex=tuple(replace(ROW, id=f"GS{n}") for n in range(postings)), annex_size=postings)
