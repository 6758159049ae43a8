"""Writing the ledger: sequence numbers, credits, tallies and the page, at the end of a transaction.

In: the drafts of one transaction. Out: rows of event, credit, tally and ledger_page. One lock is held from
the first sequence number to the commit, so commit order is sequence order and no reader can skip an event.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import func, insert, text, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from exchange.clock import local_day
from exchange.credits import CreditLine, apply_lines, credit_lines
from exchange.ledger import (
    FIRST_HASH,
    CreditRow,
    EventDraft,
    EventKind,
    NumberedCredit,
    NumberedEvent,
    canonical,
    page_hash,
)
from exchange.models import Credit, DayTally, Event, LedgerPage, Posting, Tally
from exchange.store.lists import in_slices
from exchange.store.tallies import add_up, day_sums, month_sums

_columns_of = attrgetter(*NumberedCredit._fields[1:])
_LINE = [col(getattr(Credit, name)) for name in CreditLine.__slots__]
LEDGER_LOCK = 0x6775616E  # "guan": PostgreSQL's advisory lock number


def head_page(session: Session) -> LedgerPage | None:
    return session.exec(select(LedgerPage).order_by(col(LedgerPage.number).desc()).limit(1)).first()


def head_sequence(session: Session) -> int:
    """The ledger's last sequence number, 0 when it is empty."""
    return session.exec(select(func.max(LedgerPage.last_sequence))).one() or 0


def standing_credits(
    session: Session, postings: Iterable[str], before: int | None = None
) -> dict[str, list[CreditLine]]:  # fmt: skip
    """What is not reversed, per posting; before that sequence number, if one is given."""
    standing: dict[str, list[CreditLine]] = {}
    for some in in_slices(postings):
        query = sql_select(*_LINE).where(col(Credit.posting_id).in_(some))
        if before is not None:
            query = query.where(col(Credit.sequence) < before)
        rows = session.connection().execute(query.order_by(col(Credit.sequence)))
        apply_lines(standing, (CreditLine(*row) for row in rows))
    return standing


def write_page(session: Session, drafts: Sequence[EventDraft], now: datetime) -> int:
    """Give the drafts their numbers and chain them on as one page. Returns the new head sequence."""
    take_lock(session)
    head = head_page(session)
    at = max(now, head.at) if head else now
    first = head.last_sequence + 1 if head else 1
    events = [_event(draft, first + offset, at) for offset, draft in enumerate(drafts)]
    credits = _credits(session, drafts, events, local_day(at))
    page: dict[str, Any] = {
        "number": head.number + 1 if head else 1,
        "first_sequence": first,
        "last_sequence": events[-1].sequence,
        "at": at,
        "previous_hash": head.hash if head else FIRST_HASH,
    }
    page["hash"] = page_hash(page["previous_hash"], events, credits)
    _insert(session, Event, [event._asdict() for event in events])
    _insert(session, Credit, [credit._asdict() for credit in credits])
    _insert(session, LedgerPage, [page])
    _add_to_tallies(session, credits, local_day(at))
    _number_postings(session, first, events[-1].sequence)
    return events[-1].sequence


def take_lock(session: Session) -> None:
    """One writer at a time, until the transaction ends. SQLite's BEGIN IMMEDIATE is that lock: it is taken here, so
    that the moment of a transaction is read after the one before it has ended."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LEDGER_LOCK})


def _event(draft: EventDraft, sequence: int, at: datetime) -> NumberedEvent:
    return NumberedEvent(
        sequence,
        at,
        str(draft.kind),
        draft.posting_id,
        draft.batch_id,
        draft.organisation,
        draft.actor,
        canonical(draft.body),
    )


def _credits(
    session: Session, drafts: Sequence[EventDraft], events: Sequence[NumberedEvent], day: date
) -> list[NumberedCredit]:
    fresh = {d.posting_id for d in drafts if d.kind == EventKind.POSTING_CREATED}
    known = {d.posting_id for d in drafts if d.posting_id} - fresh
    known |= {posting for d in drafts if d.kind == EventKind.BATCH_CONFIRMED for posting in d.body.get("carried", ())}
    standing = standing_credits(session, sorted(posting for posting in known if posting))
    credits: list[NumberedCredit] = []
    for draft, event in zip(drafts, events, strict=True):
        lines = credit_lines(draft.kind, draft.body, draft.posting_id, day, standing)
        apply_lines(standing, lines)
        credits += [credit_of(line, event.sequence) for line in lines]
    return credits


def credit_of(line: CreditLine, sequence: int) -> NumberedCredit:
    return NumberedCredit(sequence, *_columns_of(line))


def _insert(session: Session, model: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(insert(model.__table__), rows)


def _add_to_tallies(session: Session, credits: Sequence[CreditRow], day: date) -> None:
    """Sums per month and per day; the database adds, so that nothing is read first."""
    add_up(session, Tally, month_sums(credits))
    add_up(session, DayTally, day_sums(credits, day))


def _number_postings(session: Session, first: int, last: int) -> None:
    """A posting carries the sequence of its last event: the change feed and the index follow it."""
    within = col(Event.sequence).between(first, last)
    table = Posting.__table__  # type: ignore[attr-defined]
    number = sql_select(func.max(Event.sequence)).where(col(Event.posting_id) == table.c.id, within)
    session.connection().execute(
        update(table)
        .where(table.c.id.in_(sql_select(col(Event.posting_id)).where(within)))
        .values(sequence=number.scalar_subquery())
    )
