"""Where the headings of a sheet are and which column is which field.

In: a `Grid`. Out: a `Layout`, from one heading row or two (岗位要求 over 学历/年龄/性别), or None where there is none.
A heading row is one that names a title column (岗位名称) and at least one other; half of its cells, or five, must be
listed headings, so that no row of data is taken for one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.fields import Field
from ingest.table.cells import cell_text, is_blank
from ingest.table.columns import name_columns
from ingest.table.headings import Meaning, fold, is_listed
from ingest.table.model import Cell, ColumnInfo, Grid

LOOKED_AT = 30  # first filled rows in which the headings are expected
Meanings = Mapping[str, Meaning]


@dataclass(frozen=True, slots=True)
class Layout:
    columns: tuple[ColumnInfo, ...]  # one for each column of the grid
    heading_rows: tuple[int, ...]  # spreadsheet row numbers
    first_data: int  # position in grid.rows


def find_layout(grid: Grid, mapping: Meanings) -> Layout | None:
    for position in range(min(LOOKED_AT, len(grid.rows))):
        layout = layout_at(grid, position, mapping)
        if layout:
            return layout
    return None


def layout_at(grid: Grid, position: int, mapping: Meanings) -> Layout | None:
    """The layout whose headings begin at this row, or None if this is no heading row."""
    number, cells = grid.rows[position]
    top = [cell_text(cell) for cell in cells]
    if not any(_is_heading(text, mapping) for text in top if text):
        return None
    if position + 1 < len(grid.rows):
        below = [cell_text(cell) for cell in grid.rows[position + 1][1]]
        if _is_second_row(top, below, mapping):
            columns = name_columns(grid, below, top, _groups(grid, number, top), mapping)
            if _is_enough(columns):
                return Layout(columns, (number, grid.rows[position + 1][0]), position + 2)
    if not _looks_like_headings(top, mapping):
        return None
    columns = name_columns(grid, top, [], [], mapping)
    return Layout(columns, (number,), position + 1) if _is_enough(columns) else None


def inherit_layout(grid: Grid, previous: Layout, previous_grid: Grid) -> Layout | None:
    """A sheet without headings whose columns lie exactly as those of the sheet before (第二页没有表头)."""
    fields = {column.index: column for column in previous.columns}
    if not grid.rows or not set(grid.columns) <= set(fields) or len(grid.columns) * 3 < len(previous_grid.columns) * 2:
        return None
    columns = tuple(fields[index] for index in grid.columns)
    title = next((n for n, column in enumerate(columns) if column.field is Field.TITLE), None)
    if title is None:
        return None
    titled = sum(not is_blank(cells[title]) for _, cells in grid.rows)
    return Layout(columns, (), 0) if titled * 3 >= len(grid.rows) * 2 else None


def _is_heading(text: str, mapping: Meanings) -> bool:
    return is_listed(text) or (bool(mapping) and (text in mapping or fold(text) in mapping))


def _looks_like_headings(texts: Sequence[str], mapping: Meanings) -> bool:
    """Half of them, or a third and at least five: feeds bring many columns that are nobody's business here."""
    share = _share(texts, mapping)
    return share >= 0.5 or (share >= 0.3 and sum(_is_heading(text, mapping) for text in texts if text) >= 5)


def _share(texts: Sequence[str], mapping: Meanings) -> float:
    filled = [text for text in texts if text]
    return sum(_is_heading(text, mapping) for text in filled) / len(filled) if filled else 0.0


def _is_second_row(top: Sequence[str], below: Sequence[str], mapping: Meanings) -> bool:
    """Half of the lower row must be headings, or all of it stand under groups; the upper row names columns alone."""
    if _share(below, mapping) < 0.5 and not _stands_under_groups(top, below):
        return False
    alone = any(_is_heading(above, mapping) for above, under in zip(top, below, strict=True) if above and not under)
    return alone or _share(top, mapping) > 0.5


def _stands_under_groups(top: Sequence[str], below: Sequence[str]) -> bool:
    """最低 and 最高 under 薪资待遇: every word of the lower row in a column that shares its upper heading."""
    filled = [n for n, text in enumerate(below) if text]
    shared = {n for n, text in enumerate(top) if not text or (n + 1 < len(top) and top[n + 1] in {"", text})}
    words = all(len(below[n]) <= 10 and not any(char.isdigit() for char in below[n]) for n in filled)
    return len(filled) >= 2 and words and set(filled) <= shared


def _is_enough(columns: Sequence[ColumnInfo]) -> bool:
    fields = {column.field for column in columns if column.field}
    return Field.TITLE in fields and len(fields) >= 2


def _groups(grid: Grid, number: int, top: Sequence[str]) -> list[str]:
    """For each column the upper heading it stands under: of the merged range, its own, or the nearest to the left."""
    groups, last = [], ""
    merges = [merge for merge in grid.merges if merge.top <= number <= merge.bottom and merge.right > merge.left]
    for index, text in zip(grid.columns, top, strict=True):
        last = text or last
        covering = next((merge for merge in merges if merge.left <= index <= merge.right), None)
        if covering and covering.left in grid.columns:
            groups.append(top[grid.columns.index(covering.left)])
        else:
            groups.append(last)
    return groups


def is_repeated_heading(cells: Sequence[Cell], layout: Layout) -> bool:
    """Cheap: might this row be headings again? (The title or employer cell is a word of a heading.)"""
    for cell, column in zip(cells, layout.columns, strict=True):
        if column.field in {Field.TITLE, Field.EMPLOYER} and isinstance(cell, str) and cell:
            return cell == column.heading or is_listed(cell)
    return False
