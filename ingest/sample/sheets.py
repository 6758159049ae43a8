"""A worksheet the way a bureau lays it out: title, 填报单位, one or two header rows, rows, 合计, 填表说明.

In: `SheetRow`s and a `Layout`. Out: a filled openpyxl worksheet. A layout is data: add one for another habit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from ingest.sample.rows import SheetRow

Cell = str | int | date | None
_SIDE = Side(style="thin")
_THIN = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    value: Callable[[SheetRow], Cell]
    width: int = 12
    over: str = ""  # the heading above it, shared with its neighbours
    is_merged: bool = False  # one cell for all rows of an employer


@dataclass(frozen=True, slots=True)
class Layout:
    title: str
    reported_by: str  # 填报单位
    reported_on: str
    columns: tuple[Column, ...]
    openings: str  # heading of the column that 合计 sums up
    notes: tuple[str, ...]


def fill_sheet(sheet: Worksheet, layout: Layout, rows: Sequence[SheetRow]) -> None:
    width = len(layout.columns) + 1  # 序号 comes first
    sheet.append([layout.title])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    sheet["A1"].font, sheet["A1"].alignment = Font(size=16, bold=True), Alignment(horizontal="center")
    half = width // 2 + 1
    sheet.append([layout.reported_by, *[None] * (half - 2), layout.reported_on])
    first = _write_headings(sheet, layout)
    for number, row in enumerate(rows, start=1):
        sheet.append([number, *(column.value(row) for column in layout.columns)])
    _merge_employers(sheet, layout, rows, first)
    _dress(sheet, layout, first)
    _write_foot(sheet, layout, rows)


def _write_headings(sheet: Worksheet, layout: Layout) -> int:
    """Row number of the first row below the headings."""
    top = sheet.max_row + 1
    if not any(column.over for column in layout.columns):
        sheet.append(["序号", *(column.heading for column in layout.columns)])
        return top + 1
    sheet.append(["序号", *(column.over or column.heading for column in layout.columns)])
    sheet.append([None, *(column.heading if column.over else None for column in layout.columns)])
    sheet.merge_cells(start_row=top, end_row=top + 1, start_column=1, end_column=1)
    position = 2
    for over, group in groupby(layout.columns, key=lambda column: column.over):
        size = len(list(group))
        if over:
            sheet.merge_cells(start_row=top, end_row=top, start_column=position, end_column=position + size - 1)
        else:
            for column in range(position, position + size):
                sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
        position += size
    return top + 2


def _merge_employers(sheet: Worksheet, layout: Layout, rows: Sequence[SheetRow], first: int) -> None:
    merged = [index for index, column in enumerate(layout.columns, start=2) if column.is_merged]
    start = first
    for _, group in groupby(rows, key=lambda row: (row.employer, row.phone)):
        end = start + len(list(group)) - 1
        if end > start:
            for column in merged:
                sheet.merge_cells(start_row=start, end_row=end, start_column=column, end_column=column)
        start = end + 1


def _dress(sheet: Worksheet, layout: Layout, first: int) -> None:
    for number, row in enumerate(sheet.iter_rows(min_row=3, max_row=sheet.max_row), start=3):
        is_heading = number < first
        for cell in row:
            cell.border = _THIN
            cell.alignment = Alignment(vertical="center", wrap_text=True, horizontal="center" if is_heading else None)
            cell.font = Font(bold=is_heading)
    for letter, column in zip("BCDEFGHIJKLMNOPQRSTUVWXYZ", layout.columns, strict=False):
        sheet.column_dimensions[letter].width = column.width


def _write_foot(sheet: Worksheet, layout: Layout, rows: Sequence[SheetRow]) -> None:
    total = sum(int(row.openings) for row in rows if row.openings.isascii() and row.openings.isdigit())
    sheet.append(["合计", *(total if column.heading == layout.openings else None for column in layout.columns)])
    sheet.append([])
    for note in layout.notes:
        sheet.append([note])
