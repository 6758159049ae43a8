"""招聘人数: at least so many openings; a posting that does not say how many never matches."""

from dataclasses import dataclass

from search.filters.base import Array, Filter, Labels
from search.view import IndexView

MOST = 100_000


@dataclass(frozen=True)
class OpeningsFilter(Filter):
    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if not (value.isascii() and value.isdigit() and 0 < int(value) <= MOST):
            raise self.unknown(value, "请填人数，例如 10。")

    def passes(self, value: str, view: IndexView, today: int) -> Array:
        found: Array = view.numbers["openings"] >= int(value)
        return found

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        return f"招 {int(value)} 人以上"


FILTER = OpeningsFilter("openings_min", "招聘人数", "openings a posting must at least have")
