"""What every filter of the search can do. One file each beside this one; `search/filters/__init__.py` lists them.

A filter checks what was typed (`check`), says which documents pass (`passes`), counts its facet (`count`) and
names its values (`label`). To add one: a file with a subclass, and a line in the list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np

from search.requests import UnknownValue
from search.view import IndexView

Array = np.ndarray[Any, Any]
Counts = list[tuple[str, int]]  # value, documents
Labels = Callable[[str, str], str]  # (parameter, value) -> its Chinese name, "" when it is not known
MOST_FACET_VALUES = 100
_count_of = itemgetter(1)


@dataclass(frozen=True)
class Filter:
    parameter: str
    name: str  # Chinese, as a visitor calls it
    help: str  # for the documentation of the API
    facet: str | None = None  # the facet's name; None when the filter is not counted

    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        """Raise UnknownValue for a value that can never match."""
        raise NotImplementedError

    def passes(self, value: str, view: IndexView, today: int) -> Array:
        """One bool per document."""
        raise NotImplementedError

    def count(self, view: IndexView, documents: Array, today: int) -> list[tuple[str, int]]:
        """(value, documents) in the order to show; a count is what choosing the value would leave."""
        raise NotImplementedError

    def parent(self, value: str) -> str:
        """The value this one lies in, for facets that are trees; "" at the top."""
        return ""

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        return (labels(self.parameter, value) if labels else "") or value

    def mask(self, values: tuple[str, ...], view: IndexView, today: int) -> Array:
        """Documents that pass with any of the values."""

        def make() -> Array:
            found = self.passes(values[0], view, today)
            for value in values[1:]:
                found = found | self.passes(value, view, today)
            return found

        return view.kept((self.parameter, values, today), make)

    def unknown(self, value: str, hint: str) -> UnknownValue:
        return UnknownValue(self.parameter, value, f"“{self.name}”没有“{value}”这个选项，{hint}")


def most_first(values: Sequence[str], counts: Array, limit: int | None = MOST_FACET_VALUES) -> Counts:
    """Values that anything was counted of, the most first; `values` are in the order that breaks ties."""
    found = [(value, count) for value, count in zip(values, counts.tolist(), strict=True) if count]
    found.sort(key=_count_of, reverse=True)  # keeps the order of equal ones
    return found[:limit]
