"""工作地区: a town of Dongguan, a county of Shaoguan, or a whole city (441900, 440200) with all below it.

A town of Shaoguan stands for its county: postings know their county only.
"""

from dataclasses import dataclass

from config.divisions import DONGGUAN, SHAOGUAN, find_division
from search.filters.base import Labels
from search.filters.tree import TreeFilter
from search.view import IndexView

CITIES = (DONGGUAN, SHAOGUAN)


def workplace_code(code: str) -> str | None:
    """The code postings carry for this place; None when it is in neither city."""
    place = find_division(code)
    while place is not None and not place.is_workplace:
        place = find_division(place.parent)
    return place.code if place else None


@dataclass(frozen=True)
class DivisionFilter(TreeFilter):
    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        if workplace_code(value) is None:
            raise self.unknown(value, "请填东莞镇街或韶关县区的行政区划代码。")

    def matches(self, value: str, stored: str) -> bool:
        code = workplace_code(value)
        return stored == code or (code in CITIES and _city_of(stored) == code)

    def facet_values(self, stored: str) -> tuple[str, ...]:
        """A city counts everything in it, as choosing it would."""
        return tuple(dict.fromkeys(value for value in (_city_of(stored), stored) if value))

    def parent(self, value: str) -> str:
        city = _city_of(value)
        return "" if city == value else city

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        place = find_division(value)
        return place.name if place else value


def _city_of(code: str) -> str:
    place = find_division(code)
    return code if place is None else place.parent or code


FILTER = DivisionFilter(
    "division", "工作地区", "division code: a Dongguan town, a Shaoguan county, or a whole city", "division", "division"
)
