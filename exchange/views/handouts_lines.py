"""Lines of hand-outs from searches and from lists of posting ids: worded, without contacts, in the order of places.

In: a search or ids. Out: `HandoutLine`s, read from the store some at a time: a fair of 3,000 postings fits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask import url_for

from config.divisions import division
from config.words import Education
from exchange.documents.handout_lines import HandoutLine
from exchange.store.handout_order import in_order_of_places
from exchange.store.lists import in_slices
from exchange.store.reading import PostingView, find_views
from exchange.views.current import current_exchange, session, today
from exchange.views.formats import experience, openings, pay, word
from search.requests import SearchRequest

_AT_ONCE = 100


def ids_found(asked: SearchRequest, most: int) -> list[str]:
    """Ids of what a search finds, in its order."""
    found: list[str] = []
    request = replace(asked, page=1, page_size=_AT_ONCE, facets=(), group=None, cursor=None)
    while len(found) < most:
        result = current_exchange().reader.search(request)
        found += [hit.id for hit in result.hits]
        if result.next_cursor is None:
            break
        request = replace(request, cursor=result.next_cursor)
    return found[:most]


def handout_lines(ids: Sequence[str]) -> Iterator[HandoutLine]:
    """Those that are open today, grouped by place."""
    for some in in_slices(in_order_of_places(session(), ids)):
        for view in find_views(session(), some):
            if view.is_open(today()):
                yield line_of(view)


def line_of(view: PostingView) -> HandoutLine:
    content = view.content
    last = view.posting.valid_through
    year = "" if last.year == today().year else f"{last.year}年"
    return HandoutLine(
        id=view.id,
        place=division(content.division).name,
        title=content.title,
        pay=pay(content.salary),
        employer=content.employer,
        facts=" · ".join(_facts(view)),
        provider=view.offers[0].organisation_name,
        valid_until=f"{year}{last.month}月{last.day}日",
        address=url_for("posting.show", posting_id=view.id, _external=True),
    )


def _facts(view: PostingView) -> list[str]:
    content = view.content
    education = [] if content.education is Education.UNLIMITED else [f"{word(content.education)}及以上"]
    asked = [experience(content)] if content.experience_min else []
    return [openings(content), *content.benefits[:6], *education, *asked]
