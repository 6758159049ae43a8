"""Facets that are trees: a value counts everything below it, and stands before what is below it.

In: the values of a facet with their counts. Out: (value, count) pairs in the order of the tree, the most first among
those beside each other. A filter says what a stored text lies in (`facet_values`) and what a value lies in (`parent`).
The tree is read once an index; what a search costs is one sort of numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.filters.base import Array, Counts, Labels
from search.filters.coded import CodedFilter, CodeFilter, Spread
from search.view import IndexView


@dataclass(frozen=True)
class TreeFilter(CodedFilter):
    def count(self, view: IndexView, documents: Array, today: int) -> Counts:
        spread = self.spread(view)
        tree = spread.tree if isinstance(spread, TreeSpread) else None
        return tree.in_order(self.counts(spread, view, documents)) if tree else []

    def _spread(self, view: IndexView) -> Spread:
        plain = super()._spread(view)
        tree = self._tree(plain.values) if plain.values else None
        return TreeSpread(plain.values, plain.texts, plain.of, plain.starts, tree)

    def _tree(self, values: Sequence[str]) -> "Tree":
        numbers, none = {value: number for number, value in enumerate(values)}, len(values)
        paths = [[above for above in self._path(value) if above in numbers] for value in values]
        depth = max(map(len, paths))
        levels = [[numbers[path[level]] if level < len(path) else none for path in paths] for level in range(depth)]
        return Tree(tuple(values), tuple(np.array(level, np.int64) for level in levels))

    def _path(self, value: str) -> list[str]:
        """From the top down to the value itself."""
        path = [value]
        while above := self.parent(path[0]):
            path.insert(0, above)
        return path


@dataclass(frozen=True, slots=True)
class Tree:
    values: tuple[str, ...]
    levels: tuple[Array, ...]  # of level n: which value lies above (or is the same) there; one too many where none does

    def in_order(self, counts: Array) -> Counts:
        """A value's place is spelled by the places of all above it among their like, as a number by its digits."""
        size = len(counts)
        places = np.zeros(size + 1, np.int64)
        places[(-counts).argsort(kind="stable")] = np.arange(1, size + 1)
        keys = places.take(self.levels[0])
        for level in self.levels[1:]:
            keys *= size + 1
            keys += places.take(level)
        order, found = keys.argsort(), counts.tolist()
        values = self.values
        return [(values[number], found[number]) for number in order.tolist() if found[number]]


@dataclass(frozen=True, slots=True)
class TreeSpread(Spread):
    tree: Tree | None  # None when there are no values


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
