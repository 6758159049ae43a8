"""Columns and their fields, once the heading row is known.

In: the headings of one or two rows. Out: one `ColumnInfo` for each column of the grid. Where two columns claim one
field the stronger name wins; prose and places are joined instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.fields import Field
from ingest.table.cells import is_blank
from ingest.table.headings import Meaning, understand
from ingest.table.model import ColumnInfo, Grid

JOINED = frozenset({Field.DIVISION, Field.DUTIES, Field.REQUIREMENTS, Field.BENEFITS, Field.REMARKS})
GROUPED = frozenset({Field.OPENINGS, Field.DUTIES, Field.REQUIREMENTS, Field.BENEFITS})  # 招聘人数 over 男 and 女


@dataclass(frozen=True, slots=True)
class _Claim:
    column: ColumnInfo
    strength: int


def name_columns(
    grid: Grid, headings: Sequence[str], above: Sequence[str], groups: Sequence[str], mapping: Mapping[str, Meaning]
) -> tuple[ColumnInfo, ...]:
    claims = []
    for n, index in enumerate(grid.columns):
        upper = above[n] if above else ""
        heading = headings[n] or upper
        group = groups[n] if groups and headings[n] else ""
        meaning = _in_group(heading, group, mapping)
        claims.append(_Claim(ColumnInfo(index, heading, meaning.field, meaning.how), meaning.strength))
    claims = _settle_places(_name_the_unnamed(grid, claims))
    return _settle_conflicts(claims)


def _in_group(heading: str, group: str, mapping: Mapping[str, Meaning]) -> Meaning:
    """最低 under 薪资待遇 is the lowest pay; 身高 under 岗位要求 belongs to the requirements."""
    meaning = understand(heading, mapping)
    if not group or group == heading or meaning.how in {"mapping", "exact", "seat", "unused"}:
        return meaning
    together, upper = understand(group + heading, mapping), understand(group, mapping)
    if together.how == "exact" or (together.field and together.field is not upper.field):
        return together
    if not meaning.field and upper.field in GROUPED:
        return Meaning(upper.field, "group", 700)
    return meaning if meaning.field else together


def _name_the_unnamed(grid: Grid, claims: list[_Claim]) -> list[_Claim]:
    """A first column without a heading that only counts is 序号."""
    first = claims[0].column if claims else None
    if first and not first.heading and all(_is_count(cells[0]) for _, cells in grid.rows[-20:]):
        return [_Claim(replace(first, field=Field.NUMBER, how="unnamed"), 999), *claims[1:]]
    return claims


def _is_count(cell: object) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and (not cell.strip() or cell.strip().isdigit()))


def _settle_places(claims: list[_Claim]) -> list[_Claim]:
    """Without a column for the workplace, the address stands for it, then the employer's seat."""
    if any(claim.column.field is Field.DIVISION for claim in claims):
        return claims
    for test in (lambda c: c.column.field is Field.ADDRESS, lambda c: c.column.how == "seat"):
        candidates = [claim for claim in claims if test(claim)]
        if candidates:
            best = min(candidates, key=lambda claim: claim.strength)
            promoted = _Claim(replace(best.column, field=Field.DIVISION, how="promoted"), best.strength)
            return [promoted if claim is best else claim for claim in claims]
    return claims


def _settle_conflicts(claims: list[_Claim]) -> tuple[ColumnInfo, ...]:
    strongest: dict[Field, int] = {}
    for claim in claims:
        target = claim.column.field
        if target:
            strongest[target] = min(strongest.get(target, 10_000), claim.strength)
    taken: set[Field] = set()
    columns = []
    for claim in claims:
        column, target = claim.column, claim.column.field
        together = target in JOINED or (column.how == "group" and target and strongest[target] == claim.strength)
        if target and not together:
            if target in taken or claim.strength > strongest[target]:
                column = replace(column, field=None, how="repeated")
            else:
                taken.add(target)
        columns.append(column)
    return tuple(columns)


def has_data(grid: Grid, position: int, first_data: int) -> bool:
    return any(not is_blank(cells[position]) for _, cells in grid.rows[first_data:])
