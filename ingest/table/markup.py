"""A web page that was given the name .xls, as many office systems export it.

In: text. Out: one `Grid` for each table with at least two rows; colspan and rowspan become merged ranges.
"""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.table.faults import FileFault, Limits, too_many_columns, too_many_rows
from ingest.table.kind import SAVE_IT
from ingest.table.model import Grid, Merge

WIDEST_SPAN = 1000


def read_html(text: str, name: str, limits: Limits) -> list[Grid]:
    page = LexborHTMLParser(text)
    tables = [table for table in page.css("table") if not table.css("table table")]
    grids = [grid for table in tables if len((grid := _read_table(table, name, limits)).rows) >= 2]
    if not grids:
        raise FileFault("file.not_a_table", f"文件“{name}”其实是一个网页，里面没有表格。请{SAVE_IT}。")
    return grids


def _read_table(table: LexborNode, name: str, limits: Limits) -> Grid:
    taken: dict[tuple[int, int], str] = {}
    merges: list[Merge] = []
    for number, line in enumerate(table.css("tr"), 1):
        if number > limits.max_rows * 2:
            raise too_many_rows(name, limits)
        column = 1
        for cell in line.css("td, th"):
            while (number, column) in taken:
                column += 1
            column = _place(cell, number, column, taken, merges)
            if column > limits.max_columns + WIDEST_SPAN:
                raise too_many_columns(name, None, column, limits)
    return _as_grid(taken, merges, name, limits)


def _place(cell: LexborNode, row: int, column: int, taken: dict[tuple[int, int], str], merges: list[Merge]) -> int:
    """Put one cell with what it spans; answers the next free column."""
    width, height = _span(cell, "colspan"), _span(cell, "rowspan")
    for down in range(height):
        for right in range(width):
            taken[row + down, column + right] = ""
    taken[row, column] = cell.text(separator="\n", strip=True)
    if width > 1 or height > 1:
        merges.append(Merge(row, column, row + height - 1, column + width - 1))
    return column + width


def _span(cell: LexborNode, attribute: str) -> int:
    written = (cell.attributes.get(attribute) or "1").strip()
    return max(1, min(int(written), WIDEST_SPAN)) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _as_grid(taken: dict[tuple[int, int], str], merges: list[Merge], name: str, limits: Limits) -> Grid:
    columns = sorted({column for (_, column), text in taken.items() if text})
    if len(columns) > limits.max_columns:
        raise too_many_columns(name, None, len(columns), limits)
    numbers = sorted({row for (row, _), text in taken.items() if text})
    rows = [(number, [taken.get((number, column), "") for column in columns]) for number in numbers]
    return Grid(None, tuple(columns), rows, tuple(merges))
