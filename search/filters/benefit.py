"""福利: a canonical benefit of config/vocabulary/benefits.toml. 包吃住 also counts as 包吃 and as 包住, and the two as it."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from search.benefits import all_benefits, with_implied
from search.filters.base import Array, Labels, by_count
from search.filters.coded import CodedFilter
from search.view import IndexView
from search.whoosh_rows import SEPARATOR


@cache
def _stands_for(stored: str) -> frozenset[str]:
    return with_implied(stored.split(SEPARATOR)) if stored else frozenset()


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
        counts = np.bincount(view.codes[self.column][documents], minlength=len(values))
        totals: dict[str, int] = {}
        for number in np.flatnonzero(counts).tolist():
            for benefit in _stands_for(values[number]):
                totals[benefit] = totals.get(benefit, 0) + int(counts[number])
        return by_count(totals)


FILTER = BenefitFilter("benefit", "福利", "canonical name of a benefit", "benefit", "benefits")
