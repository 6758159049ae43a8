"""组团: the code of a cluster, or `unassigned` (未归组团)."""

from dataclasses import dataclass

from search.filters.base import Labels
from search.filters.coded import CodeFilter
from search.view import IndexView

UNASSIGNED = "unassigned"


@dataclass(frozen=True)
class ClusterFilter(CodeFilter):
    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if value != UNASSIGNED:
            super().check(value, view, labels)

    def matches(self, value: str, stored: str) -> bool:
        return stored == ("" if value == UNASSIGNED else value)

    def facet_value(self, stored: str) -> str:
        return stored or UNASSIGNED

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        return "未归组团" if value == UNASSIGNED else super().label(value, view, labels)


FILTER = ClusterFilter("cluster", "组团", "code of a cluster, or unassigned", "cluster", "cluster")
