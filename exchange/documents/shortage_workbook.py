"""The shortage list (招工助企清单) as a workbook: one row an employer, the reason in words, the workers that would fit.

In: ranked shortages and the notices matched to each. Out: an .xlsx in a stream, every text safe against formulas.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exchange.documents.cells import own_cell, put_text
from exchange.shortage import Shortage

_COLUMNS = (
    ("名次", 6), ("用人单位", 34), ("统一社会信用代码", 22), ("工作地", 14), ("在招岗位", 9), ("缺工人数", 9),
    ("平均已招天数", 12), ("缺工指数", 9), ("原因", 60), ("转移依据", 30), ("可对接的劳动力供给", 60),
)  # fmt: skip
_HEAD = PatternFill("solid", start_color="FFE7EEF5")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class ShortageLine:
    shortage: Shortage
    place: str
    supply: Sequence[str]  # the notices that fit, in words


def write_shortage(target: BinaryIO, title: str, notes: Sequence[str], lines: Sequence[ShortageLine]) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "招工助企"
    put_text(own_cell(sheet, 1, 1), title)
    own_cell(sheet, 1, 1).font = Font(bold=True, size=14)
    for number, note in enumerate(notes, 2):
        put_text(own_cell(sheet, number, 1), note)
    head = len(notes) + 2
    for column, (name, width) in enumerate(_COLUMNS, 1):
        cell = own_cell(sheet, head, column)
        put_text(cell, name)
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[get_column_letter(column)].width = width
    for rank, line in enumerate(lines, 1):
        _write_line(sheet, head + rank, rank, line)
    sheet.freeze_panes = own_cell(sheet, head + 1, 3).coordinate
    book.save(target)


def _write_line(sheet: Worksheet, row: int, rank: int, line: ShortageLine) -> None:
    found = line.shortage.vacancies
    values: tuple[str | int, ...] = (
        rank, found.employer, found.uscc, line.place, found.postings, found.openings, line.shortage.average_days,
        line.shortage.score, "；".join(line.shortage.reasons), found.evidence, "\n".join(line.supply),
    )  # fmt: skip
    for column, value in enumerate(values, 1):
        cell = own_cell(sheet, row, column)
        cell.alignment = _WRAPPED
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
