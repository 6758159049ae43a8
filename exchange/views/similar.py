"""Similar postings (类似岗位): the same kind of work near by, for pay that overlaps; from the index alone.

In: a posting. Out: open postings, at most one an employer, the nearest first. Asked from narrow to wide until there are
enough: the same occupation in the same place, in the same city, its small class there, the same words, the same place.
"""

from collections.abc import Iterator

from config.divisions import division
from exchange.content import Salary
from exchange.store.reading import PostingView, find_views
from exchange.views.current import current_exchange, session, today
from exchange.views.searching import Item
from search.occupations import occupation_of
from search.occupations.tree import SMALL, at_level
from search.requests import SearchRequest

_ENOUGH = 4
_LOOKED_AT = 12
_LONGEST_WORDS = 60
Filters = dict[str, tuple[str, ...]]


def similar_postings(view: PostingView) -> list[Item]:
    steps: dict[str, int] = {}  # posting -> how narrow the question was that found it
    for step, (q, filters) in enumerate(_questions(view)):
        asked = SearchRequest(today(), q, filters, page_size=_LOOKED_AT, group="employer")
        for hit in current_exchange().reader.search(asked).hits:
            if hit.id != view.id:
                steps.setdefault(hit.id, step)
        if len(steps) > _ENOUGH:  # one more: the index may lag behind
            break
    nearest = sorted(steps, key=lambda id: steps[id])[:_LOOKED_AT]
    found = [other for other in find_views(session(), nearest) if other.is_open(today())]
    found.sort(key=lambda other: (steps[other.id], -_likeness(view, other)))
    return [Item(other, 0) for other in found[:_ENOUGH]]


def _questions(view: PostingView) -> Iterator[tuple[str, Filters]]:
    content = view.content
    occupation = occupation_of(content.title, content.description)
    place: Filters = {"division": (content.division,)}
    city: Filters = {"direction": (str(division(content.division).direction),)}
    if occupation:
        same: Filters = {"occupation": (occupation,)}
        kindred: Filters = {"occupation": (at_level(occupation, SMALL),)}
        yield from (("", filters) for filters in (same | place, same | city, kindred | place, same, kindred | city))
    yield content.title[:_LONGEST_WORDS], {}
    yield "", place


def _likeness(one: PostingView, other: PostingView) -> int:
    """Of those found the same way: pay that overlaps, the very same occupation, another employer, shared words."""
    mine, its = one.content, other.content
    same_work = occupation_of(mine.title, mine.description) == occupation_of(its.title, its.description)
    shared = len(set(mine.title) & set(its.title))
    return 4 * _overlap(mine.salary, its.salary) + 3 * same_work + 2 * (mine.employer != its.employer) + min(shared, 3)


def _overlap(one: Salary, other: Salary) -> bool:
    """Whether someone who wants the pay of one may get it from the other. Pay that is not known overlaps with none."""
    bounds = [(s.min or s.max, s.max or s.min) for s in (one, other)]
    (low, high), (its_low, its_high) = bounds
    if low is None or high is None or its_low is None or its_high is None:
        return False
    return low <= its_high and its_low <= high
