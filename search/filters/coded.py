"""Filters over a column of few distinct texts: a value is compared with each distinct text once, not with each posting.

In: a column of the index. Out: masks and counts. Subclasses say which stored text a value stands for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import accumulate

import numpy as np

from config.words import label
from search.filters.base import Array, Counts, Filter, Labels, most_first
from search.view import IndexView

_COMPARED = 8  # so many comparisons with a whole column take as long as looking every posting up
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class CodedFilter(Filter):
    column: str = ""

    def matches(self, value: str, stored: str) -> bool:
        return value == stored

    def facet_value(self, stored: str) -> str:
        """Under which value of the facet a stored text is counted, "" when under none."""
        return stored

    def facet_values(self, stored: str) -> Iterable[str]:
        """All of them, for filters whose values contain one another."""
        value = self.facet_value(stored)
        return (value,) if value else ()

    def passes(self, value: str, view: IndexView, today: int) -> Array:
        wanted, codes = self.wanted(value, view), view.codes[self.column]
        numbers = wanted.nonzero()[0].tolist()
        if len(numbers) > _COMPARED:
            return wanted.take(codes)
        found = np.zeros(view.count, bool)
        for number in numbers:
            if number <= np.iinfo(codes.dtype).max:  # else it came into the catalogue after this view
                found |= codes == number
        return found

    def wanted(self, value: str, view: IndexView) -> Array:
        """One bool per stored text."""
        return np.array([self.matches(value, stored) for stored in view.catalogues[self.column].values], bool)

    def spread(self, view: IndexView) -> "Spread":
        made: Spread = view.kept(("spread", self.parameter), lambda: self._spread(view))
        return made

    def counted(self, view: IndexView, documents: Array) -> tuple[tuple[str, ...], Array]:
        """Every value of the facet, in order, and its count. Each stored text is counted once, then spread."""
        spread = self.spread(view)
        return spread.values, self.counts(spread, view, documents) if spread.values else np.zeros(0, np.int64)

    def counts(self, spread: "Spread", view: IndexView, documents: Array) -> Array:
        """Of every value, in order; there is at least one."""
        texts = np.bincount(view.codes[self.column].take(documents), minlength=spread.texts)
        counted: Array = np.add.reduceat(texts.take(spread.of), spread.starts)
        return counted

    def _spread(self, view: IndexView) -> "Spread":
        """The pairs of texts and values, ordered by value."""
        stands_for: dict[str, list[int]] = {}
        texts = tuple(view.catalogues[self.column].values)
        for number, stored in enumerate(texts):
            for value in self.facet_values(stored):
                stands_for.setdefault(value, []).append(number)
        values = tuple(sorted(stands_for))
        of = [number for value in values for number in stands_for[value]]
        starts = list(accumulate((len(stands_for[value]) for value in values), initial=0))[:-1]
        return Spread(values, len(texts), np.array(of, np.int64), np.array(starts, np.int64))

    def count(self, view: IndexView, documents: Array, today: int) -> Counts:
        return most_first(*self.counted(view, documents))


@dataclass(frozen=True, slots=True)
class Spread:
    """Which stored texts stand for each value of a facet: those of value n are `of[starts[n]:starts[n + 1]]`."""

    values: tuple[str, ...]
    texts: int  # how many there are
    of: Array
    starts: Array

    @property
    def nbytes(self) -> int:
        return int(self.of.nbytes + self.starts.nbytes) + 100 * len(self.values)

    def texts_of(self, value: str) -> Array:
        """One bool per stored text."""
        found = np.zeros(self.texts, bool)
        if value in self.values:
            at = self.values.index(value)
            found[self.of[self.starts[at] : self.starts[at + 1] if at + 1 < len(self.starts) else None]] = True
        return found


@cache
def _listed(words: type[StrEnum]) -> frozenset[str]:
    return frozenset(str(word) for word in words)


@dataclass(frozen=True)
class ListFilter(CodedFilter):
    """Over one of the closed lists of config/words.py."""

    words: type[StrEnum] = StrEnum

    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if value not in _listed(self.words):
            raise self.unknown(value, f"可用：{'、'.join(self.words)}。")

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        return label(self.words(value)) if value in _listed(self.words) else value

    def count(self, view: IndexView, documents: Array, today: int) -> Counts:
        """In the order of the list."""
        values, counts = self.counted(view, documents)
        counted = dict(zip(values, counts.tolist(), strict=True))
        return [(str(word), counted[word]) for word in self.words if counted.get(word)]


@dataclass(frozen=True)
class CodeFilter(CodedFilter):
    """Over codes whose names live elsewhere; `labels` decides what is known, else any well-formed code passes."""

    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if not _CODE.fullmatch(value):
            raise self.unknown(value, "请从列表里选。")
        if labels and not labels(self.parameter, value) and not self._in_index(value, view):
            raise self.unknown(value, "请从列表里选。")

    def _in_index(self, value: str, view: IndexView) -> bool:
        return any(self.matches(value, stored) for stored in view.catalogues[self.column].values)
