"""大家还在找: other occupations that are wanted where one looks, from the index alone. Nobody is followed.

In: a search and what it found. Out: `Related`s, the nearest kinds of work first, each with how many postings choosing
it finds. The place, direction and benefits one asked for stay; words, employer and occupation go.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exchange.views.current import current_exchange
from exchange.views.links import SearchLink
from search.occupations.tree import MIDDLE, SMALL, at_level, everyday_words, find_occupation
from search.requests import FacetCount, SearchRequest, SearchResult

_SHOWN = 8
_FACET = "occupation"
_SAME = 0.2  # a class with this share of what was found is what was looked for


@dataclass(frozen=True, slots=True)
class Related:
    label: str
    link: str
    count: int


def related(asked: SearchRequest, result: SearchResult) -> list[Related]:
    """Nothing for a search that asks for no kind of work: its facets say it all. `result` has the occupation facet."""
    chosen = {at_level(value, SMALL) for value in asked.filters.get(_FACET, ())}
    here = _smalls(result.facets.get(_FACET, ()))
    same = chosen or {count.value for count in here if count.count >= _SAME * result.total}
    if not result.total or not same or not (asked.q or chosen):
        return []
    rest = {name: values for name, values in asked.filters.items() if name not in {_FACET, "employer"}}
    wider = replace(asked, q="", filters=rest, sort="relevance", page=1, page_size=1, cursor=None, group=None)
    around = _smalls(current_exchange().reader.search(replace(wider, facets=(_FACET,))).facets[_FACET])
    kinds = {at_level(value, MIDDLE) for value in same}
    others = [count for count in around if not any(value.startswith(count.value) for value in same)]
    others.sort(key=lambda count: at_level(count.value, MIDDLE) not in kinds)  # stable: the most stay first
    link = SearchLink(wider)
    return [Related(everyday_words()[c.value], link.only(_FACET, c.value), c.count) for c in others[:_SHOWN]]


def _smalls(counts: Sequence[FacetCount]) -> list[FacetCount]:
    """Small classes that have an everyday word, the most first."""
    known = [count for count in counts if count.value in everyday_words() and find_occupation(count.value)]
    return sorted(known, key=lambda count: -count.count)
