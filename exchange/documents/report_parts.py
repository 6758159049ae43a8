"""What every document of a report ends with: attachments, notes on its numbers, the list of postings (附件).

In: `ReportContent`. Out: texts and tables that Word, PDF, the workbook and the page lay out alike.
"""

from datetime import date

from config.words import Direction, label
from exchange.documents.cells import wide_length
from exchange.reports.content import Cell, ReportContent, Table
from exchange.reports.tables import cell_text
from exchange.reports.work_tables import LOG_COLUMNS

MOST_PRINTED = 400  # postings listed in Word and PDF; the workbook lists them all
KINDS: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
DEMONSTRATION = "演示数据"
DEMONSTRATION_WORDS = f"{DEMONSTRATION} 内容均为虚构，不得作为工作依据"
ANNEX_COLUMNS = (
    "序号", "平台编号", "流向", "岗位名称", "用人单位", "工作地点", "招聘人数", "薪资(元/月)", "计数日期", "提供单位",
)  # fmt: skip
ANNEX_WIDTHS = (5, 14, 10, 17, 26, 14, 8, 12, 11, 16)  # in shares
_WIDTHS: dict[tuple[str, ...], tuple[int, ...]] = {
    ANNEX_COLUMNS: ANNEX_WIDTHS,
    LOG_COLUMNS: (5, 11, 14, 26, 10, 20, 9, 34, 8),
}


def file_name(content: ReportContent, kind: str) -> str:
    mark = f"（{DEMONSTRATION}）" if content.demonstration else ""
    return f"{content.title}{mark}.{kind}"


def day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def title_lines(content: ReportContent) -> tuple[str, ...]:
    """On two lines of about one length, broken between words as official titles are."""
    first, about, rest = content.title.partition("人力资源对接")
    return (first, about + rest) if first and rest else (content.title,)


def attachments(content: ReportContent) -> tuple[str, ...]:
    listed = f"岗位信息明细表（{content.annex_size}条）"
    first = listed if content.annex_size <= MOST_PRINTED else f"{listed}，另附Excel表"
    others = [f"{table.title}（{len(table.rows)}项）" for table in filled_annexes(content)]
    return tuple(f"{place}.{words}" for place, words in enumerate((first, *others), 1)) if others else (first,)


def filled_annexes(content: ReportContent) -> list[Table]:
    """The short lists that have a line."""
    return [table for table in content.annexes if table.rows]


def printed_annexes(content: ReportContent) -> list[tuple[str, Table]]:
    """What Word and PDF print after the report, each under its number: 附件2."""
    others = filled_annexes(content)
    numbered = [(f"附件{place}", table) for place, table in enumerate(others, 2)]
    return [one for one in (("附件1" if others else "附件", annex_table(content)), *numbered) if one[1].rows]


def notes(content: ReportContent) -> tuple[str, ...]:
    """Under 数据说明, after what the numbers rest on."""
    told = ["一条岗位信息是一个岗位，不论招几个人；重复提供、缺招聘人数、缺薪资、待审的不计入。表格和数字由平台给出。"]
    if content.edited_headings:
        edited = "、".join(heading or "引言" for heading in content.edited_headings)
        told.append(f"以下部分的文字由报送单位编辑：{edited}。")
    return tuple(told)


def annex_table(content: ReportContent, most: int = MOST_PRINTED) -> Table:
    """No rows when the list is longer than `most`: it is then in the workbook only."""
    rows = content.annex if len(content.annex) <= most else ()
    return Table(
        "岗位信息明细表",
        ANNEX_COLUMNS,
        tuple(
            (number, row.id, label(Direction(row.direction)).replace(" ", ""), row.title, row.employer, row.place,
             row.openings, row.pay, row.counted_on.isoformat(), row.provider)
            for number, row in enumerate(rows, 1)
        ),
    )  # fmt: skip


def column_widths(table: Table) -> list[float]:
    """Shares of the width by what stands in each column, so that words and long numbers get the room."""
    if table.columns in _WIDTHS:
        return list(_WIDTHS[table.columns])
    longest = [max(wide_length(cell_text(row[place])) for row in table.rows) for place in range(len(table.columns))]
    headings = [max(map(wide_length, heading_parts(name))) for name in table.columns]
    return [float(max(min(24, longest[place] + 2), headings[place] + 1)) for place in range(len(table.columns))]


def heading_parts(name: str) -> list[str]:
    """A column's heading on as many lines as it has parts: 东莞→韶关, 累计, (条)."""
    return name.replace("(", " (").split()


def numeric_columns(table: Table) -> list[bool]:
    """Those whose values are numbers, which stand to the right."""
    if table.columns in _WIDTHS:
        return [False] * len(table.columns)
    return [all(_is_number(row[place]) for row in table.rows) for place in range(len(table.columns))]


def _is_number(value: Cell) -> bool:
    return not isinstance(value, str) or value.endswith("%")
