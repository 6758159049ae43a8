"""行业: a section (C) or division (C39) of GB/T 4754, or the beginning of its code."""

from dataclasses import dataclass

from search.engines.whoosh.rows import SEPARATOR
from search.filters.tree import ClassFilter
from search.industries import industries

_SECTION, _DIVISION = 1, 3  # characters of their codes


@dataclass(frozen=True)
class IndustryFilter(ClassFilter):
    def names(self) -> dict[str, str]:
        return industries()

    def facet_values(self, stored: str) -> tuple[str, ...]:
        code = stored.partition(SEPARATOR)[0]
        return tuple(dict.fromkeys(part for part in (code[:_SECTION], code[:_DIVISION]) if part))

    def parent(self, value: str) -> str:
        return value[:_SECTION] if len(value) > _SECTION else ""


FILTER = IndustryFilter("industry", "行业", "industry code, or its beginning", "industry", "industry")
