"""福利: a canonical benefit of config/vocabulary/benefits.toml.

包吃住 also counts as 包吃 and as 包住, and the two together as it.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from search.benefits import all_benefits, with_implied
from search.engines.whoosh.rows import SEPARATOR
from search.filters.base import Array, Labels, by_count
from search.filters.coded import CodedFilter
from search.view import IndexView


@lru_cache(maxsize=65536)
def _stands_for(stored: str) -> frozenset[str]:
    return with_implied(stored.split(SEPARATOR)) if stored else frozenset()


@dataclass(frozen=True, slots=True)
class _Spread:
    """Which benefit (number into names) each stored combination (its code) stands for, as pairs."""

    names: tuple[str, ...]
    stored: Array
    benefits: Array
    combinations: int

    @property
    def nbytes(self) -> int:
        return int(self.stored.nbytes + self.benefits.nbytes)


def _spread(combinations: tuple[str, ...]) -> _Spread:
    names = tuple(sorted({benefit for stored in combinations for benefit in _stands_for(stored)}))
    numbers = {name: number for number, name in enumerate(names)}
    pairs = [(code, numbers[name]) for code, stored in enumerate(combinations) for name in _stands_for(stored)]
    columns = np.array(pairs, np.int64).reshape(-1, 2)
    return _Spread(names, columns[:, 0], columns[:, 1], len(combinations))


@dataclass(frozen=True)
class BenefitFilter(CodedFilter):
    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if value not in all_benefits() and not any(value in _stands_for(s) for s in view.catalogues["benefits"].values):
            raise self.unknown(value, f"可用：{'、'.join(all_benefits())}。")

    def matches(self, value: str, stored: str) -> bool:
        return value in _stands_for(stored)

    def count(self, view: IndexView, documents: Array, today: int) -> list[tuple[str, int]]:
        """Count each combination once, then spread the counts over the benefits it stands for."""
        values = view.catalogues[self.column].values
        spread: _Spread = view.kept(("spread", self.column), lambda: _spread(tuple(values)))
        counts = np.bincount(view.codes[self.column][documents], minlength=spread.combinations)
        totals = np.bincount(spread.benefits, weights=counts[spread.stored], minlength=len(spread.names))
        return by_count(dict(zip(spread.names, totals.astype(int).tolist(), strict=True)))


FILTER = BenefitFilter("benefit", "福利", "canonical name of a benefit", "benefit", "benefits")
