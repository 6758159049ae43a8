"""Where the cells of a problem are: from the heading or field it names to a column of the sheet.

In: a sheet and its layout. Out: `Headings`. A sheet may hold several tables: the headings next above a row hold for it.
"""

from dataclasses import dataclass

from exchange.documents.cells import one_line
from exchange.documents.marks import ProblemMark, SheetLayout
from exchange.documents.original import OriginalSheet


@dataclass(frozen=True, slots=True)
class Headings:
    layout: SheetLayout
    blocks: tuple[tuple[int, dict[str, tuple[int, int]]], ...]  # last row, heading → (row, column)

    def column_of(self, problem: ProblemMark, row: int) -> int | None:
        if not problem.column:
            return None
        names = next((names for last, names in reversed(self.blocks) if last < row), {})
        columns = [each for each in self.layout.columns if each.heading == problem.column]
        exact = [each.index for each in columns if each.field == problem.field]
        if problem.column in names and names[problem.column][1] not in exact:
            return names[problem.column][1]
        return next(iter([*exact, *(each.index for each in columns)]), None)

    def heading_of(self, words: str) -> tuple[int, int] | None:
        return next((names[words] for _, names in self.blocks if words in names), None)


def find_headings(sheet: OriginalSheet) -> Headings:
    blocks = []
    for rows in sheet.layout.heading_blocks:
        names: dict[str, tuple[int, int]] = {}
        for row in reversed(rows):  # the lower heading is the nearer one
            for each in sheet.layout.columns:
                words = one_line(sheet.worksheet.cell(row, each.index).value)
                if words:
                    names.setdefault(words, (row, each.index))
        blocks.append((rows[-1], names))
    return Headings(sheet.layout, tuple(blocks))
