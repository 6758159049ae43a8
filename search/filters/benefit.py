"""福利: a canonical benefit of config/vocabulary/benefits.toml.

包吃住 also counts as 包吃 and as 包住, and the two together as it.
"""

from dataclasses import dataclass
from functools import lru_cache

from search.benefits import all_benefits, with_implied
from search.engines.whoosh.rows import SEPARATOR
from search.filters.base import Array, Labels
from search.filters.coded import CodedFilter
from search.view import IndexView


@lru_cache(maxsize=65536)
def _stands_for(stored: str) -> frozenset[str]:
    return with_implied(stored.split(SEPARATOR)) if stored else frozenset()


@dataclass(frozen=True)
class BenefitFilter(CodedFilter):
    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if value not in all_benefits() and not any(value in _stands_for(s) for s in view.catalogues["benefits"].values):
            raise self.unknown(value, f"可用：{'、'.join(all_benefits())}。")

    def matches(self, value: str, stored: str) -> bool:
        return value in _stands_for(stored)

    def wanted(self, value: str, view: IndexView) -> Array:
        """From the texts of every value, which the facet needs as well: there are a thousand combinations."""
        return self.spread(view).texts_of(value)

    def facet_values(self, stored: str) -> frozenset[str]:
        return _stands_for(stored)


FILTER = BenefitFilter("benefit", "福利", "canonical name of a benefit", "benefit", "benefits")
