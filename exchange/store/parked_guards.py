"""The guards of DESIGN section 5: whether a complete pull would close suspiciously much.

In: a batch with its records. Out: a `Suspicion`, or None when it may go on. By reference before anything is published,
because a source that renumbers everything looks like one that has lost everything; by what was matched afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from config.words import BatchState
from exchange.models import Batch, DropKind, DropReason, DropState, Offer, OfferState, ParkedDrop, Record
from exchange.store.batches import find_batch
from exchange.store.database import Store

_RUNS_LOOKED_AT = 5
_OVER = (OfferState.ENDED, OfferState.REFUSED)
_COMING = ("create", "join", "reopen")  # decisions that bring an offer


@dataclass(frozen=True, slots=True)
class ClosingGuards:
    share: float  # of its open offers
    minimum: int
    shrink_share: float  # of the median of its last runs


@dataclass(frozen=True, slots=True)
class Suspicion:
    reason: DropReason
    open: int  # offers before
    gone: int
    usual: int | None  # median of the last runs
    new: int = 0  # references never seen


def run_to_park(store: Store, batch_id: str, guards: ClosingGuards) -> Suspicion | None:
    """Whether the whole run must wait: too much is gone, and more than half of its references are new.

    An approved run never waits again; one that waits, waits on.
    """
    with store.read() as session:
        batch = find_batch(session, batch_id)
        drop = session.get(ParkedDrop, batch_id)
        if not batch.complete or (drop is not None and drop.state != DropState.WAITING):
            return None
        before = _count(session, open_offers(batch))
        suspicion = _judge(session, batch, before, _count(session, _unlisted(batch)), guards)
        if suspicion is None:
            return None
        known = select(Offer.reference).where(Offer.source == batch.source, Offer.organisation == batch.organisation)
        references = select(Record.reference).where(Record.batch_id == batch.id, Record.reference != "").distinct()
        new = _count(session, references.where(col(Record.reference).not_in(known)))
        if new * 2 <= _count(session, references):
            return None
        return Suspicion(suspicion.reason, before, suspicion.gone, suspicion.usual, new)


def closures_to_park(session: Session, batch: Batch, vanished: int, guards: ClosingGuards) -> Suspicion | None:
    """Whether these closures of a batch that is published must wait. `vanished` offers would end."""
    drop = session.get(ParkedDrop, batch.id)
    if drop is not None and drop.kind == DropKind.RUN:
        return None  # a person has seen the difference and approved
    came = select(Record.position).where(Record.batch_id == batch.id, col(Record.decision).in_(_COMING))
    before = _count(session, open_offers(batch)) - _count(session, came)
    return _judge(session, batch, before, vanished, guards)


def vanished_offers(session: Session, batch: Batch) -> Sequence[Offer]:
    """Offers of the batch's source that a complete batch does not list, and no later one has named since."""
    return session.exec(vanished(batch).order_by(col(Offer.id))).all()


def vanished(batch: Batch) -> Any:
    """The query of these. Before the batch is published, its records name the offers that they are guessed to be."""
    listed = select(Record.reference).where(Record.batch_id == batch.id)  # also what could not be read this time
    named = select(Record.offer_id).join(Batch, col(Batch.id) == Record.batch_id)
    named = named.where(Batch.source == batch.source, col(Record.offer_id).is_not(None), _is_it_or_later(batch))
    return open_offers(batch).where(
        Offer.batch_id != batch.id,
        or_(col(Offer.reference) == "", col(Offer.reference).not_in(listed)),
        col(Offer.id).not_in(named),
    )


def open_offers(batch: Batch) -> Any:
    """Query of what the batch's source and organisation have on offer."""
    return select(Offer).where(
        Offer.source == batch.source, Offer.organisation == batch.organisation, col(Offer.state).not_in(_OVER)
    )


def _is_it_or_later(batch: Batch) -> Any:
    """The batch, one published after it, or one that is being published while it waits."""
    after = (col(Batch.created_at) > batch.created_at) & (col(Batch.state) == BatchState.DONE)
    return (col(Batch.id) == batch.id) | after | (col(Batch.state) == BatchState.PUBLISHING)


def _unlisted(batch: Batch) -> Any:
    listed = select(Record.reference).where(Record.batch_id == batch.id)
    return open_offers(batch).where(Offer.reference != "", col(Offer.reference).not_in(listed))


def _judge(session: Session, batch: Batch, before: int, gone: int, guards: ClosingGuards) -> Suspicion | None:
    if not gone:
        return None
    usual = _usual(session, batch)
    if gone >= guards.minimum and gone > guards.share * before:
        return Suspicion(DropReason.SHARE, before, gone, usual)
    if usual is not None and batch.received < guards.shrink_share * usual:
        return Suspicion(DropReason.SHRUNK, before, gone, usual)
    return None


def _usual(session: Session, batch: Batch) -> int | None:
    """Median of the last complete runs, since a person last approved a shorter list."""
    mine = (Batch.source == batch.source, Batch.organisation == batch.organisation)
    approved = select(ParkedDrop.batch_id).where(ParkedDrop.state == DropState.APPROVED)
    trusted = or_(col(Batch.parked_closures) == 0, col(Batch.id).in_(approved))  # an unapproved drop is not usual
    query = select(Batch.received).where(*mine, Batch.state == BatchState.DONE, col(Batch.complete), trusted)
    since = session.exec(select(func.max(Batch.finished_at)).where(*mine, col(Batch.id).in_(approved))).one()
    if since is not None:
        query = query.where(col(Batch.finished_at) >= since)
    last = session.exec(query.order_by(col(Batch.finished_at).desc()).limit(_RUNS_LOOKED_AT)).all()
    return round(median(last)) if last else None


def _count(session: Session, query: Any) -> int:
    return int(session.exec(select(func.count()).select_from(query.subquery())).one())
