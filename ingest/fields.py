"""One incoming row, its cells under our field names.

In: what a reader or an adapter found. Out: `Row`. The fields themselves are `config.fields.Field`.
"""

from dataclasses import dataclass, field

from config.fields import Field

__all__ = ["Field", "Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet or one item of a feed, its cells as text under our field names."""

    sheet: str | None
    row: int  # as a spreadsheet shows it; csv: the record's number, the heading being 1; feeds: item number from 1
    cells: dict[Field, str]
    headings: dict[Field, str] = field(default_factory=dict)  # field -> heading as written
    place_hint: str = ""  # from the sheet's title or 填报单位 row
    other: dict[str, str] = field(default_factory=dict)  # heading as written -> cell, columns nobody understood
