"""The clerk's file as a workbook that can be marked, whatever kind of file it was.

In: path and layout. Out: `Original`: an openpyxl workbook and, for every sheet that was read, where it is. An .xlsx
keeps its looks; .xls, csv, web pages and JSON come out as new workbooks with the same cells in the same places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exchange.documents.cells import one_line, put_value, wide_length
from exchange.documents.json_grid import SHIFT, read_json
from exchange.documents.marks import SheetLayout
from exchange.documents.markup_grids import read_html
from exchange.documents.own_sheets import CHECK_SIGNATURE
from exchange.documents.safe_workbook import UNREADABLE, open_safely
from exchange.documents.source_grids import SourceGrid, decode, read_csv, read_workbook

NARROWEST, WIDEST = 8, 36  # characters of a column
MEASURED = 50  # rows from which a column's width is taken
LARGEST_MERGE = 10_000  # cells; a larger merged range is no table's, and every cell of it would be held in memory


@dataclass(frozen=True, slots=True)
class OriginalSheet:
    worksheet: Worksheet
    layout: SheetLayout
    shift: int = 0  # rows that the sheet stands lower than its records say


@dataclass(frozen=True, slots=True)
class Original:
    book: Workbook
    sheets: tuple[OriginalSheet, ...]  # one for each of the layout, in its order
    lost_looks: bool = False  # an .xlsx that could only be read for its values


def open_original(path: Path, layout: Sequence[SheetLayout]) -> Original:
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(b"PK"):
        return _open_xlsx(path, layout)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _by_name(_new_book(read_workbook(path)), layout)
    text = decode(path.read_bytes())
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in {"[", "{"}:
        grid, found = read_json(text)
        return _in_order(_new_book([grid]), [found], SHIFT)
    return _in_order(_new_book(read_html(text, layout) if start == "<" else read_csv(text, layout)), layout)


def _open_xlsx(path: Path, layout: Sequence[SheetLayout]) -> Original:
    try:
        return _by_name(open_safely(path), layout)
    except UNREADABLE:
        grids = [grid for grid in read_workbook(path) if one_line(grid.cells.get((1, 1))) != CHECK_SIGNATURE]
        return _by_name(_new_book(grids), layout, lost_looks=True)


def _by_name(book: Workbook, layout: Sequence[SheetLayout], lost_looks: bool = False) -> Original:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    return Original(book, tuple(OriginalSheet(sheets[each.name or ""], each) for each in layout), lost_looks)


def _in_order(book: Workbook, layout: Sequence[SheetLayout], shift: int = 0) -> Original:
    pairs = zip(book.worksheets, layout, strict=True)
    return Original(book, tuple(OriginalSheet(sheet, each, shift) for sheet, each in pairs))


def _new_book(grids: Sequence[SourceGrid]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in grids:
        sheet = book.create_sheet(grid.name or "")
        sheet.sheet_state = "hidden" if grid.hidden else "visible"
        for (row, column), value in grid.cells.items():
            put_value(sheet.cell(row, column), value)
        _merge(sheet, grid)
        _set_widths(sheet, grid)
    return book


def _merge(sheet: Worksheet, grid: SourceGrid) -> None:
    """Only ranges whose first cell alone holds something: merging must not lose a word."""
    taken: set[tuple[int, int]] = set()
    for top, left, bottom, right in grid.merges:
        if (bottom - top + 1) * (right - left + 1) > LARGEST_MERGE:
            continue
        area = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if not area & taken and not any(grid.cells.get(at) for at in area - {(top, left)}):
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
            taken |= area


def _set_widths(sheet: Worksheet, grid: SourceGrid) -> None:
    widths: dict[int, int] = {}
    beginning = [(at, value) for at, value in grid.cells.items() if at[0] <= MEASURED]
    covered = {top for top, left, _, right in grid.merges if right > left}
    for (row, column), value in beginning:
        text = str(value)
        if row not in covered:
            widths[column] = max(widths.get(column, 0), wide_length(text))
        if len(text) > WIDEST:
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width + 2, NARROWEST), WIDEST)
