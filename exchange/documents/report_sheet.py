"""A report as a workbook (.xlsx): its words, its tables with numbers that stay numbers, the chart, every posting.

In: `ReportContent`. Out: the file's bytes. Cells hold values only, never a formula. The sheets print on A4 with the
page's number, and with 演示数据 on each page of a demonstration.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import LineChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exchange.documents.cells import own_cell, put_text, wide_length
from exchange.documents.own_sheets import AUTHOR
from exchange.documents.report_parts import (
    DEMONSTRATION_WORDS,
    annex_table,
    column_widths,
    day_words,
    filled_annexes,
    heading_parts,
    notes,
)
from exchange.documents.styling import StyleCopies
from exchange.reports.content import ReportContent, Table

_THIN = Side("thin", color="FF7F7F7F")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADE = PatternFill("solid", start_color="FFE7EEF5")
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_WIDE = 72  # characters: the one column of words
_FIRST, _COLUMN = 26, 13
_WORDS, _CHART = "报告文字", "进度图"


def report_sheet(content: ReportContent) -> bytes:
    book = Workbook()
    numbers, words = book.worksheets[0], book.create_sheet(_WORDS)
    numbers.title = "数据"
    _write_numbers(numbers, content)
    _write_words(words, content)
    _write_chart(book.create_sheet(_CHART), content)
    for table in (annex_table(content, most=len(content.annex)), *filled_annexes(content)):
        _write_annex(book.create_sheet(table.title), content, table)
    for sheet in book.worksheets:
        _set_print(sheet, content)
    book.properties.creator, book.properties.title = AUTHOR, content.title
    book.properties.description = f"台账第{content.basis.page}页 {content.basis.page_hash}"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_head(sheet: Worksheet, content: ReportContent, title: str, columns: int) -> int:
    """The first free row."""
    lines = [(title, Font(bold=True, size=16))]
    if content.demonstration:
        lines.append((DEMONSTRATION_WORDS, Font(bold=True, color="FFC00000")))
    for row, (text, font) in enumerate(lines, 1):
        cell = own_cell(sheet, row, 1)
        put_text(cell, text)
        cell.font, cell.alignment = font, _CENTRED
        if columns > 1:
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    sheet.row_dimensions[1].height = 44 if wide_length(title) > 64 else 30
    return len(lines) + 2


def _write_numbers(sheet: Worksheet, content: ReportContent) -> None:
    tables = [table for section in content.sections for table in section.tables]
    columns = max((len(table.columns) for table in tables), default=6)
    row = _write_head(sheet, content, content.title, columns)
    for table in tables:
        row = _write_table(sheet, row, table) + 1
    for text in (content.basis_words, *notes(content)):
        cell = own_cell(sheet, row, 1)
        put_text(cell, text)
        cell.alignment = _WRAPPED
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
        sheet.row_dimensions[row].height = 16 * (wide_length(text) // (columns * _COLUMN - 4) + 1)
        row += 1
    for column in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _FIRST if column == 1 else _COLUMN


def _write_table(sheet: Worksheet, row: int, table: Table) -> int:
    """The first free row below it."""
    put_text(own_cell(sheet, row, 1), table.title)
    sheet.cell(row, 1).font = Font(bold=True)
    _write_headings(sheet, row + 1, table)
    looks = StyleCopies()
    for place, values in enumerate(table.rows, row + 2):
        _write_row(sheet, place, values, looks)
        texts = [str(value) for value in values]
        lines = max(wide_length(text) // (_COLUMN - 2) for text in texts[1:]) if texts[1:] else 0
        sheet.row_dimensions[place].height = 15 * (max(lines, wide_length(texts[0]) // (_FIRST - 2)) + 1)
    end = row + 2 + len(table.rows)
    if table.note:
        put_text(own_cell(sheet, end, 1), f"注：{table.note}。")
        end += 1
    return end


def _write_headings(sheet: Worksheet, row: int, table: Table) -> None:
    for column, name in enumerate(table.columns, 1):
        cell = own_cell(sheet, row, column)
        put_text(cell, "\n".join(heading_parts(name)))
        cell.font, cell.alignment, cell.border, cell.fill = Font(bold=True), _CENTRED, _BOX, _SHADE
    sheet.row_dimensions[row].height = 18 * max(len(heading_parts(name)) for name in table.columns)


def _write_row(sheet: Worksheet, row: int, values: Sequence[Any], looks: StyleCopies) -> None:
    for column, value in enumerate(values, 1):
        cell = own_cell(sheet, row, column)
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value if value is not None else "—"
        dress = _dress_number if isinstance(value, int) else _dress_decimal if isinstance(value, float) else _dress_text
        looks.dress(cell, (dress.__name__, cell.quotePrefix), dress)


def _dress_number(cell: Any) -> None:
    cell.border, cell.number_format = _BOX, "#,##0"
    cell.alignment = Alignment(horizontal="right", vertical="center")


def _dress_decimal(cell: Any) -> None:
    _dress_number(cell)
    cell.number_format = "#,##0.0"


def _dress_text(cell: Any) -> None:
    cell.border, cell.alignment = _BOX, _CENTRED


def _write_words(sheet: Worksheet, content: ReportContent) -> None:
    sheet.column_dimensions["A"].width = _WIDE
    row = _write_head(sheet, content, content.title, 1)
    lines = [(content.addressee, False)]
    for section in content.sections:
        lines += [(section.heading, True)] if section.heading else []
        lines += [(f"　　{words}", False) for words in section.text]
    lines += [(content.signature, False), (day_words(content.dated), False)]
    for place, (text, is_heading) in enumerate(lines, row):
        cell = own_cell(sheet, place, 1)
        put_text(cell, text)
        cell.alignment, cell.font = _WRAPPED, Font(bold=is_heading)
        sheet.row_dimensions[place].height = 16 * (wide_length(text) // (_WIDE - 4) + 1)


def _write_chart(sheet: Worksheet, content: ReportContent) -> None:
    """The figures of the lines, and Excel's own chart of them."""
    row = _write_head(sheet, content, "年度进度（月末累计，条）", 4)
    for panel in content.chart:
        lines = [("本年累计", panel.done), ("年度进度", panel.pace), ("上年累计", panel.last_year)]
        lines = [(name, line) for name, line in lines if line]
        rows = [(f"{m + 1}月", *(line[m] if m < len(line) else None for _, line in lines)) for m in range(12)]
        _write_table(sheet, row, Table(panel.title, ("月份", *(name for name, _ in lines)), tuple(rows)))
        for place, values in enumerate(rows, row + 2):
            for column, value in enumerate(values, 1):
                if value is None:
                    sheet.cell(place, column).value = None  # a line ends where there is no number
        sheet.add_chart(_chart(sheet, panel.title, row + 1, len(lines)), f"F{row}")
        row += 18
    sheet.column_dimensions["A"].width = 12


def _chart(sheet: Worksheet, title: str, row: int, lines: int) -> LineChart:
    chart: Any = LineChart()
    chart.title, chart.height, chart.width = title, 8.6, 16
    chart.add_data(Reference(sheet, min_col=2, max_col=1 + lines, min_row=row, max_row=row + 12), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=row + 1, max_row=row + 12))
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.legend.position = "b"
    looks = {"本年累计": (None, "circle", 28000), "年度进度": ("dash", "none", 16000)}
    for place, series in enumerate(chart.series):
        name = str(sheet.cell(row, 2 + place).value)
        dash, mark, width = looks.get(name, ("sysDot", "square", 16000))
        series.graphicalProperties.line.solidFill = "000000"
        series.graphicalProperties.line.width = width
        if dash:
            series.graphicalProperties.line.dashStyle = dash
        series.marker.symbol, series.smooth = mark, False
    return chart


def _write_annex(sheet: Worksheet, content: ReportContent, table: Table) -> None:
    row = _write_head(sheet, content, f"{content.period}{content.subject}{table.title}", len(table.columns))
    _write_headings(sheet, row, table)
    looks, widths = StyleCopies(), [width * 1.3 for width in column_widths(table)]
    for place, values in enumerate(table.rows, row + 1):
        _write_row(sheet, place, values, looks)
        lines = max(wide_length(str(value)) // (width - 2) for value, width in zip(values, widths, strict=True))
        sheet.row_dimensions[place].height = 15 * (lines + 1)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"
    if table.rows:
        sheet.auto_filter.ref = f"A{row}:{get_column_letter(len(table.columns))}{row + len(table.rows)}"


def _set_print(sheet: Any, content: ReportContent) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "portrait" if sheet.title == _WORDS else "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1 if sheet.title == _CHART else 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "— &P —"
    sheet.oddFooter.left.text = f"台账第{content.basis.page}页 {content.basis.page_hash[:16]}"
    if content.demonstration:
        sheet.oddHeader.center.text = DEMONSTRATION_WORDS
