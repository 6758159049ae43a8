"""Facets that are trees: a value counts everything below it, and stands before what is below it.

In: a column and, for each stored text, the values it lies in from the top down. Out: (value, count) pairs in the order
of the tree, the most first among those beside each other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from search.filters.base import Array, Labels
from search.filters.coded import CodeFilter
from search.view import IndexView

Chain = Callable[[str], Sequence[str]]  # stored text -> its values, the top first; none for a text without a value


@dataclass(frozen=True, slots=True)
class _Spread:
    """Which values (numbers into names) each stored text (its code) lies in, as pairs."""

    names: tuple[str, ...]
    stored: Array
    values: Array
    texts: int

    @property
    def nbytes(self) -> int:
        return int(self.stored.nbytes + self.values.nbytes)


def _spread(texts: Sequence[str], chain: Chain) -> _Spread:
    chains = [chain(text) for text in texts]
    names = tuple(sorted({value for values in chains for value in values}))
    numbers = {name: number for number, name in enumerate(names)}
    pairs = [(code, numbers[value]) for code, values in enumerate(chains) for value in values]
    columns = np.array(pairs, np.int64).reshape(-1, 2)
    return _Spread(names, columns[:, 0], columns[:, 1], len(texts))


def count_tree(
    view: IndexView, column: str, documents: Array, chain: Chain, parent: Callable[[str], str]
) -> list[tuple[str, int]]:
    spread: _Spread = view.kept(("tree", column), lambda: _spread(tuple(view.catalogues[column].values), chain))
    counts = np.bincount(view.codes[column][documents], minlength=spread.texts)
    totals = np.bincount(spread.values, weights=counts[spread.stored], minlength=len(spread.names))
    found = {spread.names[number]: int(totals[number]) for number in np.flatnonzero(totals).tolist()}
    return list(_in_order(found, parent))


def _in_order(counts: dict[str, int], parent: Callable[[str], str]) -> Iterable[tuple[str, int]]:
    below: defaultdict[str, list[str]] = defaultdict(list)
    for value in sorted(counts, key=lambda value: (-counts[value], value)):
        below[parent(value)].append(value)
    waiting = below[""][::-1]
    while waiting:
        value = waiting.pop()
        yield value, counts[value]
        waiting += below[value][::-1]


@dataclass(frozen=True)
class ClassFilter(CodeFilter):
    """Over a classification whose codes begin with the code above. Stored as code and name together."""

    def matches(self, value: str, stored: str) -> bool:
        return stored.startswith(value)

    def names(self) -> dict[str, str]:
        """Every class: code to name."""
        raise NotImplementedError

    def chain(self, stored: str) -> Sequence[str]:
        raise NotImplementedError

    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        """A code, or the beginning of one, also where no posting is."""
        super().check(value, view, None)
        if value in self.names():
            return
        if not any(code.startswith(value) for code in self.names()) and not self._in_index(value, view):
            raise self.unknown(value, "请从列表里选。")

    def count(self, view: IndexView, documents: Array, today: int) -> list[tuple[str, int]]:
        return count_tree(view, self.column, documents, self.chain, self.parent)

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        return self.names().get(value) or value
