"""The list for 通报 as a workbook: one row for every number of every cluster.

In: lines by mention, sentences that say what it is. Out: an .xlsx in a stream.
"""

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from exchange.circular import CircularLine, Mention
from exchange.documents.cells import put_text

_COLUMNS = (
    ("类别", 14), ("组团", 14), ("项目", 40), ("完成", 10), ("目标", 10), ("应达", 10),
    ("单位", 6), ("状态", 10), ("说明", 40),
)  # fmt: skip


def write_circular(
    target: BinaryIO, notes: Sequence[str], groups: Mapping[Mention, Sequence[CircularLine]]
) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("通报")
    for number, (_, width) in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{len(notes) + 2}"
    for number, note in enumerate(notes):
        sheet.append([_cell(sheet, note, bold=number == 0)])
    sheet.append([_cell(sheet, name, bold=True) for name, _ in _COLUMNS])
    for mention, lines in groups.items():
        for line in lines:
            for fact in line.facts:
                state = fact.state.label if fact.state else ""
                numbers = (fact.done, fact.goal, fact.expected)
                row = (mention.label, line.name, fact.name, *numbers, fact.unit, state, fact.told)
                sheet.append([_cell(sheet, value) for value in row])
    book.save(target)


def _cell(sheet: Any, value: Any, bold: bool = False) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet)
    put_text(cell, value)
    if bold:
        cell.font = Font(bold=True)
    return cell
