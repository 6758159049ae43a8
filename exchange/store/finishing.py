"""The end of a batch: what was seen again is confirmed, what vanished is closed, and one event names it all.

In: a batch whose records are settled. Out: one transaction. Only a complete pull of a full-list source closes
anything, and not when it would close suspiciously much (guards of DESIGN section 5).
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from sqlalchemy import case, func, or_, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.words import BatchState, Outcome, Uncounted
from exchange.clock import local_day
from exchange.credits import COUNTED
from exchange.ledger import EventKind
from exchange.models import Batch, Credit, Offer, OfferState, Posting, Record
from exchange.store.batches import find_batch
from exchange.store.database import Store
from exchange.store.ledger import standing_credits
from exchange.store.lifecycle import end_offers
from exchange.store.transaction import Transaction

_RUNS_LOOKED_AT = 5
_COMING = ("create", "join", "reopen")  # decisions that bring an offer
_CONFIRMING = ("keep", "update")  # decisions that say of a counted posting that it is still there


@dataclass(frozen=True, slots=True)
class ClosingGuards:
    share: float  # of its open offers
    minimum: int
    shrink_share: float  # of the median of its last runs


def finish_batch(store: Store, batch_id: str, validity_days: int, guards: ClosingGuards) -> None:
    with store.write() as transaction:
        session = transaction.session
        batch = find_batch(session, batch_id)
        if batch.state == BatchState.DONE:
            return
        _confirm_kept(transaction, batch, validity_days)
        if batch.complete:
            _close_vanished(transaction, batch, guards)
        kept = _kept_postings(session, batch_id)
        transaction.record_event(
            EventKind.BATCH_CONFIRMED,
            {
                "outcomes": {outcome: getattr(batch, outcome) for outcome in Outcome},
                "kept": hashlib.sha256("\n".join(kept).encode()).hexdigest(),
                "carried": _newly_carried(session, batch_id, local_day(transaction.now).year),
                "closed": batch.closed,
                "parked": batch.parked_closures,
            },
            batch_id=batch.id,
            organisation=batch.organisation,
        )
        batch.state, batch.finished_at = BatchState.DONE, transaction.now


def _confirm_kept(transaction: Transaction, batch: Batch, validity_days: int) -> None:
    """Seen again unchanged: confirmed today, and a default validity (never a stated one) starts anew."""
    today = local_day(transaction.now)
    kept = sql_select(col(Record.offer_id)).where(col(Record.batch_id) == batch.id, col(Record.decision) == "keep")
    connection = transaction.session.connection()
    for model, key, more in ((Offer, Offer.id, {"batch_id": batch.id}), (Posting, Posting.primary_offer, {})):
        until = today + timedelta(validity_days)
        restarted = case((col(model.valid_through_is_default), until), else_=model.valid_through)
        connection.execute(
            update(model).where(col(key).in_(kept)).values(last_confirmed_on=today, valid_through=restarted, **more)
        )


def _close_vanished(transaction: Transaction, batch: Batch, guards: ClosingGuards) -> None:
    session = transaction.session
    mine = select(Offer).where(
        Offer.source == batch.source, Offer.organisation == batch.organisation, Offer.state != OfferState.ENDED
    )
    listed = select(Record.reference).where(Record.batch_id == batch.id)  # also what could not be read this time
    gone = mine.where(Offer.batch_id != batch.id, or_(col(Offer.reference) == "", col(Offer.reference).not_in(listed)))
    vanished = session.exec(gone.order_by(col(Offer.id))).all()
    before = session.exec(select(func.count()).select_from(mine.subquery())).one() - _came(session, batch.id)
    many = len(vanished) >= guards.minimum and len(vanished) > guards.share * before
    if vanished and (many or _has_shrunk(session, batch, guards.shrink_share)):
        batch.parked_closures = len(vanished)
        return
    batch.closed = len(vanished)
    end_offers(transaction, vanished, EventKind.POSTING_CLOSED, batch.id)


def _came(session: Session, batch_id: str) -> int:
    """Offers that stand now and did not before this batch."""
    came = select(func.count()).where(Record.batch_id == batch_id, col(Record.decision).in_(_COMING))
    return session.exec(came.select_from(Record)).one()


def _has_shrunk(session: Session, batch: Batch, share: float) -> bool:
    query = select(Batch.received).where(
        Batch.source == batch.source,
        Batch.organisation == batch.organisation,
        Batch.state == BatchState.DONE,
        col(Batch.complete),
    )
    last = session.exec(query.order_by(col(Batch.finished_at).desc()).limit(_RUNS_LOOKED_AT)).all()
    return bool(last) and batch.received < share * median(last)


def _kept_postings(session: Session, batch_id: str) -> list[str]:
    query = select(Record.posting_id).where(Record.batch_id == batch_id, Record.outcome == Outcome.UNCHANGED)
    return sorted(posting for posting in session.exec(query) if posting)


def _newly_carried(session: Session, batch_id: str, year: int) -> list[str]:
    """Those this batch confirms, counted in an earlier year and neither counted nor named as carried (结转) in this."""
    if session.exec(select(Credit.year).where(Credit.year < year).limit(1)).first() is None:
        return []
    confirmed = select(Record.posting_id).where(
        Record.batch_id == batch_id, col(Record.decision).in_(_CONFIRMING), Record.outcome != Outcome.HELD
    )
    postings = sorted({posting for posting in session.exec(confirmed) if posting})
    carried = []
    for posting, rows in standing_credits(session, postings).items():
        years = {row.year for row in rows if row.reason == COUNTED}
        named = any(row.reason == Uncounted.CARRIED and row.year == year for row in rows)
        if years and year not in years and not named:
            carried.append(posting)
    return sorted(carried)
