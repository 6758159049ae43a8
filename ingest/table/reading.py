"""The journey of a file: what it is, its sheets, their headings, their rows.

In: path, limits, the name to show, a source's own mapping of headings. Out: `FileTable`, or `FileFault` when there is
nothing to take. To read another kind of file: add a `FileKind`, tell it in kind.py, and make grids of it here.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from exchange.content import Problem
from exchange.documents.own_sheets import is_own_sheet
from ingest.fields import Field, Row
from ingest.table import findings
from ingest.table.archive import check_archive
from ingest.table.cells import is_blank
from ingest.table.faults import FileFault, Limits, too_many_rows
from ingest.table.headings import Meaning, own_mapping
from ingest.table.json_file import read_items
from ingest.table.kind import detect_kind
from ingest.table.layout import Layout, find_layout, inherit_layout
from ingest.table.markup import read_html
from ingest.table.model import FileKind, FileTable, Grid, SheetInfo
from ingest.table.records import read_records
from ingest.table.rows import read_rows
from ingest.table.text import decode, read_csv
from ingest.table.workbook import read_grids


def read_file(
    path: Path, limits: Limits | None = None, name: str | None = None, mapping: Mapping[str, Field] | None = None
) -> FileTable:
    """Every record of a file; `name` is what the clerk calls it. A bad file raises `FileFault` and nothing else."""
    limits, name = limits or Limits(), name or path.name
    kind = detect_kind(path, name, limits)
    if kind in {FileKind.XLSX, FileKind.XLS}:
        if kind is FileKind.XLSX:
            check_archive(path, name, limits)
        return _read_sheets(kind, read_grids(path, name, limits), (), name, limits, mapping)
    text, problems = decode(path.read_bytes(), name)
    if not text.strip():
        raise findings.nothing_in_it(name)
    if kind is FileKind.JSON:
        return _read_json(text, problems, name, limits, mapping)
    grids = read_html(text, name, limits) if kind is FileKind.HTML else [read_csv(text, name, limits)]
    return _read_sheets(kind, grids, problems, name, limits, mapping)


def _read_json(
    text: str, problems: Sequence[Problem], name: str, limits: Limits, mapping: Mapping[str, Field] | None
) -> FileTable:
    rows, more = read_records(read_items(text, name, limits), mapping)
    return FileTable(FileKind.JSON, (SheetInfo(None, (), (), len(rows)),), tuple(rows), (*problems, *more))


def _read_sheets(
    kind: FileKind,
    grids: Sequence[Grid],
    problems: Sequence[Problem],
    name: str,
    limits: Limits,
    mapping: Mapping[str, Field] | None,
) -> FileTable:
    reader = _Reader(own_mapping(mapping))
    for grid in grids:
        reader.take(grid)
    if not reader.rows:
        raise reader.fault(name)
    if len(reader.rows) > limits.max_rows:
        raise too_many_rows(name, limits)
    return FileTable(kind, tuple(reader.sheets), tuple(reader.rows), (*problems, *reader.problems))


class _Reader:
    """Collects sheet after sheet; a sheet without headings may take over the layout of the one before."""

    def __init__(self, mapping: Mapping[str, Meaning]) -> None:
        self.mapping = mapping
        self.sheets: list[SheetInfo] = []
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.previous: tuple[Layout, Grid] | None = None
        self.without_headings: list[Grid] = []
        self.hidden: list[Grid] = []

    def take(self, grid: Grid) -> None:
        if not grid.rows or is_own_sheet(next(cell for cell in grid.rows[0][1] if not is_blank(cell))):
            return
        if grid.hidden:
            self.hidden.append(grid)
            self.sheets.append(SheetInfo(grid.name, (), (), 0, hidden=True))
            self.problems.append(findings.hidden_sheet(grid))
            return
        layout = find_layout(grid, self.mapping)
        if layout is None and self.previous:
            layout = inherit_layout(grid, *self.previous)
            if layout:
                self.problems.append(findings.inherited(grid, self.previous[1]))
        if layout:
            self._read(grid, layout)
        else:
            self.without_headings.append(grid)
            self.problems.append(findings.sheet_without_headings(grid))

    def _read(self, grid: Grid, layout: Layout) -> None:
        found = read_rows(grid, layout, self.mapping)
        self.rows += found.rows
        self.sheets.append(SheetInfo(grid.name, tuple(found.heading_rows), layout.columns, len(found.rows)))
        self.problems += findings.of_columns(grid, layout) if found.rows else ()
        self.previous = (layout, grid)

    def fault(self, name: str) -> FileFault:
        if self.previous:
            return findings.headings_only(name)
        if self.without_headings:
            return findings.no_headings(name, max(self.without_headings, key=lambda grid: len(grid.rows)))
        return findings.all_hidden(name, self.hidden[0]) if self.hidden else findings.nothing_in_it(name)
