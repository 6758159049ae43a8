"""The shapes that the stages of reading a file hand on.

A reader (workbook, text, markup) makes `Grid`s, plain cells without meaning; the layout gives columns their fields;
the rows of all sheets come out as one `FileTable`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from exchange.content import Problem
from ingest.fields import Field, Row

Cell = str | int | float | bool | date | datetime | time | timedelta | None


class FileKind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    HTML = "html"  # a web page saved as .xls
    JSON = "json"  # one document or one object a line


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range (合并单元格), both ends included, counted from 1 like the rows and columns of a spreadsheet."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled part of one sheet: rows with something in them, cut down to the columns with something in them."""

    name: str | None  # None for a csv, which has no sheets
    columns: tuple[int, ...]  # spreadsheet numbers (A is 1) of the cells of every row
    rows: Sequence[tuple[int, Sequence[Cell]]]  # spreadsheet row number, cells
    merges: tuple[Merge, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    index: int  # as a spreadsheet counts: A is 1
    heading: str  # as written
    field: Field | None
    how: str  # mapping, exact, fragment, promoted, group, unused, repeated, unknown


@dataclass(frozen=True, slots=True)
class SheetInfo:
    name: str | None
    heading_rows: tuple[int, ...]  # empty where the layout of the sheet before was taken over
    columns: tuple[ColumnInfo, ...]
    rows: int  # records
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class FileTable:
    kind: FileKind
    sheets: tuple[SheetInfo, ...]
    rows: Sequence[Row]
    problems: tuple[Problem, ...] = field(default=())
