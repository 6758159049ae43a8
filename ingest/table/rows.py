"""The records of one sheet.

In: a grid and its layout. Out: `Row`s with their spreadsheet row numbers. Vertically merged cells (合并单元格) are
spread down to every row they cover, for the company's name, place, pay, contact and the rest; never for title and
openings, where each row must speak for itself. A blank cell outside a merged range stays blank.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.fields import Field, Row
from ingest.table.cells import cell_text, one_line, text_maker
from ingest.table.columns import JOINED
from ingest.table.headings import Meaning, fold
from ingest.table.hints import place_hint
from ingest.table.layout import Layout, is_repeated_heading, layout_at
from ingest.table.model import Cell, ColumnInfo, Grid, Merge
from ingest.table.skipped import FEW, Skipped, why_skipped

NOT_SPREAD = frozenset({Field.TITLE, Field.OPENINGS, Field.NUMBER, Field.REFERENCE, Field.PLATFORM_ID})
JOINT = {Field.DIVISION: " ", Field.BENEFITS: "、"}  # otherwise a line break
YES = frozenset(["是", "有", "包", "√", "✓", "☑", "Y", "y", "yes", "YES", "TRUE", "1", "提供"])
NO = frozenset(["否", "无", "不", "不包", "×", "✗", "☐", "N", "n", "no", "NO", "FALSE", "0", "不提供"])

_REMEMBERED = 4_096  # texts of a column

Maker = Callable[[Cell], str]


@dataclass(slots=True)
class _Plan:
    """How one layout turns cells into a `Row`; `headings` and `hint` are shared by all rows."""

    layout: Layout
    makers: list[tuple[int, Field, Maker]]
    others: list[tuple[int, str]]
    headings: dict[Field, str]
    hint: str = ""


@dataclass(slots=True)
class SheetRows:
    rows: list[Row] = field(default_factory=list)
    heading_rows: list[int] = field(default_factory=list)


def read_rows(grid: Grid, layout: Layout, mapping: Mapping[str, Meaning]) -> SheetRows:
    found = SheetRows(heading_rows=list(layout.heading_rows))
    plan = _plan(layout, place_hint(grid.rows[: layout.first_data - len(layout.heading_rows)], grid.name))
    spread, wide = _spread_down(grid, layout), _wide_merges(grid)
    in_notes, titles, position = False, list[tuple[int, Sequence[Cell]]](), layout.first_data
    while position < len(grid.rows):
        number, cells = grid.rows[position]
        again = layout_at(grid, position, mapping) if is_repeated_heading(cells, plan.layout) else None
        if again:
            plan = _plan(again, place_hint(titles, grid.name) if titles else plan.hint)
            found.heading_rows += again.heading_rows
            in_notes, titles, position = False, [], again.first_data
            continue
        position += 1
        why = _judge(cells, plan.layout, wide.get(number), in_notes)
        if why is None:
            found.rows.append(_row(grid.name, number, cells, spread.get(number), plan))
            titles = []
        elif why is Skipped.TITLE:
            titles.append((number, cells))
        in_notes = why is Skipped.NOTE or (in_notes and why is not None)
    return found


def _judge(cells: Sequence[Cell], layout: Layout, wide: Merge | None, in_notes: bool) -> Skipped | None:
    """Most rows are plainly records: more than a few cells are filled and the first holds a number."""
    first = cells[0]
    if isinstance(first, int | float) and len(cells) - sum(cell == "" or cell is None for cell in cells) > FEW:
        return None
    return why_skipped(cells, layout.columns, wide, in_notes)


def _plan(layout: Layout, hint: str) -> _Plan:
    makers, others, headings = [], [], dict[Field, str]()
    for position, column in enumerate(layout.columns):
        if column.field:
            makers.append((position, column.field, _maker(column)))
            headings.setdefault(column.field, column.heading)
        elif column.how not in {"unused", "seat"}:
            others.append((position, column.heading or f"第{column.index}列"))
    return _Plan(layout, makers, others, headings, hint)


def _maker(column: ColumnInfo) -> Maker:
    """Equal cells become one text, which is made once and kept once."""
    return lru_cache(_REMEMBERED, typed=True)(_own_maker(column))


def _own_maker(column: ColumnInfo) -> Maker:
    plain = text_maker(column.field)
    if column.field is Field.BENEFITS and (about := fold(column.heading)).endswith(("吃住", "食宿", "包吃", "包住")):
        return lambda cell: _yes_or_no(plain(cell), about)
    if column.how != "group":
        return plain
    joint = "" if column.field is Field.OPENINGS else "："

    def labelled(cell: Cell) -> str:
        text = plain(cell)
        return f"{column.heading}{joint}{text}" if text else ""

    return labelled


def _yes_or_no(text: str, about: str) -> str:
    """是 in a column 是否包吃住 says 包吃住."""
    if text in NO:
        return ""
    return about.removeprefix("是否") if text in YES else text


def _row(sheet: str | None, number: int, cells: Sequence[Cell], spread: dict[int, Cell] | None, plan: _Plan) -> Row:
    if spread:
        cells = [spread.get(n, cell) for n, cell in enumerate(cells)]
    texts: dict[Field, str] = {}
    for position, target, make in plan.makers:
        cell = cells[position]
        if cell == "" or cell is None:
            continue
        text = make(cell)
        if text:
            texts[target] = join_texts(target, texts[target], text) if target in texts else text
    other = {heading: text for n, heading in plan.others if (text := cell_text(cells[n]))}
    return Row(sheet, number, texts, plan.headings, plan.hint, other)


def join_texts(target: Field, before: str, after: str) -> str:
    """Two cells of one field as one text, without saying anything twice."""
    if target not in JOINED:
        return before + after
    if after in before:
        return before
    return after if before in after else f"{before}{JOINT.get(target, chr(10))}{after}"


def _wide_merges(grid: Grid) -> dict[int, Merge]:
    return {merge.top: merge for merge in grid.merges if merge.right - merge.left >= 2}


def _spread_down(grid: Grid, layout: Layout) -> dict[int, dict[int, Cell]]:
    """Row number → column position → the value of the vertically merged range that covers the cell."""
    numbers = [number for number, _ in grid.rows]
    positions = {column.index: n for n, column in enumerate(layout.columns) if column.field not in NOT_SPREAD}
    spread: dict[int, dict[int, Cell]] = {}
    for merge, position in _vertical(grid.merges, positions):
        start, stop = bisect_left(numbers, merge.top), bisect_right(numbers, merge.bottom)
        if start < layout.first_data or start == stop or numbers[start] != merge.top:
            continue
        value = grid.rows[start][1][position]
        value = one_line(value) if isinstance(value, str) else value
        for number in numbers[start + 1 : stop]:
            spread.setdefault(number, {})[position] = value
    return spread


def _vertical(merges: Sequence[Merge], positions: Mapping[int, int]) -> Iterator[tuple[Merge, int]]:
    last_end: dict[int, int] = {}
    for merge in sorted(merges, key=lambda merge: merge.top):
        position = positions.get(merge.left)
        if merge.bottom > merge.top and position is not None and merge.top > last_end.get(position, 0):
            last_end[position] = merge.bottom  # overlapping ranges are no real ones: the first holds
            yield merge, position
