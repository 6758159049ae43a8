"""A facet as links, as a tree where values lie in each other: cities with their towns, classes of occupations.

In: the counts of one facet, top down, and the search they were made for. Out: `FacetNode`s. Choosing a value takes the
place of what lies above and below it: both together would be no narrower than the wider one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote

from exchange.views.links import SearchLink
from search.filters import Filter
from search.occupations.tree import everyday_words
from search.requests import FacetCount

_MARK = "FACET-VALUE"  # stands for the value in an address made once for all values beside each other


@dataclass(slots=True)
class FacetNode:
    value: str
    label: str
    count: int
    link: str  # chooses it, or takes it off
    is_chosen: bool
    hint: str = ""  # everyday words for an official name
    is_open: bool = False  # something below it is chosen, or it is
    children: "list[FacetNode]" = field(default_factory=list)


_quoted = lru_cache(maxsize=8192)(quote)  # a page has a hundred values, the same on most pages


class _Links:
    """Addresses for one facet. Building an address costs more than everything else here, so it is done once a shape."""

    def __init__(self, found: Filter, link: SearchLink) -> None:
        self._filter = found
        self._link = link
        self._made: dict[tuple[str, ...], str] = {}
        self.chosen = link.request.filters.get(found.parameter, ())
        self._above = {value: above_of(found, value) for value in self.chosen}

    def choosing(self, value: str) -> str:
        if value in self.chosen:
            return self._link.toggled(self._filter.parameter, value)
        others = self._link.staying(self._filter.parameter)
        if others:
            above = above_of(self._filter, value)
            others = tuple(v for v in others if v not in above and value not in self._above[v])
        if others not in self._made:
            self._made[others] = self._link.values(self._filter.parameter, (*others, _MARK))
        return self._made[others].replace(_MARK, _quoted(value))

    def holds_chosen(self, value: str) -> bool:
        return any(value == v or value in above for v, above in self._above.items())


def above_of(found: Filter, value: str) -> frozenset[str]:
    """Everything a value lies in."""
    above = set()
    while value := found.parent(value):
        above.add(value)
    return frozenset(above)


def grow(found: Filter, counts: Sequence[FacetCount], link: SearchLink) -> list[FacetNode]:
    """The values at the top, with what lies below them. One that stands alone is open: there is nothing to choose."""
    links = _Links(found, link)
    nodes: dict[str, FacetNode] = {}
    roots: list[FacetNode] = []
    hints = everyday_words() if found.parameter == "occupation" else {}
    for count in counts:
        node = nodes[count.value] = FacetNode(
            count.value,
            count.label,
            count.count,
            links.choosing(count.value),
            count.value in links.chosen,
            hints.get(count.value, ""),
            links.holds_chosen(count.value),
        )
        above = nodes.get(found.parent(count.value))
        (above.children if above else roots).append(node)
    alone = roots
    while len(alone) == 1:
        alone[0].is_open = True
        alone = alone[0].children
    return roots
