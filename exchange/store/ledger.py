"""Writing the ledger: sequence numbers, credits, tallies and the page, at the end of a transaction.

In: the drafts of one transaction. Out: rows of event, credit, tally and ledger_page. One lock is held from
the first sequence number to the commit, so commit order is sequence order and no reader can skip an event.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, text, update
from sqlmodel import Session, col, select

from exchange.clock import local_day
from exchange.credits import CreditLine, apply_lines, credit_lines
from exchange.ledger import FIRST_HASH, EventDraft, EventKind, canonical, page_hash
from exchange.models import Credit, Event, LedgerPage, Posting, Tally
from exchange.store.lists import in_slices

LEDGER_LOCK = 0x6775616E  # "guan": PostgreSQL's advisory lock number


def head_page(session: Session) -> LedgerPage | None:
    return session.exec(select(LedgerPage).order_by(col(LedgerPage.number).desc()).limit(1)).first()


def head_sequence(session: Session) -> int:
    """The ledger's last sequence number, 0 when it is empty."""
    return session.exec(select(func.max(LedgerPage.last_sequence))).one() or 0


def standing_credits(session: Session, postings: Iterable[str]) -> dict[str, list[CreditLine]]:
    """What is not reversed, per posting."""
    standing: dict[str, list[CreditLine]] = {}
    for some in in_slices(postings):
        rows = session.exec(select(Credit).where(col(Credit.posting_id).in_(some)).order_by(col(Credit.sequence)))
        apply_lines(standing, map(line_of, rows))
    return standing


def line_of(credit: Credit) -> CreditLine:
    return CreditLine(**{name: getattr(credit, name) for name in CreditLine.__slots__})


def write_page(session: Session, drafts: Sequence[EventDraft], now: datetime) -> int:
    """Give the drafts their numbers and chain them on as one page. Returns the new head sequence."""
    take_lock(session)
    head = head_page(session)
    at = max(now, head.at) if head else now
    first = head.last_sequence + 1 if head else 1
    events = [_event(draft, first + offset, at) for offset, draft in enumerate(drafts)]
    credits = _credits(session, drafts, events)
    page = LedgerPage(
        number=head.number + 1 if head else 1,
        first_sequence=first,
        last_sequence=events[-1].sequence,
        at=at,
        previous_hash=head.hash if head else FIRST_HASH,
        hash="",
    )
    page.hash = page_hash(page.previous_hash, events, credits)
    _insert(session, Event, events)
    _insert(session, Credit, credits)
    _insert(session, LedgerPage, [page])
    _add_to_tallies(session, credits)
    _number_postings(session, events)
    return page.last_sequence


def take_lock(session: Session) -> None:
    """One writer at a time, until the transaction ends. SQLite's BEGIN IMMEDIATE is that lock already."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LEDGER_LOCK})


def _event(draft: EventDraft, sequence: int, at: datetime) -> Event:
    return Event(
        sequence=sequence,
        at=at,
        kind=draft.kind,
        posting_id=draft.posting_id,
        batch_id=draft.batch_id,
        organisation=draft.organisation,
        actor=draft.actor,
        body=canonical(draft.body),
    )


def _credits(session: Session, drafts: Sequence[EventDraft], events: Sequence[Event]) -> list[Credit]:
    fresh = {d.posting_id for d in drafts if d.kind == EventKind.POSTING_CREATED}
    known = {d.posting_id for d in drafts if d.posting_id} - fresh
    known |= {posting for d in drafts if d.kind == EventKind.BATCH_CONFIRMED for posting in d.body.get("carried", ())}
    standing = standing_credits(session, sorted(posting for posting in known if posting))
    credits: list[Credit] = []
    for draft, event in zip(drafts, events, strict=True):
        lines = credit_lines(draft.kind, draft.body, draft.posting_id, local_day(event.at), standing)
        apply_lines(standing, lines)
        credits += [credit_of(line, event.sequence) for line in lines]
    return credits


def credit_of(line: CreditLine, sequence: int) -> Credit:
    return Credit(sequence=sequence, **{name: getattr(line, name) for name in CreditLine.__slots__})


def _insert(session: Session, model: Any, rows: Sequence[Any]) -> None:
    if rows:
        session.connection().execute(insert(model), [row.model_dump() for row in rows])


def sum_credits(credits: Iterable[Credit]) -> dict[tuple[int, int, str, str, str], list[int]]:
    """(year, month, direction, cluster, reason) -> [postings, openings]."""
    sums: dict[tuple[int, int, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for credit in credits:
        total = sums[credit.year, credit.month, credit.direction, credit.cluster, credit.reason]
        total[0] += credit.sign
        total[1] += credit.sign * credit.openings
    return sums


def _add_to_tallies(session: Session, credits: Sequence[Credit]) -> None:
    for key, (postings, openings) in sum_credits(credits).items():
        tally = session.get(Tally, key)
        if tally is None:
            year, month, direction, cluster, reason = key
            tally = Tally(
                year=year, month=month, direction=direction, cluster=cluster, reason=reason, postings=0, openings=0
            )
        tally.postings += postings
        tally.openings += openings
        session.add(tally)
    session.flush()


def _number_postings(session: Session, events: Sequence[Event]) -> None:
    """A posting carries the sequence of its last event: the change feed and the index follow it."""
    last = {event.posting_id: event.sequence for event in events if event.posting_id}
    if last:
        session.connection().execute(
            update(Posting.__table__)  # type: ignore[attr-defined]
            .where(Posting.__table__.c.id == bindparam("posting"))  # type: ignore[attr-defined]
            .values(sequence=bindparam("number")),
            [{"posting": posting, "number": sequence} for posting, sequence in last.items()],
        )
