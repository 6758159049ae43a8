"""The end of a batch: what was seen again is confirmed, what vanished is closed, and one event names it all.

In: a batch whose records are settled. Out: one transaction. Only a complete pull of a full-list source closes
anything, and not when it would close suspiciously much (exchange.store.parked_guards).
"""

import hashlib
from datetime import timedelta

from sqlalchemy import case, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.words import BatchState, Outcome, Uncounted
from exchange.clock import local_day
from exchange.credits import COUNTED
from exchange.ledger import EventKind
from exchange.models import Batch, Credit, Offer, Posting, Record
from exchange.store.batches import find_batch
from exchange.store.database import Store
from exchange.store.ledger import standing_credits
from exchange.store.lifecycle import end_offers
from exchange.store.parked import park_closures, supersede
from exchange.store.parked_guards import ClosingGuards, closures_to_park, vanished_offers
from exchange.store.pulls import publish_parked_run
from exchange.store.transaction import Transaction

__all__ = ["ClosingGuards", "finish_batch"]

_CONFIRMING = ("keep", "update")  # decisions that say of a counted posting that it is still there


def finish_batch(store: Store, batch_id: str, validity_days: int, guards: ClosingGuards) -> None:
    with store.write() as transaction:
        session = transaction.session
        batch = find_batch(session, batch_id)
        if batch.state == BatchState.DONE:
            return
        _confirm_kept(transaction, batch, validity_days)
        _follow_references(session, batch)
        if batch.complete:
            supersede(transaction, batch)
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
        publish_parked_run(transaction, batch)


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


def _follow_references(session: Session, batch: Batch) -> None:
    """A source that calls the same words by another reference is known by it from now on."""
    query = select(Offer, Record.reference).join(Record, col(Record.offer_id) == Offer.id)
    renamed = query.where(Record.batch_id == batch.id, Record.decision == "keep", Record.reference != "")
    for offer, reference in session.exec(renamed.where(col(Record.reference) != col(Offer.reference))).all():
        offer.reference = reference
        session.add(offer)


def _close_vanished(transaction: Transaction, batch: Batch, guards: ClosingGuards) -> None:
    vanished = vanished_offers(transaction.session, batch)
    suspicion = closures_to_park(transaction.session, batch, len(vanished), guards)
    if suspicion is not None:
        park_closures(transaction, batch, suspicion)
        return
    batch.closed = len(vanished)
    end_offers(transaction, vanished, EventKind.POSTING_CLOSED, batch.id)


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
