"""月薪: at least so many CNY a month. Compared with the highest known pay of a posting (its maximum, else its
minimum); negotiable pay (面议) and hourly part-time pay never match. The facet counts everything from each step up.
"""

from dataclasses import dataclass

import numpy as np

from search.filters.base import Array, Filter, Labels
from search.view import IndexView

STEPS = (3000, 4000, 5000, 6000, 8000, 10000, 15000)
HIGHEST = 1_000_000


@dataclass(frozen=True)
class SalaryFilter(Filter):
    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if not (value.isascii() and value.isdigit() and 0 < int(value) <= HIGHEST):
            raise self.unknown(value, "请填每月多少元，例如 5000。")

    def passes(self, value: str, view: IndexView, today: int) -> Array:
        found: Array = view.numbers["pay"] >= int(value)
        return found

    def count(self, view: IndexView, documents: Array, today: int) -> list[tuple[str, int]]:
        pay = view.numbers["pay"][documents]
        counted = [(str(step), int(np.count_nonzero(pay >= step))) for step in STEPS]
        return [(value, count) for value, count in counted if count]

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        return f"{int(value):,} 元以上"


FILTER = SalaryFilter("salary_min", "月薪", "CNY a month the highest known pay must reach", "salary")
