"""What a parked drop is about, shown to the person who decides: what would close, what is new, which may be which.

In: a parked batch. Out: counts, and some of each list. The guess which new one is an old one is the comparison's own:
the same words, or the same employer, title and place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from config.words import Outcome
from exchange.models import Batch, Offer, Record

_SAME_WORDS = "keep"
_MATCHED = (_SAME_WORDS, "update", "reopen", "hold")  # decisions about an offer that is there


@dataclass(frozen=True, slots=True)
class Closing:
    posting_id: str
    title: str
    employer: str
    division: str
    reference: str
    last_confirmed_on: date


@dataclass(frozen=True, slots=True)
class Pair:
    title: str
    employer: str
    old: str  # reference
    new: str
    same_words: bool


@dataclass(frozen=True, slots=True)
class Newcomer:
    title: str
    employer: str
    reference: str


def closing(session: Session, ids: Sequence[str]) -> list[Closing]:
    """Of these offers, in their order. All that would close: exchange.store.parked_guards.vanished_ids."""
    offers = session.exec(select(Offer).where(col(Offer.id).in_(ids)).order_by(col(Offer.id)))
    return [
        Closing(
            offer.posting_id,
            offer.content["title"],
            offer.content["employer"],
            offer.content["division"],
            offer.reference,
            offer.last_confirmed_on,
        )
        for offer in offers
    ]


def count_pairs(session: Session, batch: Batch) -> int:
    return _count(session, _pairs(batch))


def pairs(session: Session, batch: Batch, offset: int, limit: int) -> list[Pair]:
    """Doubtful ones first: those whose words have changed as well."""
    query = _pairs(batch).order_by(col(Record.decision) == _SAME_WORDS, col(Record.position))
    return [
        Pair(title, employer, old, new, decision == _SAME_WORDS)
        for title, employer, old, new, decision in session.exec(query.offset(offset).limit(limit))
    ]


def count_newcomers(session: Session, batch: Batch) -> int:
    return _count(session, _newcomers(batch))


def newcomers(session: Session, batch: Batch, offset: int, limit: int) -> Sequence[Newcomer]:
    query = _newcomers(batch).order_by(col(Record.position)).offset(offset).limit(limit)
    return [Newcomer(*row) for row in session.exec(query)]


def _pairs(batch: Batch) -> Any:
    query = select(  # type: ignore[call-overload]
        Record.title,
        Record.employer,
        col(Offer.reference).label("old"),
        col(Record.reference).label("new"),
        Record.decision,
    )
    named = query.join(Offer, col(Offer.id) == Record.offer_id).where(Record.batch_id == batch.id)
    return named.where(col(Record.decision).in_(_MATCHED), col(Record.reference) != col(Offer.reference))


def _newcomers(batch: Batch) -> Any:
    query = select(Record.title, Record.employer, Record.reference)
    return query.where(Record.batch_id == batch.id, Record.outcome == Outcome.CREATED)


def _count(session: Session, query: Any) -> int:
    return int(session.exec(select(func.count()).select_from(query.subquery())).one())
