"""Part `occupations`: titles as bureaus write them, labelled by hand, against the class the rules give.

In: tests/occupations/labelled.csv (part, title, duties, classes: the small classes that are right, the best first; none
when nobody could tell). Out: figures of the half that the words were not tuned on, beside the nearest name of a class.
"""

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from search.folding import fold
from search.occupations import occupation_of
from search.occupations.assigning import read_title
from search.occupations.tree import MIDDLE, SMALL, at_level, occupations
from tests.bench.figures import Bar, Figure

LABELLED = Path(__file__).resolve().parents[1] / "occupations" / "labelled.csv"
LEVELS = {"major": 1, "middle": MIDDLE, "small": SMALL}
LEAST = {"major": 95.0, "middle": 92.0, "small": 90.0}
_REPEATS = 5


@dataclass(frozen=True, slots=True)
class Labelled:
    part: str  # tuning: its mistakes were looked at while the words were written; heldout: they were not
    title: str
    duties: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of all labelled titles, but `precision`: of those that were given a class."""

    right: dict[str, float]  # by level; a title nobody could tell is right when it is left open
    best: float  # the small class named first, where several are right
    answered: float
    precision: float


Assign = Callable[[str, str], str]


@cache
def labelled(part: str) -> tuple[Labelled, ...]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = [Labelled(r["part"], r["title"], r["duties"], tuple(r["classes"].split())) for r in csv.DictReader(file)]
    return tuple(row for row in rows if row.part == part)


def is_right(row: Labelled, code: str, level: int = SMALL) -> bool:
    if not row.classes or not code:
        return not row.classes and not code
    return at_level(code, level) in {at_level(known, level) for known in row.classes}


def score(rows: Sequence[Labelled], assign: Assign = occupation_of) -> Score:
    told = [(row, assign(row.title, row.duties)) for row in rows]
    answered = [(row, code) for row, code in told if code]
    right = {name: _share([is_right(row, code, level) for row, code in told]) for name, level in LEVELS.items()}
    best = _share([(row.classes or ("",))[0] == at_level(code, SMALL) for row, code in told])
    return Score(right, best, len(answered) / len(told), _share([is_right(row, code) for row, code in answered]))


def _share(claims: Sequence[bool]) -> float:
    return sum(claims) / max(len(claims), 1)


@cache
def _names() -> dict[str, str]:
    return {code: fold(known.name) for code, known in occupations().items() if known.level >= SMALL}


def nearest_name(title: str, _duties: str) -> str:
    """What one would do without rules: the class whose name looks most like the title, always."""
    found = process.extractOne(fold(title), _names(), scorer=fuzz.WRatio)
    return str(found[2]) if found else ""


def measure(*_: Any) -> Iterator[Figure]:
    rows = labelled("heldout")
    found, nearest = score(rows), score(rows, nearest_name)
    note = f"occupations: {len(rows)} held-out titles, as many to tune on; one author wrote words and labels."
    for level, share in found.right.items():
        value, other = share * 100, nearest.right[level] * 100
        yield Figure(f"occupations: {level} class right", value, "%", bar=Bar(LEAST[level], at_least=True), note=note)
        yield Figure(f"occupations: {level} class right, nearest name instead", other, "%")
    yield Figure("occupations: small class right, only the best label counts", found.best * 100, "%")
    yield Figure("occupations: right of those answered", found.precision * 100, "%")
    yield Figure("occupations: given a class", found.answered * 100, "%")
    yield Figure("occupations: titles read, none seen before", _pace(rows), "/s")


def _pace(rows: Sequence[Labelled]) -> float:
    started = time.process_time()
    for number in range(_REPEATS):
        for row in rows:
            occupation_of(f"{row.title} {number}", row.duties)
    took = time.process_time() - started
    read_title.cache_clear()
    return len(rows) * _REPEATS / took
