"""The plan of a fair's booths as a drawing (SVG), each booth a link to its employer.

In: exhibits with booths. Out: `BoothPlan`: rectangles with places in pixels, drawn by a template.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from config.divisions import all_divisions
from exchange.fairs.booths import A_ROW, placed
from exchange.store.fairs_postings import Exhibit

_WIDTH, _HEIGHT, _GAP, _AISLE = 92, 58, 6, 16
_CUT = 6  # characters of a name that fit


@dataclass(frozen=True, slots=True)
class Booth:
    exhibit: Exhibit
    x: int
    y: int
    name: str


@dataclass(frozen=True, slots=True)
class BoothPlan:
    booths: tuple[Booth, ...]
    width: int
    height: int
    booth_width: int = _WIDTH
    booth_height: int = _HEIGHT


_LEAST = 3  # characters that must be left
_FORMS = ("股份有限责任公司", "有限责任公司", "股份有限公司", "有限公司")


@cache
def _places() -> tuple[str, ...]:
    """Names of places that employers begin with, the longest first."""
    names = {division.name for division in all_divisions()}
    bare = {name.removesuffix(kind) for name in names for kind in ("市", "县", "区", "镇", "街道")}
    return tuple(sorted((name for name in names | bare | {"广东省", "广东"} if len(name) > 1), key=len, reverse=True))


def booth_plan(exhibits: Sequence[Exhibit]) -> BoothPlan | None:
    """None when nobody has a booth."""
    found = placed([(one.exhibitor.booth, one) for one in exhibits])
    if not found:
        return None
    booths = tuple(
        Booth(
            one.thing,
            x=_GAP + one.column * (_WIDTH + _GAP),
            y=_GAP + one.row * (_HEIGHT + _AISLE),
            name=short_name(one.thing.exhibitor.name),
        )
        for one in found
    )
    columns = min(A_ROW, max(one.column for one in found) + 1)
    rows = found[-1].row + 1
    return BoothPlan(booths, columns * (_WIDTH + _GAP) + _GAP, rows * (_HEIGHT + _AISLE))


def short_name(name: str) -> str:
    """东莞市长安试样电子有限公司 as 试样电子: what tells employers of one hall apart."""
    plain = name
    for ending in _FORMS:
        plain = plain.removesuffix(ending)
    while place := next((one for one in _places() if plain.startswith(one) and len(plain) - len(one) >= _LEAST), ""):
        plain = plain.removeprefix(place)
    return plain if len(plain) <= _CUT else plain[: _CUT - 1] + "…"
