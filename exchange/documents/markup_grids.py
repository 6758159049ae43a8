"""A web page that was given the name .xls, as grids.

In: text and the layout that reading has found. Out: one `SourceGrid` for each sheet of the layout.
"""

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from exchange.documents.cells import one_line
from exchange.documents.marks import SheetLayout
from exchange.documents.source_grids import PLAIN_NAME, SourceGrid

WIDEST_SPAN = 1000


def read_html(text: str, layout: Sequence[SheetLayout]) -> list[SourceGrid]:
    """One grid for each sheet of the layout: the next table whose headings stand where they were read."""
    page = LexborHTMLParser(text)
    tables = iter([_table(table) for table in page.css("table") if not table.css("table table")])
    grids = []
    for number, sheet in enumerate(layout, 1):
        grid = next((table for table in tables if _has_headings(table, sheet)), SourceGrid(None, {}))
        grid.name = PLAIN_NAME if len(layout) == 1 else f"Sheet{number}"
        grids.append(grid)
    return grids


def _has_headings(grid: SourceGrid, sheet: SheetLayout) -> bool:
    found = {one_line(grid.cells.get((row, each.index))) for row in sheet.heading_rows for each in sheet.columns}
    return {each.heading for each in sheet.columns} <= found | {""} if sheet.heading_rows else len(grid.cells) > 1


def _table(table: LexborNode) -> SourceGrid:
    taken: dict[tuple[int, int], str] = {}
    grid = SourceGrid(None, taken)
    for row, line in enumerate(table.css("tr"), 1):
        column = 1
        for cell in line.css("td, th"):
            while (row, column) in taken:
                column += 1
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for down in range(height):
                taken.update({(row + down, column + right): "" for right in range(width)})
            taken[row, column] = cell.text(separator="\n", strip=True)
            if width > 1 or height > 1:
                grid.merges.append((row, column, row + height - 1, column + width - 1))
            column += width
    return grid


def _span(cell: LexborNode, attribute: str) -> int:
    written = (cell.attributes.get(attribute) or "1").strip()
    return max(1, min(int(written), WIDEST_SPAN)) if written.isascii() and written.isdigit() and len(written) < 6 else 1
