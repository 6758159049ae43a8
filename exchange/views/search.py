"""/ and /postings: the search.

In: the parameters of the API (others, such as those added by messengers, are ignored). Out: pages that work
without scripts: every choice is a link, every form a GET.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from flask import Blueprint, render_template, request
from marshmallow import EXCLUDE, Schema
from webargs.multidictproxy import MultiDictProxy

from exchange.schemas.query import SearchQuerySchema, request_from
from exchange.store.fairs import next_fairs
from exchange.store.ledger import head_page
from exchange.views.current import current_exchange, session, today
from exchange.views.facet_trees import FacetNode, grow
from exchange.views.fairs_shown import shown_fairs
from exchange.views.links import SearchLink
from exchange.views.popular import popular_words
from exchange.views.related import related
from exchange.views.searching import find, value_label
from search.filters import FACETS, FILTERS
from search.occupations import occupation_of
from search.occupations.tree import SMALL, at_level, everyday_words
from search.requests import FacetCount, SearchRequest, SearchResult

blueprint = Blueprint("search", __name__)
SHOWN_FACETS = (
    "direction", "division", "occupation", "salary", "benefit", "education", "experience", "employment_type",
    "industry", "cluster", "published_within", "source",
)  # fmt: skip
_NEWEST = 6
_NEARBY = 4
_NEXT_FAIRS = 2


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter in force: a chip with a link that takes it off."""

    name: str
    label: str
    without: str


@dataclass(frozen=True, slots=True)
class ShownFacet:
    name: str
    title: str
    nodes: Sequence[FacetNode]


@dataclass(frozen=True, slots=True)
class WayOut:
    """When nothing is found: what to let go, and how many there would be."""

    label: str
    link: str
    total: int


@blueprint.get("/")
def home() -> str:
    asked = asked_search()
    direction = {"direction": asked.filters["direction"]} if "direction" in asked.filters else {}
    latest = SearchRequest(today=today(), filters=direction, sort="newest", page_size=_NEWEST, facets=("benefit",))
    fresh = SearchRequest(today=today(), filters={**direction, "published_within": ("1",)}, page_size=1)
    page = head_page(session())
    return render_template(
        "search/home.html",
        link=SearchLink(SearchRequest(today=today(), filters=direction)),
        home=SearchLink(SearchRequest(today=today(), filters=direction), "search.home"),
        newest=find(latest),
        fresh=current_exchange().reader.search(fresh).total,
        words=popular_words(direction),
        as_of=page.at if page else None,
        fairs=shown_fairs(next_fairs(session(), current_exchange().store.clock(), _NEXT_FAIRS)),
    )


@blueprint.get("/postings")
def postings() -> str:
    asked = asked_search()
    grouped = replace(asked, facets=SHOWN_FACETS, group=None if "employer" in asked.filters else "employer")
    found = find(grouped)
    link = SearchLink(asked)
    nothing = not found.result.total
    return render_template(
        "search/postings.html",
        asked=asked,
        found=found,
        link=link,
        chosen=_chosen(asked, link, found.result),
        facets=_facets(found.result, link),
        related=related(asked, found.result),
        ways_out=_ways_out(asked, link) if nothing else (),
        nearby=find(SearchRequest(today=today(), sort="newest", page_size=_NEARBY)).items if nothing else (),
        has_next=bool(found.result.next_cursor),
    )


def asked_search() -> SearchRequest:
    schema = _query_schema()
    return request_from(schema.load(MultiDictProxy(request.args, schema)), today())


def _facets(result: SearchResult, link: SearchLink) -> list[ShownFacet]:
    counted = [(name, FACETS[name], result.facets.get(name, ())) for name in SHOWN_FACETS]
    return [ShownFacet(name, found.name, grow(found, counts, link)) for name, found, counts in counted if counts]


@cache
def _query_schema() -> Schema:
    return SearchQuerySchema(unknown=EXCLUDE)


def _chosen(asked: SearchRequest, link: SearchLink, result: SearchResult) -> list[Chosen]:
    counted = _facet_labels(result)
    return [
        Chosen(
            FILTERS[parameter].name,
            counted.get((parameter, value)) or value_label(parameter, value),
            link.toggled(parameter, value),
        )
        for parameter, values in asked.filters.items()
        for value in values
    ]


def _facet_labels(result: SearchResult) -> dict[tuple[str, str], str]:
    counted: list[tuple[str, Sequence[FacetCount]]] = [(FACETS[f].parameter, c) for f, c in result.facets.items()]
    return {(parameter, count.value): count.label for parameter, counts in counted for count in counts}


def _ways_out(asked: SearchRequest, link: SearchLink) -> list[WayOut]:
    """The same search with one of its parts let go, those that then find something, the most first."""
    ways = []
    for parameter, value in [(p, v) for p, values in asked.filters.items() for v in values]:
        rest = tuple(v for v in asked.filters[parameter] if v != value)
        looser = replace(asked, page=1, filters={k: v for k, v in (asked.filters | {parameter: rest}).items() if v})
        words = f"去掉“{value_label(parameter, value)}”"
        ways.append(WayOut(words, link.toggled(parameter, value), _total(looser)))
    if asked.q and asked.filters:
        ways.append(WayOut(f"不搜“{asked.q}”", link.as_query(""), _total(replace(asked, q="", page=1))))
    if kind := at_level(occupation_of(asked.q), SMALL):
        same_kind = SearchRequest(asked.today, filters={"occupation": (kind,)})
        words = f"各地的“{everyday_words().get(kind) or value_label('occupation', kind)}”岗位"
        ways.append(WayOut(words, SearchLink(same_kind).here(), _total(same_kind)))
    return sorted((way for way in ways if way.total), key=lambda way: -way.total)


def _total(asked: SearchRequest) -> int:
    return current_exchange().reader.search(replace(asked, page_size=1, facets=(), group=None, cursor=None)).total
