"""A piece of a query that was understood.

In: a recogniser's find. Out: `Span`, with its position in the folded query and the filter it acts as; `Mark`, a phrase
in quotes or a word that must not be there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Strength(IntEnum):
    """How sure a reading is: when nothing is found, the weakest is let go first."""

    HOURLY_PAY = 1  # part-time pay by the hour is never compared with a month's
    OPENINGS = 2
    EXPERIENCE = 3
    EMPLOYMENT = 4
    BENEFIT = 5
    EDUCATION = 6
    SALARY = 7
    DIRECTION = 8
    PLACE = 9
    OCCUPATION = 10
    EMPLOYER = 11


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    parameter: str
    value: str
    strength: Strength


class MarkKind(StrEnum):
    PHRASE = "phrase"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Mark:
    kind: MarkKind
    start: int
    end: int
    text: str  # without its sign
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A query as recognisers see it: folded, with the positions at which words begin and end."""

    text: str
    boundaries: frozenset[int]

    def chunk(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without spaces around a piece."""
        before = self.text.rfind(" ", 0, start) + 1
        after = self.text.find(" ", end)
        return before, len(self.text) if after < 0 else after

    def stands_alone(self, start: int, end: int) -> bool:
        return self.chunk(start, end) == (start, end)

    def on_boundaries(self, start: int, end: int) -> bool:
        return start in self.boundaries and end in self.boundaries


Recogniser = Callable[[Query], list[Span]]
