"""Addresses of searches: the same search with one thing added, taken off or changed.

In: a `SearchRequest`. Out: `SearchLink`, whose methods give paths. Everything that narrows a search is a plain
link, so the pages work without any script.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from flask import g, url_for

from search.requests import SearchRequest, Understood

_ONE_STEP = {"salary_min", "published_within"}  # steps of a scale: a second one takes the place of the first


@dataclass(frozen=True, slots=True)
class SearchLink:
    request: SearchRequest
    endpoint: str = "search.postings"

    def here(self) -> str:
        return self._path(self.request)

    def page(self, number: int) -> str:
        return self._path(replace(self.request, page=number))

    def sort(self, order: str) -> str:
        return self._path(replace(self.request, sort=order, page=1))

    def chosen(self, parameter: str, value: str) -> bool:
        return value in self.request.filters.get(parameter, ())

    def toggled(self, parameter: str, value: str) -> str:
        """With the value, or without it if it is chosen already."""
        values = self.request.filters.get(parameter, ())
        if value in values:
            return self.values(parameter, tuple(v for v in values if v != value))
        return self.values(parameter, (*self.staying(parameter), value))

    def staying(self, parameter: str) -> tuple[str, ...]:
        """The chosen values that stay when another one is chosen."""
        return () if parameter in _ONE_STEP else self.request.filters.get(parameter, ())

    def only(self, parameter: str, value: str) -> str:
        return self.values(parameter, (value,) if value else ())

    def values(self, parameter: str, values: tuple[str, ...]) -> str:
        return self._path(replace(self.request, filters=self.request.filters | {parameter: values}, page=1))

    def without_words(self, understood: Understood) -> str:
        """The query less the words that were read as this."""
        rest = " ".join(self.request.q.replace(understood.text, " ", 1).split())
        return self._path(replace(self.request, q=rest, page=1))

    def as_query(self, q: str) -> str:
        return self._path(replace(self.request, q=q, page=1))

    def feed(self) -> str:
        return self.at("discovery.feed")

    def at(self, endpoint: str) -> str:
        """The same search, asked of another address."""
        return SearchLink(replace(self.request, page=1), endpoint).here()

    def hidden_fields(self) -> list[tuple[str, str]]:
        """What a search form must carry along besides the words."""
        pairs = [(name, value) for name, values in self.request.filters.items() for value in values]
        return pairs + ([("sort", self.request.sort)] if self.request.sort != "relevance" else [])

    def _path(self, request: SearchRequest) -> str:
        given = [_pair("q", request.q)] if request.q else []
        for name, values in request.filters.items():
            if name == "employer":
                given += [_pair(name, value) for value in values]
            elif values:
                given.append(_pair(name, ",".join(values)))
        if request.sort != "relevance":
            given.append(_pair("sort", request.sort))
        if request.page > 1:
            given.append(_pair("page", str(request.page)))
        return f"{_root(self.endpoint)}?{'&'.join(given)}" if given else _root(self.endpoint)


def _root(endpoint: str) -> str:
    """Asked for once a page: a page has a hundred addresses of one root, and routing takes most of their time."""
    roots: dict[str, str] = g.setdefault("search_roots", {})
    if endpoint not in roots:
        roots[endpoint] = url_for(endpoint)
    return roots[endpoint]


@lru_cache(maxsize=65_536)
def _pair(name: str, value: str) -> str:
    """As `url_for` writes it."""
    return urlencode({name: value}, safe="!$'()*,/:;?@")
