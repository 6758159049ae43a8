"""Writing text into a cell so that no spreadsheet takes it for more than text.

In: any text. Out: a string cell; what begins like a formula (= + - @, tab, return) carries quotePrefix as well, so that
it stays text when somebody edits the cell.
"""

from typing import Any

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST = 32_767  # characters a cell can hold


def clean_text(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST]


def put_text(cell: Cell, text: str) -> None:
    cell.value = clean_text(text)
    hold_as_text(cell)


def hold_as_text(cell: Cell) -> None:
    """A cell that holds text already: as a string, and safe against being edited into a formula."""
    text = str(cell.value)
    if text.startswith(STARTS_A_FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True


def put_value(cell: Cell, value: Any) -> None:
    """A value as a reader found it: text stays text, 5.0 becomes 5."""
    if isinstance(value, str):
        if value:
            put_text(cell, value)
    elif isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        cell.value = int(value)
    elif value is not None:
        cell.value = value


def own_cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell of a sheet of ours, where nothing is merged over it."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def merged_into(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """(row, column) of every cell that a merged range hides → the cell that shows in its place."""
    return {
        at: (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for at in merged.cells
        if at != (merged.min_row, merged.min_col)
    }


def wide_length(text: str) -> int:
    """In the widths of a column: a Chinese character is two wide."""
    return sum(2 if ord(char) > 255 else 1 for char in text)


def one_line(value: Any) -> str:
    """A heading as reading sees it: trimmed, one space for many."""
    return "" if value is None else " ".join(str(value).split())
