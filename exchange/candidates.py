"""Candidates (候选岗位) for supply notices: found by the search engine, judged by exchange.matching_supply.

In: an exchange, a reading session, a notice. Out: `Suggestion`s, the best first. The engine knows synonyms and
spelling; what it only found by letting words go is no candidate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from config.divisions import division
from config.words import City, Direction
from exchange.content import Content
from exchange.context import Exchange
from exchange.matching_supply import Candidate, Match, Wish, match
from exchange.models import SupplyNotice
from exchange.store.reading import PostingView, find_views
from search.requests import SearchRequest

FOR_EACH_WORD = 60  # postings looked at for one occupation


@dataclass(frozen=True, slots=True)
class Suggestion:
    view: PostingView
    match: Match


def suggestions_for(exchange: Exchange, session: Session, notice: SupplyNotice, limit: int) -> list[Suggestion]:
    """Open postings of the other city, each under the occupation that fits it best."""
    best: dict[str, Suggestion] = {}
    for word in notice.occupations:
        wish = wish_of(notice, word)
        for view in find_views(session, _found(exchange, notice, word)):
            if not view.is_open(exchange.today):
                continue
            one = Suggestion(view, match(wish, candidate_of(view.content, view.posting.valid_through)))
            known = best.get(view.id)
            if one.match.is_shown and (known is None or known.match.score < one.match.score):
                best[view.id] = one
    ranked = sorted(best.values(), key=lambda one: (-one.match.score, one.view.id))
    return ranked[:limit]


def direction_of(notice: SupplyNotice) -> Direction:
    """Which way its workers go: to the workplaces of the other city."""
    return Direction.SG_DG if division(notice.division).city is City.DONGGUAN else Direction.DG_SG


def wish_of(notice: SupplyNotice, occupation: str) -> Wish:
    return Wish(
        occupation, notice.workers, notice.pay_min, notice.from_on, tuple(notice.benefits), tuple(notice.places)
    )


def candidate_of(content: Content, valid_through: date) -> Candidate:
    salary = content.salary
    return Candidate(
        title=content.title,
        division=content.division,
        salary_min=salary.min,
        salary_max=salary.max,
        negotiable=salary.negotiable,
        benefits=content.benefits,
        openings=content.openings,
        valid_through=valid_through,
    )


def _found(exchange: Exchange, notice: SupplyNotice, word: str) -> list[str]:
    """Ids of the best by the word, and of the best by the word at the places wished."""
    wanted: list[dict[str, tuple[str, ...]]] = [{"direction": (str(direction_of(notice)),)}]
    if notice.places:
        wanted.append({"division": tuple(notice.places)})
    ids: dict[str, None] = {}
    for filters in wanted:
        asked = SearchRequest(exchange.today, q=word, filters=filters, page_size=FOR_EACH_WORD)
        result = exchange.reader.search(asked)
        if not result.relaxed:
            ids |= dict.fromkeys(hit.id for hit in result.hits)
    return list(ids)


def notices_by_employer(
    exchange: Exchange, session: Session, notices: Iterable[SupplyNotice], limit: int = FOR_EACH_WORD
) -> dict[str, list[tuple[SupplyNotice, Suggestion]]]:
    """Employer's name → notices that fit one of its open postings, each with the posting that fits best."""
    found: dict[str, list[tuple[SupplyNotice, Suggestion]]] = {}
    for notice in notices:
        seen: set[str] = set()
        for one in suggestions_for(exchange, session, notice, limit):
            employer = one.view.employer.name
            if employer not in seen:
                seen.add(employer)
                found.setdefault(employer, []).append((notice, one))
    return found
