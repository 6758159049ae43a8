"""The postings behind a number (明细) as a workbook: one row a posting, written one after the other.

In: lines, sentences that say what the list is. Out: an .xlsx in a stream; memory stays the same however long the list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from exchange.documents.cells import put_text

_COLUMNS = (
    ("平台编号", 16), ("岗位名称", 28), ("用人单位", 34), ("工作地点", 18), ("流向", 14), ("组团", 14),
    ("招聘人数", 10), ("计数日期", 12), ("提供单位", 30), ("状态", 10), ("有效期至", 12), ("台账序号", 12),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostingLine:
    """A posting behind a number, in the words of pages. What may not be shown is "" or None already."""

    posting_id: str
    title: str
    employer: str
    place: str
    direction: str
    cluster: str
    openings: int | None
    counted_on: date | None
    provider: str
    status: str
    valid_through: date
    sequence: int | None
    is_public: bool  # it has a page of its own that everybody may open


def write_postings(target: BinaryIO, notes: Sequence[str], lines: Iterable[PostingLine]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("明细")
    for number, (_, width) in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"C{len(notes) + 2}"
    for number, note in enumerate(notes):
        sheet.append([_cell(sheet, note, bold=number == 0)])
    sheet.append([_cell(sheet, name, bold=True) for name, _ in _COLUMNS])
    for line in lines:
        sheet.append([_cell(sheet, value) for value in _values(line)])
    book.save(target)


def _values(line: PostingLine) -> tuple[Any, ...]:
    return (
        line.posting_id, line.title, line.employer, line.place, line.direction, line.cluster, line.openings,
        line.counted_on, line.provider, line.status, line.valid_through, line.sequence,
    )  # fmt: skip


def _cell(sheet: Any, value: Any, bold: bool = False) -> Any:
    if not bold and (value is None or isinstance(value, int)):
        return value
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value
    if bold:
        cell.font = Font(bold=True)
    return cell
