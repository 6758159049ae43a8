"""The classes of 职业分类大典 2022: major (6), middle (6-18), small (6-18-01), detailed (6-18-01-07).

In: config/vocabulary/occupations.csv. Out: codes, names, and what lies above a class.
"""

from dataclasses import dataclass
from functools import cache

from config.packaged import read_table

_STEP = "-"
MIDDLE, SMALL = 2, 3  # levels of the tree; a facet goes down to the small classes (小类)


@dataclass(frozen=True, slots=True)
class Occupation:
    code: str
    name: str

    @property
    def level(self) -> int:
        """1 major, 2 middle, 3 small, 4 detailed."""
        return self.code.count(_STEP) + 1


@cache
def occupations() -> dict[str, Occupation]:
    """By code, in the order of the tree."""
    return {row["code"]: Occupation(row["code"], row["name"]) for row in read_table("occupations.csv")}


def find_occupation(code: str) -> Occupation | None:
    return occupations().get(code)


def occupation_name(code: str) -> str:
    found = find_occupation(code)
    return found.name if found else ""


def parent_of(code: str) -> str:
    """The class above; "" for a major class."""
    return code.rpartition(_STEP)[0]


def at_level(code: str, level: int) -> str:
    """The class of that level a code lies in; the code itself when it says less."""
    return _STEP.join(code.split(_STEP)[:level])
