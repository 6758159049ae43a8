"""/targets.xlsx: the rows of /targets.csv as a workbook, one sheet for each kind of row.

In: rows, headings first, the kind of each in its first column. Out: an .xlsx in a stream, written row by row.
"""

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from exchange.documents.cells import put_text


def write_targets(target: BinaryIO, rows: Iterable[Sequence[object]]) -> None:
    book = Workbook(write_only=True)
    given = iter(rows)
    headings = next(given)
    sheets = {}
    for row in given:
        kind = str(row[0])
        if kind not in sheets:
            sheets[kind] = book.create_sheet(kind)
            sheets[kind].freeze_panes = "D2"
            sheets[kind].append([_cell(sheets[kind], name, bold=True) for name in headings[1:]])
        sheets[kind].append([_cell(sheets[kind], value) for value in row[1:]])
    book.save(target)


def _cell(sheet: Any, value: Any, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        if value:
            put_text(cell, value)
    else:
        cell.value = value
    if bold:
        cell.font = Font(bold=True)
    return cell
