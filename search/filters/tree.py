"""Facets that are trees: a value counts everything below it, and stands before what is below it.

In: the values of a facet with their counts. Out: (value, count) pairs in the order of the tree, the most first among
those beside each other. A filter says what a stored text lies in (`facet_values`) and what a value lies in (`parent`).
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.filters.base import Array, Counts, Labels, most_first
from search.filters.coded import CodeFilter
from search.view import IndexView


def in_tree_order(values: Sequence[str], counts: Array, parent: Callable[[str], str]) -> Counts:
    below: defaultdict[str, Counts] = defaultdict(list)
    for value, count in most_first(values, counts, limit=None):
        below[parent(value)].append((value, count))
    found: Counts = []
    waiting = below[""][::-1]
    while waiting:
        value, count = waiting.pop()
        found.append((value, count))
        waiting += below[value][::-1]
    return found


@dataclass(frozen=True)
class ClassFilter(CodeFilter):
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

    def count(self, view: IndexView, documents: Array, today: int) -> Counts:
        return in_tree_order(*self.counted(view, documents), self.parent)

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        return self.names().get(value) or value
