"""职业: a class of 职业分类大典 2022 or the beginning of its code; the facet goes down to the small classes (小类)."""

from dataclasses import dataclass

from search.engines.whoosh.rows import SEPARATOR
from search.filters.tree import ClassFilter
from search.occupations import occupation_names, parent_of
from search.occupations.tree import SMALL, at_level


@dataclass(frozen=True)
class OccupationFilter(ClassFilter):
    def names(self) -> dict[str, str]:
        return occupation_names()

    def facet_values(self, stored: str) -> tuple[str, ...]:
        code = stored.partition(SEPARATOR)[0]
        levels = (at_level(code, level) for level in range(1, SMALL + 1))
        return tuple(dict.fromkeys(value for value in levels if value))

    def parent(self, value: str) -> str:
        return parent_of(value)


FILTER = OccupationFilter("occupation", "职业", "occupation code, or its beginning", "occupation", "occupation")
