"""One search from request to result, on one view.

In: a request. Out: `SearchResult`. Everything that can be wrong with a request is found before anything is searched.
"""

import time
from dataclasses import dataclass
from functools import partial

import numpy as np

from search.conditions import read_conditions
from search.cursor import has_moved, read_cursor, write_cursor
from search.facets import check_facets, count_facets
from search.filters import Labels
from search.filters.base import Array
from search.folding import fold_name
from search.matching import SimilarNames
from search.ordering import (
    best_by_employer,
    check_sort,
    documents_of,
    key_after,
    major,
    scores_of,
    smallest,
    sort_keys,
)
from search.relaxation import Finding, find
from search.requests import Hit, SearchRequest, SearchResult, UnknownValue
from search.understanding import read_query
from search.understanding.chips import marks_understood
from search.understanding.employers import employers_of
from search.view import IndexView

MOST_HITS = 100
_hit = partial(tuple.__new__, Hit)  # as in search/facets.py: several times as fast as its own
MOVED = "岗位数据已有更新，以下从最新数据的同一位置继续，个别岗位可能重复或遗漏。"


@dataclass(frozen=True, slots=True)
class _Page:
    hits: tuple[Hit, ...]
    next_cursor: str | None
    relaxed: tuple[str, ...] = ()


def check_request(request: SearchRequest) -> None:
    check_sort(request.sort)
    check_facets(request.facets)
    if request.group not in {None, "employer"}:
        raise UnknownValue("group", str(request.group), "分组只能是 employer（按用人单位）。")
    if request.page < 1:
        raise UnknownValue("page", str(request.page), "页码从 1 开始。")
    if not 1 <= request.page_size <= MOST_HITS:
        raise UnknownValue("page_size", str(request.page_size), f"每页条数为 1 到 {MOST_HITS}。")


def answer(view: IndexView, request: SearchRequest, labels: Labels | None) -> SearchResult:
    started = time.perf_counter()
    check_request(request)
    reading = read_query(request.q, employers_of(view.catalogues["employer"]))
    today = request.today.toordinal()
    conditions = read_conditions(request, reading, view, labels)
    finding = find(view, conditions, reading, today)
    page = _page(view, request, finding)
    documents = finding.match.documents
    return SearchResult(
        total=len(documents),
        openings=int(view.openings().take(documents).sum(dtype=np.int64)),
        hits=page.hits,
        facets=count_facets(view, finding, request.facets, today, labels),
        understood=(
            *finding.conditions.understood(view, labels),
            *marks_understood(reading, finding.conditions.phrases),
        ),
        relaxed=(*finding.relaxed, *page.relaxed),
        suggestion=finding.suggestion or _suggestion(view, finding, page),
        next_cursor=page.next_cursor,
        took_ms=round((time.perf_counter() - started) * 1000, 3),
    )


def _page(view: IndexView, request: SearchRequest, finding: Finding) -> _Page:
    cursor = read_cursor(request)
    keys = sort_keys(view, finding.match, request.sort)
    employers: Array | None = None
    if request.group == "employer":
        keys, employers = best_by_employer(view, finding.match, keys)
    start = 0 if cursor else (request.page - 1) * request.page_size
    relaxed: tuple[str, ...] = ()
    if cursor:
        keys = keys[keys > key_after(view, cursor.major, cursor.published, cursor.id)]
        relaxed = (MOVED,) if has_moved(cursor, view, request) else ()
    shown = smallest(keys, start, request.page_size)
    documents = documents_of(view, shown)
    following = None
    if len(shown) and start + len(shown) < len(keys):
        following = write_cursor(view, request, major(int(shown[-1])), int(documents[-1]))
    return _Page(_hits(view, request, finding, shown, documents, employers), following, relaxed)


def _hits(
    view: IndexView, request: SearchRequest, finding: Finding, keys: Array, documents: Array, employers: Array | None
) -> tuple[Hit, ...]:
    scores = scores_of(keys, request.sort, finding.match).tolist()
    siblings = [0] * len(keys) if employers is None else (employers[view.codes["employer"][documents]] - 1).tolist()
    ids = view.ids.take(documents).tolist()
    return tuple([_hit((id.decode(), score, more)) for id, score, more in zip(ids, scores, siblings, strict=True)])


def _suggestion(view: IndexView, finding: Finding, page: _Page) -> str | None:
    """The best title that looks like what was typed, when that itself was not found."""
    if not isinstance(finding.matcher, SimilarNames) or finding.matcher.least == 1 or not page.hits:
        return None
    position = finding.match.documents[view.ids[finding.match.documents] == page.hits[0].id.encode()]
    title = view.catalogues["title"].values[int(view.codes["title"][position[0]])]
    return title if fold_name(title) != fold_name(finding.matcher.text) else None
