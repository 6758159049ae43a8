"""Filters over a column of whole numbers, in bands.

In: the bands, each a value with its label and bounds. Out: masks and counts by comparing the column once a band.
"""

from dataclasses import dataclass

import numpy as np

from search.filters.base import Array, Filter, Labels
from search.view import IndexView


@dataclass(frozen=True, slots=True)
class Band:
    value: str
    label: str
    least: int
    below: int | None = None


@dataclass(frozen=True)
class BandedFilter(Filter):
    column: str = ""
    bands: tuple[Band, ...] = ()

    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if value not in {band.value for band in self.bands}:
            raise self.unknown(value, f"可用：{'、'.join(band.value for band in self.bands)}。")

    def band(self, value: str) -> Band:
        return next(band for band in self.bands if band.value == value)

    def passes(self, value: str, view: IndexView, today: int) -> Array:
        return _inside(view.numbers[self.column], self.band(value))

    def count(self, view: IndexView, documents: Array, today: int) -> list[tuple[str, int]]:
        numbers = view.numbers[self.column][documents]
        counted = [(band.value, int(np.count_nonzero(_inside(numbers, band)))) for band in self.bands]
        return [(value, count) for value, count in counted if count]

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        return self.band(value).label


def _inside(numbers: Array, band: Band) -> Array:
    found: Array = numbers >= band.least
    return found if band.below is None else found & (numbers < band.below)
