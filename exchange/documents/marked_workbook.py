"""The clerk's own workbook back, with what is wrong marked in it (标注后的工作簿).

In: the original file, how it was read, what became of its records, their problems. Out: an .xlsx in `target` and the
name to download it under. Bad cells are coloured with a comment, 平台编号 and 结果 stand in columns of ours, the sheet
核对结果 sums up. Mended and uploaded again, it reads like the original with the platform's numbers.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell

from config.words import Outcome, Severity
from exchange.documents.cells import merged_into, one_line, own_cell
from exchange.documents.marks import ProblemMark, RecordMark, read_layout
from exchange.documents.original import OriginalSheet, open_original
from exchange.documents.own_columns import (
    OwnColumns,
    find_own_columns,
    model_column,
    write_headings,
    write_own_cell,
)
from exchange.documents.own_sheets import CHECK_SIGNATURE
from exchange.documents.painting import mark, paint, remove_marks
from exchange.documents.placing import Headings, find_headings
from exchange.documents.styling import StyleCopies
from exchange.documents.summary_sheet import Finding, outcome_words, write_summary

_EXPLAINED = {Outcome.REJECTED, Outcome.HELD, Outcome.DUPLICATE}
_COLOURS = {
    Outcome.REJECTED: Severity.ERROR,
    Outcome.HELD: Severity.WARNING,
    Outcome.DUPLICATE: Severity.WARNING,
}
_ENDING = "_已标注"
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class _Sheet:
    original: OriginalSheet
    own: OwnColumns
    headings: Headings
    merged: Mapping[tuple[int, int], tuple[int, int]]
    first: int  # positions of its records
    last: int


def write_marked_workbook(
    source: Path,
    file_name: str,
    layout: Sequence[Mapping[str, Any]],
    records: Iterable[RecordMark],
    problems: Sequence[ProblemMark],
    target: BinaryIO,
) -> str:
    """`layout` as `Batch.layout` keeps it; `records` in the order of their positions."""
    original = open_original(source, read_layout(layout))
    visible_first = original.book.active
    _remove_former_summary(original.book)
    sheets = list(_prepare(original.sheets))
    kept = list(records)
    rows = {record.position: record.row for record in kept}
    _write_outcomes(sheets, kept, problems)
    findings = _mark_problems(sheets, rows, problems)
    write_summary(original.book, file_name, kept, findings, original.lost_looks)
    if visible_first in original.book.worksheets:
        original.book.active = original.book.worksheets.index(visible_first)
    original.book.save(target)
    return download_name(file_name)


def download_name(file_name: str) -> str:
    """报送.xls → 报送_已标注.xlsx, and the same again when that file is marked."""
    stem = _NOT_IN_A_NAME.sub("_", file_name.replace("\\", "/").rsplit("/", 1)[-1]).rsplit(".", 1)[0]
    return f"{stem.removesuffix(_ENDING)[:_LONGEST_NAME].strip(' .') or '岗位表'}{_ENDING}.xlsx"


def _remove_former_summary(book: Workbook) -> None:
    for sheet in list(book.worksheets):
        if len(book.worksheets) > 1 and one_line(sheet["A1"].value) == CHECK_SIGNATURE:
            book.remove(sheet)


def _prepare(sheets: Sequence[OriginalSheet]) -> Iterator[_Sheet]:
    """Our columns found or chosen, old marks gone, headings written."""
    own, first = None, 1
    for sheet in sheets:
        own = find_own_columns(sheet, own)
        headings = find_headings(sheet)
        remove_marks(sheet.worksheet)
        if sheet.layout.rows:
            write_headings(sheet, own)
        yield _Sheet(sheet, own, headings, merged_into(sheet.worksheet), first, first + sheet.layout.rows - 1)
        first += sheet.layout.rows


def _sheet_at(sheets: Sequence[_Sheet], position: int) -> _Sheet:
    return next(sheet for sheet in sheets if sheet.first <= position <= sheet.last)


def _write_outcomes(sheets: Sequence[_Sheet], records: Sequence[RecordMark], problems: Sequence[ProblemMark]) -> None:
    """平台编号 where a posting was made or met; what stood there stays where none was: it is needed once mended."""
    reasons: dict[int, str] = {}
    for problem in sorted(problems, key=lambda each: each.severity is not Severity.ERROR):
        if problem.position is not None:
            reasons.setdefault(problem.position, problem.message)
    for sheet in sheets:
        _clear_results(sheet)
    copies = StyleCopies()
    models = {id(sheet): model_column(sheet.original.layout, sheet.own) for sheet in sheets}
    for record in records:
        sheet = _sheet_at(sheets, record.position)
        row, model, worksheet = record.row + sheet.original.shift, models[id(sheet)], sheet.original.worksheet
        neighbour = worksheet.cell(row, model)
        number = worksheet.cell(row, sheet.own.platform)
        if isinstance(number, Cell) and (record.posting_id or number.value is None):
            write_own_cell(number, record.posting_id or "", neighbour, copies)
        result = worksheet.cell(row, sheet.own.result)
        if isinstance(result, Cell):
            write_own_cell(result, _result_words(record, reasons.get(record.position, "")), neighbour, copies)
            if record.outcome in _COLOURS:
                paint(result, _COLOURS[record.outcome])


def _clear_results(sheet: _Sheet) -> None:
    worksheet, headings = sheet.original.worksheet, sheet.original.layout.heading_rows
    for row in range(min(headings, default=1), worksheet.max_row + 1):
        cell = worksheet._cells.get((row, sheet.own.result))
        if isinstance(cell, Cell) and row not in headings:
            cell.value = None


def _result_words(record: RecordMark, reason: str) -> str:
    words = outcome_words(record)
    return f"{words}：{reason}" if reason and record.outcome in _EXPLAINED else words


def _mark_problems(sheets: Sequence[_Sheet], rows: Mapping[int, int], problems: Sequence[ProblemMark]) -> list[Finding]:
    """Every problem with the cell it was marked in; those of one cell share a comment."""
    cells: dict[tuple[str, str], Cell] = {}
    found: dict[tuple[str, str], list[ProblemMark]] = defaultdict(list)
    findings = []
    for problem in problems:
        sheet, row, column = _place_of(sheets, rows, problem)
        if sheet is None or row is None or column is None:
            findings.append(Finding(problem, problem.sheet or "", ""))
            continue
        worksheet = sheet.original.worksheet
        cell = own_cell(worksheet, *sheet.merged.get((row, column), (row, column)))
        key = (worksheet.title, cell.coordinate)
        cells[key] = cell
        found[key].append(problem)
        findings.append(Finding(replace(problem, row=None if problem.row is None else row), *key))
    for key, cell in cells.items():
        mark(cell, found[key])
    return findings


def _place_of(
    sheets: Sequence[_Sheet], rows: Mapping[int, int], problem: ProblemMark
) -> tuple[_Sheet | None, int | None, int | None]:
    """Sheet, row and column: of the record's cell, of a column's heading, or nothing for a whole sheet or file."""
    if problem.position is not None:
        sheet = _sheet_at(sheets, problem.position)
        row = rows[problem.position] + sheet.original.shift
        return sheet, row, sheet.headings.column_of(problem, row) or sheet.own.result
    for sheet in sheets:
        if problem.sheet == sheet.original.layout.name:
            if problem.row is not None:
                return sheet, problem.row + sheet.original.shift, sheet.own.result
            if problem.column and (at := sheet.headings.heading_of(problem.column)):
                return sheet, *at
    return None, None, None
