"""A sheet of exhibitors (参会单位表): employer and booth, row by row, from a workbook, a csv or pasted lines.

In: bytes or text. Out: `SheetReading`: rows, and what is wrong with rows by their number as a spreadsheet shows it. All
or nothing is the caller's choice; nothing is stored here.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from exchange.documents.source_grids import decode
from exchange.fairs.booths import normal_booth
from exchange.fairs.names import plain_name

MOST_ROWS = 2_000
_LONGEST_NAME, _LONGEST_BOOTH = 100, 12
_DEEPEST_HEADING = 10  # a title or two may stand above
_LARGEST_OPENED = 200 * 1024 * 1024  # bytes, once unpacked
_EMPLOYER = ("参会单位", "参会企业", "用人单位", "企业名称", "单位名称", "公司名称", "企业", "单位", "名称")
_BOOTH = ("展位号", "展位", "摊位号", "摊位", "席位", "位置")


@dataclass(frozen=True, slots=True)
class SheetRow:
    row: int
    employer: str
    booth: str


@dataclass(frozen=True, slots=True)
class RowFault:
    row: int  # 0: the whole sheet
    words: str


@dataclass(frozen=True, slots=True)
class SheetReading:
    rows: tuple[SheetRow, ...]
    faults: tuple[RowFault, ...]


def read_sheet(content: bytes) -> SheetReading:
    """A workbook (.xlsx, .xls) or csv in any usual encoding."""
    if not content.strip():
        return _unreadable("文件是空的。")
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        return _read_workbook(content)
    if b"\0" in content[:1024] and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return _unreadable("只认得 Excel 表（.xlsx、.xls）和 csv。")
    return read_lines(decode(content))


def read_lines(text: str) -> SheetReading:
    """One employer a line; the booth after a comma or a tab."""
    rows = csv.reader(io.StringIO(text.replace("\t", ",").replace("，", ",")))
    return _read_rows(rows)


def _read_workbook(content: bytes) -> SheetReading:
    try:
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_OPENED:
                    return _unreadable("表格展开后太大，没有读。")
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        return _read_rows(sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 50))
    except (CalamineError, zipfile.BadZipFile, IndexError, OSError):
        return _unreadable("这个表格打不开：可能已损坏或加了密码。请另存为一个新的 .xlsx 再上传。")


def _unreadable(words: str) -> SheetReading:
    return SheetReading((), (RowFault(0, words),))


def _read_rows(table: Iterable[Sequence[Any]]) -> SheetReading:
    rows: list[SheetRow] = []
    faults: list[RowFault] = []
    employer_at, booth_at, headed = 0, 1, False
    seen: dict[str, int] = {}
    booths: dict[str, int] = {}
    for number, cells in enumerate(table, 1):
        texts = [_text(cell) for cell in cells]
        if not any(texts):
            continue
        found = None if headed or number > _DEEPEST_HEADING else _heading(texts)
        if found:
            (employer_at, booth_at), headed = found, True
            for above in (rows, faults, seen, booths):  # a title, not an employer
                above.clear()
            continue
        row = SheetRow(number, _at(texts, employer_at), normal_booth(_at(texts, booth_at)))
        fault = _fault(row, seen, booths)
        if fault:
            faults.append(RowFault(number, fault))
        else:
            rows.append(row)
        if len(rows) > MOST_ROWS:
            return _unreadable(f"一次最多 {MOST_ROWS:,} 家，请分成几份。")
    if not rows and not faults:
        return _unreadable("表里没有单位。第一列写单位名称，第二列写展位号。")
    return SheetReading(tuple(rows), tuple(faults))


def _fault(row: SheetRow, seen: dict[str, int], booths: dict[str, int]) -> str:
    """What is wrong with the row; one that is right is remembered."""
    key = plain_name(row.employer)
    if not key:
        return "单位名称是空的，请填写全称。"
    if len(row.employer) > _LONGEST_NAME:
        return f"单位名称超过 {_LONGEST_NAME} 个字，请检查是否填错了列。"
    if len(row.booth) > _LONGEST_BOOTH:
        return f"展位号“{row.booth[:20]}”超过 {_LONGEST_BOOTH} 个字符，请检查是否填错了列。"
    if key in seen:
        return f"“{row.employer}”和第 {seen[key]} 行是同一家单位，请删去一行。"
    if row.booth and row.booth in booths:
        return f"展位 {row.booth} 已经给了第 {booths[row.booth]} 行的单位，请换一个。"
    seen[key] = row.row
    if row.booth:
        booths[row.booth] = row.row
    return ""


def _heading(texts: Sequence[str]) -> tuple[int, int] | None:
    """Where employer and booth stand, when this row is a row of headings."""
    plain = [text.replace(" ", "") for text in texts]
    employer = next((plain.index(word) for word in _EMPLOYER if word in plain), None)
    if employer is None:
        return None
    booth = next((plain.index(word) for word in _BOOTH if word in plain), None)
    return employer, booth if booth is not None else len(plain)


def _at(texts: Sequence[str], place: int) -> str:
    return texts[place] if place < len(texts) else ""


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell if cell is not None else "").split())
