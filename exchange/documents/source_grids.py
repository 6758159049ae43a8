"""Files that are no .xlsx as plain grids: .xls and csv here, web pages and JSON in markup_grids.py and json_grid.py.

In: path and the layout that reading has found. Out: `SourceGrid`s, the same cells at the same rows and columns, so that
a problem's row and column fit. Reading itself has found the file sound before it gets here.
"""

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine

from exchange.documents.cells import one_line
from exchange.documents.marks import SheetLayout

DELIMITERS = ",\t;|，"
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
PLAIN_NAME = "岗位表"  # a name that says nothing of a place, as reading sees it


@dataclass(slots=True)
class SourceGrid:
    name: str | None
    cells: dict[tuple[int, int], Any]  # (row, column), both from 1
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right
    hidden: bool = False


def read_workbook(path: Path) -> list[SourceGrid]:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    grids = []
    for number, about in enumerate(book.sheets_metadata):
        if about.typ == python_calamine.SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_index(number)
            hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
            merges = [(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
            grids.append(SourceGrid(about.name, _cells(sheet), merges, hidden))
    return grids


def _cells(sheet: Any) -> dict[tuple[int, int], Any]:
    top, left = sheet.start or (0, 0)
    rows = enumerate(sheet.to_python(skip_empty_area=True), top + 1)
    return {(row, n): value for row, cells in rows for n, value in enumerate(cells, left + 1) if value != ""}


def decode(data: bytes) -> str:
    """With its mark, or the one of UTF-8 and GB18030 that breaks fewer characters."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    texts = [data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    return min(texts, key=lambda text: text.count("\ufffd"))


def read_csv(text: str, layout: Sequence[SheetLayout]) -> list[SourceGrid]:
    """The delimiter is the one that puts the headings where reading has found them."""
    csv.field_size_limit(max(len(text) + 1, 131_072))
    wanted = {(row, each.index): each.heading for each in layout[0].columns for row in layout[0].heading_rows[:1]}

    def fit(grid: SourceGrid) -> int:
        return sum(bool(heading) and one_line(grid.cells.get(at)) == heading for at, heading in wanted.items())

    return [max((_split(text, delimiter) for delimiter in DELIMITERS), key=fit)]


def _split(text: str, delimiter: str) -> SourceGrid:
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    cells = {(row, n): cell for row, record in enumerate(records, 1) for n, cell in enumerate(record, 1) if cell}
    return SourceGrid(PLAIN_NAME, cells)
