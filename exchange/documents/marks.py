"""What is to be marked in a workbook: records with their outcome, problems with their place, the layout as it was read.

In: rows of the store or values of a test. Out: frozen values. `layout` is what `Batch.layout` keeps of every sheet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.words import Outcome, Severity

PLATFORM_FIELD = "platform_id"


@dataclass(frozen=True, slots=True)
class RecordMark:
    position: int  # from 1, through all sheets in their order
    row: int  # as a spreadsheet shows it
    outcome: Outcome | None = None  # None: nobody has compared it with the store yet
    posting_id: str | None = None
    published: bool = True  # False: the outcome is what confirming the batch would bring


@dataclass(frozen=True, slots=True)
class ProblemMark:
    code: str
    severity: Severity
    message: str
    evidence: str = ""
    field: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None  # the heading as written
    position: int | None = None  # of the record; None: of a column, a sheet or the file


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    index: int  # A is 1
    heading: str
    field: str | None


@dataclass(frozen=True, slots=True)
class SheetLayout:
    name: str | None
    heading_rows: tuple[int, ...]
    columns: tuple[ColumnLayout, ...]
    rows: int  # records

    @property
    def heading_blocks(self) -> list[list[int]]:
        """Rows that follow each other are one heading: a sheet may hold several tables below each other."""
        blocks: list[list[int]] = []
        for row in sorted(self.heading_rows):
            if blocks and row == blocks[-1][-1] + 1:
                blocks[-1].append(row)
            else:
                blocks.append([row])
        return blocks


def read_layout(layout: Sequence[Mapping[str, Any]]) -> list[SheetLayout]:
    """The sheets that records came from; hidden ones and those without a record to mark are left out."""
    return [
        SheetLayout(
            sheet["name"],
            tuple(sheet["heading_rows"]),
            tuple(ColumnLayout(each["index"], each["heading"], each["field"]) for each in sheet["columns"]),
            sheet["rows"],
        )
        for sheet in layout
        if not sheet["hidden"]
    ]
