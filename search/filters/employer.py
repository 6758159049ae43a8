"""用人单位: the name of an employer; case, width and spaces do not matter."""

from dataclasses import dataclass

import numpy as np

from search.filters.base import Array, Labels
from search.filters.coded import CodedFilter
from search.view import IndexView


@dataclass(frozen=True)
class EmployerFilter(CodedFilter):
    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if not value.strip():
            raise self.unknown(value, "请填写单位名称。")

    def wanted(self, value: str, view: IndexView) -> Array:
        wanted = np.zeros(len(view.catalogues[self.column].values), bool)
        wanted[view.catalogues[self.column].named(value)] = True
        return wanted


FILTER = EmployerFilter("employer", "用人单位", "name of the employer", None, "employer")
