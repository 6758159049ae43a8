"""One search for page, API and feed: ids from the index, postings from the store.

In: a `SearchRequest`. Out: `Found`. A posting that has ended is dropped even while the index still lists it.
"""

from dataclasses import dataclass
from typing import Any

from config.divisions import find_division
from exchange.schemas.posting import posting_to_json
from exchange.store.overview import cluster_names, source_names
from exchange.store.reading import PostingView, find_views
from exchange.views.current import current_exchange, session, today
from exchange.views.formats import word
from search.industries import industry_name
from search.occupations import occupation_name
from search.requests import SearchRequest, SearchResult

_CLASSES = {"occupation": occupation_name, "industry": industry_name}


@dataclass(frozen=True, slots=True)
class Item:
    view: PostingView
    siblings: int


@dataclass(frozen=True, slots=True)
class Found:
    result: SearchResult
    items: tuple[Item, ...]


def find(request: SearchRequest) -> Found:
    result = current_exchange().reader.search(request)
    siblings = {hit.id: hit.siblings for hit in result.hits}
    views = find_views(session(), list(siblings))
    items = tuple(Item(view, siblings[view.id]) for view in views if view.is_open(today()))
    return Found(result, items)


def found_to_json(found: Found, grouped: bool) -> dict[str, Any]:
    result = found.result
    return {
        "total": result.total,
        "openings": result.openings,
        "items": [_item_to_json(item, grouped) for item in found.items],
        "facets": {
            facet: [{"value": c.value, "label": c.label, "count": c.count} for c in counts]
            for facet, counts in result.facets.items()
        },
        "understood": [{"kind": u.kind, "value": u.value, "label": u.label, "text": u.text} for u in result.understood],
        "relaxed": list(result.relaxed),
        "suggestion": result.suggestion,
        "next_cursor": result.next_cursor,
        "took_ms": round(result.took_ms, 3),
    }


def _item_to_json(item: Item, grouped: bool) -> dict[str, Any]:
    plain = posting_to_json(item.view, today(), current_exchange().settings.exchange_id)
    return plain | {"siblings": item.siblings} if grouped else plain


def value_label(parameter: str, value: str) -> str:
    """What a visitor reads for a filter's value, also when nothing was counted."""
    if parameter == "division":
        found = find_division(value)
        return found.name if found else value
    if parameter == "salary_min" and value.isdigit():
        return f"{int(value):,} 元以上"
    if parameter == "published_within":
        return f"{value} 天内发布"
    if parameter in _CLASSES:
        return _CLASSES[parameter](value) or value
    names = {"cluster": cluster_names, "source": source_names}.get(parameter)
    return names(session()).get(value, value) if names else word(value)
