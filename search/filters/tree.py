"""Facets that are trees: a value counts everything below it, and stands before what is below it.

In: a column and, for each stored text, the values it lies in (`facet_values`, `parent`). Out: (value, count) pairs in
the order of the tree, the most first among those beside each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from search.filters.base import Array, Counts, Labels
from search.filters.coded import CodedFilter, CodeFilter
from search.view import IndexView


@dataclass(frozen=True)
class TreeFilter(CodedFilter):
    """`parent` says below which value another one lies."""

    def count(self, view: IndexView, documents: Array, today: int) -> Counts:
        """All of them, however many: a tree that is cut off says something wrong."""
        values, counts = self.counted(view, documents)
        found = {value: count for value, count in zip(values, counts.tolist(), strict=True) if count}
        below: defaultdict[str, list[str]] = defaultdict(list)
        for value in sorted(found, key=lambda value: (-found[value], value)):
            below[self.parent(value)].append(value)
        return [(value, found[value]) for value in _downwards(below)]


def _downwards(below: defaultdict[str, list[str]]) -> Iterable[str]:
    waiting = below[""][::-1]
    while waiting:
        value = waiting.pop()
        yield value
        waiting += below[value][::-1]


@dataclass(frozen=True)
class ClassFilter(TreeFilter, CodeFilter):
    """Over a classification whose codes begin with the code above. Stored as code and name together."""

    def matches(self, value: str, stored: str) -> bool:
        return stored.startswith(value)

    def names(self) -> dict[str, str]:
        """Every class: code to name."""
        raise NotImplementedError

    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        """A code, or the beginning of one, also where no posting is."""
        super().check(value, view, None)
        if value in self.names():
            return
        if not any(code.startswith(value) for code in self.names()) and not self._in_index(value, view):
            raise self.unknown(value, "请从列表里选。")

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        return self.names().get(value) or value
