"""经验: the years a posting asks for, in bands, or the years one has: `3` finds what asks for three years or fewer.

A posting that says nothing asks for none.
"""

from dataclasses import dataclass

from search.filters.banded import Band, BandedFilter
from search.filters.base import Labels
from search.view import IndexView

LONGEST = 50  # years

BANDS = (
    Band("none", "不要求经验", -1, 1),
    Band("1-3", "1–3 年", 1, 3),
    Band("3-5", "3–5 年", 3, 5),
    Band("5-10", "5–10 年", 5, 10),
    Band("10+", "10 年以上", 10),
)


@dataclass(frozen=True)
class ExperienceFilter(BandedFilter):
    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if not _is_years(value):
            super().check(value, view, labels)

    def band(self, value: str) -> Band:
        if _is_years(value):
            return Band(value, f"{int(value)} 年经验可应聘", -1, int(value) + 1)
        return super().band(value)


def _is_years(value: str) -> bool:
    return value.isascii() and value.isdigit() and 0 < int(value) <= LONGEST


FILTER = ExperienceFilter(
    "experience",
    "经验",
    "years asked for: none, 1-3, 3-5, 5-10, 10+; or the years one has: 3 finds what asks for three or fewer",
    "experience",
    "experience",
    BANDS,
)
