"""The sheet 核对结果 at the end of a marked workbook.

In: records, and problems with the cells they were marked in. Out: a worksheet: what became of the rows, the problems by
kind with how to mend them, and every problem with a link to its cell. Reading knows it by its first line.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from config.words import Outcome, Severity, label
from exchange.documents.cells import own_cell, put_text, wide_length
from exchange.documents.marks import ProblemMark, RecordMark
from exchange.documents.own_sheets import CHECK_SHEET, CHECK_SIGNATURE, PLATFORM_HEADING
from exchange.documents.painting import FILLS
from exchange.documents.problem_kinds import kind_of
from exchange.documents.styling import StyleCopies

UNDECIDED = "未发布"
MOST_LISTED = 5000  # a spreadsheet holds 65,530 links; nobody reads that far
_WIDTHS = (16, 16, 12, 20, 8, 76, 36)
_LINE_HEIGHT = 15  # points; spreadsheets do not fit rows to text that they did not write
_COLOUR_NAMES = {Severity.ERROR: "红色", Severity.WARNING: "黄色"}
_OUTCOME_WORDS = {
    Outcome.CREATED: "新发布的岗位",
    Outcome.UPDATED: "原有岗位，内容已更新",
    Outcome.UNCHANGED: "原有岗位，内容没有变化",
    Outcome.DUPLICATE: "与本表或其他单位的岗位重复，不另计",
    Outcome.HELD: "有不合规定的内容，审核后才发布",
    Outcome.REJECTED: "有红色的错误，没有收下，请改正后重新上传",
}
_ADVICE = (
    "怎么改：在原来的工作表里改正有颜色的单元格（鼠标移到格上看批注），保存后把这个文件重新上传即可。",
    f"只有改动过的行会更新；“{PLATFORM_HEADING}”一列请不要改动，这样改了岗位名称或单位名称仍是同一个岗位。",
)


@dataclass(frozen=True, slots=True)
class Finding:
    problem: ProblemMark
    sheet: str  # of the marked workbook, "" for the file
    cell: str  # A1 style, "" where no cell was marked


def _plain(cell: Any) -> None:
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
    cell.border = Border(bottom=Side("thin", color="FFD0D7DE"))


def _head(cell: Any) -> None:
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="FFE7EEF5")


def _underlined(cell: Any) -> None:
    cell.font = Font(color="FF0B5CAD", underline="single")


def _lines(text: str | int, width: int) -> int:
    """How many lines a text takes in a column of this width; a Chinese character is two wide."""
    return sum(max(1, ceil(wide_length(line) / (width - 1))) for line in str(text).split("\n"))


class _Page:
    """Writes line after line."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet, self.row, self.copies = sheet, 0, StyleCopies()

    def line(self, *texts: str | int, bold: bool = False) -> None:
        """Styled before the text is put in: `put_text` adds to the style what some texts need."""
        self.row += 1
        style = _head if bold else _plain
        for column, text in enumerate(texts, 1):
            cell: Any = self.sheet.cell(self.row, column)
            self.copies.dress(cell, style, style)
            if isinstance(text, int):
                cell.value = text
            elif text:
                put_text(cell, text)
        self.sheet.row_dimensions[self.row].height = _LINE_HEIGHT * max(map(_lines, texts, _WIDTHS), default=1)

    def aside(self, column: int, text: str) -> None:
        """A text that runs on over the empty cells to its right."""
        put_text(own_cell(self.sheet, self.row, column), text)

    def paint(self, column: int, fill: PatternFill) -> None:
        """Over the style of a plain line."""

        def style(cell: Any) -> None:
            cell.fill = fill

        cell: Any = self.sheet.cell(self.row, column)
        self.copies.dress(cell, (fill.fgColor.rgb, tuple(cell._style)), style)

    def link(self, column: int, place: str, words: str) -> None:
        cell: Any = own_cell(self.sheet, self.row, column)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=words)
        self.copies.dress(cell, ("link", tuple(cell._style)), _underlined)

    def wide(self, text: str, font: Font | None = None) -> None:
        """One text over all columns."""
        self.row += 1
        cell = own_cell(self.sheet, self.row, 1)
        put_text(cell, text)
        cell.font = font or Font()

    def gap(self) -> None:
        self.row += 1


def outcome_words(record: RecordMark) -> str:
    """新增; 预计新增 before the batch is published; a row that is returned is returned either way."""
    if record.outcome is None:
        return UNDECIDED
    return f"{'' if record.published or record.outcome is Outcome.REJECTED else '预计'}{label(record.outcome)}"


def write_summary(
    book: Workbook, file_name: str, records: Sequence[RecordMark], findings: Sequence[Finding], lost_looks: bool
) -> None:
    sheet = book.create_sheet(CHECK_SHEET)
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    page = _Page(sheet)
    page.wide(CHECK_SIGNATURE, Font(bold=True, size=14))
    page.wide(f"文件：{file_name}　共 {len(records)} 行岗位")
    for line in _ADVICE:
        page.wide(line)
    if lost_looks:
        page.wide("原文件太大或格式特殊，这里只保留了内容，颜色、字体等版式没有带过来。")
    for severity, words in ((Severity.ERROR, "错误，不改正就不能发布"), (Severity.WARNING, "提醒，请核对")):
        page.line(_COLOUR_NAMES[severity])
        page.paint(1, FILLS[severity])
        page.aside(2, words)
    _write_outcomes(page, records)
    _write_kinds(page, findings)
    _write_list(page, findings)


def _write_outcomes(page: _Page, records: Sequence[RecordMark]) -> None:
    counts = Counter(map(outcome_words, records))
    order = {outcome_words(RecordMark(0, 0, each, None, done)): each for done in (True, False) for each in Outcome}
    page.gap()
    if not all(record.published for record in records):
        page.wide("这一批还没有确认发布，下面是确认后预计的结果。", Font(bold=True))
    page.line("结果", "行数", "说明", bold=True)
    for words, outcome in order.items():
        if counts[words]:
            page.line(words, counts[words])
            page.aside(3, _OUTCOME_WORDS[outcome])
    if counts[UNDECIDED]:
        page.line(UNDECIDED, counts[UNDECIDED])
        page.aside(3, "这一批还没有确认发布")


def _write_kinds(page: _Page, findings: Sequence[Finding]) -> None:
    page.gap()
    if not findings:
        page.wide("没有发现问题。", Font(bold=True))
        return
    kinds = Counter((kind_of(each.problem.code), each.problem.severity) for each in findings)
    examples = {(kind_of(each.problem.code), each.problem.severity): each.problem for each in reversed(findings)}
    page.line("问题", "级别", "处数", "列", "", "怎样改（举一处为例）", bold=True)
    for kind, number in sorted(kinds.items(), key=lambda item: (item[0][1] is not Severity.ERROR, -item[1])):
        example = examples[kind]
        page.line(kind[0], label(kind[1]), number, example.column or "", "", example.message)
        page.paint(2, FILLS[kind[1]])


def _write_list(page: _Page, findings: Sequence[Finding]) -> None:
    if not findings:
        return
    page.gap()
    page.line("工作表", "问题", "行（点击前往）", "列", "级别", "说明和改法", "原文", bold=True)
    for finding in findings[:MOST_LISTED]:
        _write_finding(page, finding)
    if len(findings) > MOST_LISTED:
        page.wide(f"这里只列出前 {MOST_LISTED} 处，其余 {len(findings) - MOST_LISTED} 处请看各工作表里有颜色的单元格。")


def _write_finding(page: _Page, finding: Finding) -> None:
    problem = finding.problem
    row: str | int = problem.row if problem.row is not None else "表头" if finding.cell else "整表"
    evidence = "" if problem.evidence.startswith("row:") else problem.evidence
    words = (kind_of(problem.code), row, problem.column or "", label(problem.severity), problem.message, evidence)
    page.line(finding.sheet, *words)
    page.paint(5, FILLS[problem.severity])
    if finding.cell:
        page.link(3, f"{quote_sheetname(finding.sheet)}!{finding.cell}", str(row))
