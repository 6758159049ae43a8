"""月薪上限: at most so many CNY a month. Compared as salary_min is: with the highest known pay, when it counts."""

from dataclasses import dataclass

from search.filters.base import Array, Filter, Labels
from search.filters.salary_min import HIGHEST
from search.view import IndexView


@dataclass(frozen=True)
class HighestSalaryFilter(Filter):
    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if not (value.isascii() and value.isdigit() and 0 < int(value) <= HIGHEST):
            raise self.unknown(value, "请填每月多少元，例如 5000。")

    def passes(self, value: str, view: IndexView, today: int) -> Array:
        pay = view.numbers["pay"]
        found: Array = (pay > 0) & (pay <= int(value))
        return found

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        return f"{int(value):,} 元以下"


FILTER = HighestSalaryFilter("salary_max", "月薪上限", "CNY a month the highest known pay must not exceed")
