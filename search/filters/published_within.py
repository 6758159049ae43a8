"""发布时间: published within so many days, today being the first."""

from dataclasses import dataclass

import numpy as np

from search.filters.base import Array, Filter, Labels
from search.view import IndexView

STEPS = (1, 3, 7, 14, 30)
LONGEST = 3650


@dataclass(frozen=True)
class PublishedFilter(Filter):
    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if not (value.isascii() and value.isdigit() and 0 < int(value) <= LONGEST):
            raise self.unknown(value, "请填天数，例如 7。")

    def passes(self, value: str, view: IndexView, today: int) -> Array:
        found: Array = view.numbers["published_on"] > today - int(value)
        return found

    def count(self, view: IndexView, documents: Array, today: int) -> list[tuple[str, int]]:
        published = view.numbers["published_on"][documents]
        counted = [(str(step), int(np.count_nonzero(published > today - step))) for step in STEPS]
        return [(value, count) for value, count in counted if count]

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        return "今天" if value == "1" else f"{int(value)} 天内"


FILTER = PublishedFilter("published_within", "发布时间", "days since it was published", "published_within")
