"""The two columns of ours in a clerk's sheet: 平台编号 and 结果.

In: a sheet and its layout. Out: `OwnColumns`. Columns of a former marked workbook are used again; new ones stand right
of the last heading, where two columns are free in every row of the table.
"""

from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exchange.documents.cells import one_line, put_text
from exchange.documents.marks import PLATFORM_FIELD, SheetLayout
from exchange.documents.original import OriginalSheet
from exchange.documents.own_sheets import PLATFORM_HEADING, RESULT_HEADING
from exchange.documents.painting import note
from exchange.documents.safe_workbook import filled_cells
from exchange.documents.styling import StyleCopies

PLATFORM_WIDTH, RESULT_WIDTH = 16, 38
_PLATFORM_NOTE = "系统填写，请不要改动：再次上传时按这个编号认出是同一个岗位。新加的行留空即可。"
_RESULT_NOTE = "系统填写，再次上传时不读这一列。"


@dataclass(frozen=True, slots=True)
class OwnColumns:
    platform: int
    result: int


def find_own_columns(sheet: OriginalSheet, before: OwnColumns | None) -> OwnColumns:
    """`before`: of the sheet before, whose layout a sheet without headings has taken over."""
    layout, worksheet = sheet.layout, sheet.worksheet
    if not layout.heading_rows and before:
        return before
    platform = next((each.index for each in layout.columns if each.field == PLATFORM_FIELD), None)
    former = {each.index for each in layout.columns if each.heading == RESULT_HEADING}
    if platform and platform + 1 in former:
        return OwnColumns(platform, platform + 1)
    free = _first_free(worksheet, layout)
    noted = next((index for index in former if _is_noted(worksheet, layout, index)), None)
    if platform:
        return OwnColumns(platform, noted or free)
    return OwnColumns(free, free + 1)


def write_headings(sheet: OriginalSheet, own: OwnColumns) -> None:
    worksheet = sheet.worksheet
    for block in sheet.layout.heading_blocks:
        for index, heading, words in (
            (own.platform, PLATFORM_HEADING, _PLATFORM_NOTE),
            (own.result, RESULT_HEADING, _RESULT_NOTE),
        ):
            cell = worksheet.cell(block[-1], index)
            if not isinstance(cell, Cell):
                continue
            if cell.value is None:
                dress_like_neighbour(cell, worksheet.cell(block[-1], _last_headed(sheet.layout)), StyleCopies())
                put_text(cell, heading)
            note(cell, [words])
    for index, width in ((own.platform, PLATFORM_WIDTH), (own.result, RESULT_WIDTH)):
        dimension = worksheet.column_dimensions[get_column_letter(index)]
        dimension.width, dimension.hidden = width, False


def write_own_cell(cell: Cell, text: str, neighbour: Any, copies: StyleCopies) -> None:
    dress_like_neighbour(cell, neighbour, copies)
    if text:
        put_text(cell, text)
    else:
        cell.value = None


def dress_like_neighbour(cell: Cell, neighbour: Any, copies: StyleCopies) -> None:
    """Font and borders of the clerk's cell in the same row, as text. 结果 runs on to the right, where nothing is."""

    def style(own: Any) -> None:
        if neighbour.has_style:
            own._style = copy(neighbour._style)
        own.number_format = "@"
        own.alignment = Alignment(vertical="center")

    copies.dress(cell, tuple(neighbour._style or ()), style)


def model_column(layout: SheetLayout, own: OwnColumns) -> int:
    """A column of the clerk's whose looks ours take on."""
    theirs = [each.index for each in layout.columns if each.heading and each.index not in {own.platform, own.result}]
    return max(theirs, default=1)


def _last_headed(layout: SheetLayout) -> int:
    return max((each.index for each in layout.columns if each.heading), default=1)


def _is_noted(sheet: Worksheet, layout: SheetLayout, index: int) -> bool:
    """Did we write this heading? Another's column called 结果 must not be overwritten."""
    comments = [sheet.cell(row, index).comment for row in layout.heading_rows]
    return any(comment is not None and _RESULT_NOTE in one_line(comment.text) for comment in comments)


def _first_free(sheet: Worksheet, layout: SheetLayout) -> int:
    first_row = min(layout.heading_rows, default=1)
    taken = {cell.column for cell in filled_cells(sheet) if cell.value is not None and cell.row >= first_row}
    for merged in sheet.merged_cells.ranges:
        if merged.max_row >= first_row:
            taken.update(range(merged.min_col, merged.max_col + 1))
    column = _last_headed(layout) + 1
    while {column, column + 1} & taken:
        column += 1
    return column
