"""Shortage (招工助企): what the store knows of employers' vacancies, and the office's marks of relocated employers.

In: a reading session and the local day; transactions for marks. Out: `Vacancies` for exchange.shortage; rows with
their events. Only what is open for long, or belongs to a marked employer, is read.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.words import Status
from exchange.clock import LOCAL, local_day
from exchange.identifiers import random_id
from exchange.ledger import EventKind
from exchange.models import Employer, Event, Offer, Posting, Relocation
from exchange.shortage import LONG, Vacancies
from exchange.store.activities import held_with_postings
from exchange.store.decisions import NotPossible
from exchange.store.fairs_postings import fairs_brought_to
from exchange.store.lists import is_among
from exchange.store.recorded import record_step
from exchange.store.transaction import Transaction
from search.folding import fold_name

MARKED, LIFTED = "marked", "lifted"


class UnknownRelocation(Exception):
    """No mark has this id."""


class OpenPosting(NamedTuple):
    posting_id: str
    employer: str
    uscc: str
    division: str
    openings: int
    days: int


def mark_relocated(transaction: Transaction, organisation: str, values: Mapping[str, Any]) -> Relocation:
    same = [row for row in relocations(transaction.session) if _is_same(row, values["employer"], values["uscc"])]
    if same:
        raise NotPossible(f"“{same[0].employer}”已经标记过了。")
    row = Relocation(id=random_id(), state=MARKED, organisation=organisation, **values)
    record_step(transaction, EventKind.RELOCATION_MARKED, row)
    return row


def lift_relocation(transaction: Transaction, id: str, words: str) -> Relocation:
    row = transaction.session.get(Relocation, id)
    if row is None or row.state != MARKED:
        raise UnknownRelocation(id)
    row.state = LIFTED
    record_step(transaction, EventKind.RELOCATION_LIFTED, row, words=words)
    return row


def relocations(session: Session) -> list[Relocation]:
    marked = select(Relocation).where(Relocation.state == MARKED).order_by(col(Relocation.employer))
    return list(session.exec(marked))


def vacancies(session: Session, today: date) -> list[Vacancies]:
    """One for each employer that has been looking for long, and for each marked one that looks at all."""
    marks = relocations(session)
    marked = _marked_employers(session, marks)
    by_employer: dict[str, list[OpenPosting]] = defaultdict(list)
    for employer_id, posting in _open_for_long(session, set(marked), today):
        by_employer[employer_id].append(posting)
    ids = {posting.posting_id for postings in by_employer.values() for posting in postings}
    reopened = _reopened(session, ids)
    offered, brought = held_with_postings(session, ids), fairs_brought_to(session, ids)
    return [
        _vacancies(postings, marked.get(employer_id), reopened, offered, brought)
        for employer_id, postings in by_employer.items()
    ]


def _vacancies(
    postings: list[OpenPosting],
    mark: Relocation | None,
    reopened: set[str],
    offered: Mapping[str, list[Any]],
    brought: Mapping[str, set[str]],
) -> Vacancies:
    places: Counter[str] = Counter()
    for posting in postings:
        places[posting.division] += posting.openings
    events = {activity.id for posting in postings for activity in offered.get(posting.posting_id, ())}
    return Vacancies(
        employer=postings[0].employer,
        uscc=next((posting.uscc for posting in postings if posting.uscc), ""),
        division=max(sorted(places), key=lambda code: places[code]),
        postings=len(postings),
        openings=sum(posting.openings for posting in postings),
        opening_days=sum(posting.openings * posting.days for posting in postings),
        oldest_days=max(posting.days for posting in postings),
        reopened=sum(posting.posting_id in reopened for posting in postings),
        after_activities=len(events),
        after_fairs=len(set().union(*(brought.get(posting.posting_id, ()) for posting in postings))),
        moved_on=mark.moved_on if mark else None,
        evidence=mark.evidence if mark else "",
    )


def _marked_employers(session: Session, marks: list[Relocation]) -> dict[str, Relocation]:
    """Employer id → its mark. By credit code where both have one, else by the name as it reads."""
    if not marks:
        return {}
    found: dict[str, Relocation] = {}
    for id, name, uscc in session.exec(select(Employer.id, Employer.name, Employer.uscc)):
        mark = next((mark for mark in marks if _is_same(mark, name, uscc)), None)
        if mark is not None:
            found[id] = mark
    return found


def _is_same(mark: Relocation, employer: str, uscc: str) -> bool:
    if mark.uscc and uscc:
        return mark.uscc == uscc
    return fold_name(mark.employer) == fold_name(employer)


def _open_for_long(session: Session, marked: set[str], today: date) -> Iterable[tuple[str, OpenPosting]]:
    """(employer id, posting); openings in words count as none."""
    content = col(Offer.content)
    query = (
        sql_select(
            col(Posting.employer_id),
            col(Posting.id),
            col(Employer.name),
            col(Employer.uscc),
            col(Posting.division),
            func.coalesce(content["openings"].as_integer(), 0),
            col(Posting.published_at),
        )
        .join(Employer, col(Employer.id) == col(Posting.employer_id))
        .join(Offer, col(Offer.id) == col(Posting.primary_offer))
        .where(col(Posting.status) == Status.OPEN, col(Posting.valid_through) >= today)
        .where((col(Posting.published_at) < _long_ago(today)) | is_among(session, col(Posting.employer_id), marked))
    )
    for employer_id, id, name, uscc, place, openings, published in session.connection().execute(query):
        days = (today - local_day(published)).days if published else 0
        yield employer_id, OpenPosting(id, name, uscc, place, openings, days)


def _long_ago(today: date) -> datetime:
    """What was published before this has been open for long."""
    return datetime.combine(today - timedelta(days=LONG - 1), time.min, LOCAL)


def _reopened(session: Session, ids: set[str]) -> set[str]:
    query = select(Event.posting_id).where(
        is_among(session, col(Event.posting_id), ids), Event.kind == EventKind.POSTING_REOPENED
    )
    return {id for id in session.exec(query) if id}
