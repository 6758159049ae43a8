"""Filters over a column of few distinct texts: a value is compared with each distinct text once, not with each posting.

In: a column of the index. Out: masks and counts. Subclasses say which stored text a value stands for.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from config.words import label
from search.filters.base import Array, Filter, Labels, by_count
from search.view import IndexView

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class CodedFilter(Filter):
    column: str = ""

    def matches(self, value: str, stored: str) -> bool:
        return value == stored

    def facet_value(self, stored: str) -> str:
        return stored

    def passes(self, value: str, view: IndexView, today: int) -> Array:
        wanted = np.array([self.matches(value, stored) for stored in view.catalogues[self.column].values], bool)
        return wanted[view.codes[self.column]] if view.count else np.zeros(0, bool)

    def stored_counts(self, view: IndexView, documents: Array) -> list[tuple[str, int]]:
        values = view.catalogues[self.column].values
        counts = np.bincount(view.codes[self.column][documents], minlength=len(values))
        return [(values[number], int(counts[number])) for number in np.flatnonzero(counts).tolist()]

    def count(self, view: IndexView, documents: Array, today: int) -> list[tuple[str, int]]:
        totals: dict[str, int] = {}
        for stored, count in self.stored_counts(view, documents):
            value = self.facet_value(stored)
            if value:
                totals[value] = totals.get(value, 0) + count
        return by_count(totals)


@dataclass(frozen=True)
class ListFilter(CodedFilter):
    """Over one of the closed lists of config/words.py."""

    words: type[StrEnum] = StrEnum

    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if value not in set(self.words):
            raise self.unknown(value, f"可用：{'、'.join(self.words)}。")

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        return label(self.words(value)) if value in set(self.words) else value

    def count(self, view: IndexView, documents: Array, today: int) -> list[tuple[str, int]]:
        counted = dict(super().count(view, documents, today))
        return [(str(word), counted[word]) for word in self.words if word in counted]


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
