"""The guards of DESIGN section 5: whether a complete pull would close suspiciously much.

In: a batch with its records. Out: a `Suspicion`, or None when it may go on. By reference before anything is published,
because a source that renumbers everything looks like one that has lost everything; by what was matched afterwards.
"""

from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from config.words import BatchState
from exchange.models import Batch, DropKind, DropReason, DropState, Offer, OfferState, ParkedDrop, Record
from exchange.store.batches import find_batch
from exchange.store.database import Store
from exchange.store.lists import in_slices

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
        listed, open_offers = _references(batch), _open_offers(batch, Offer.reference)
        gone = _count(session, open_offers.where(Offer.reference != "").except_(listed))
        suspicion = _judge(session, batch, _count(session, open_offers), gone, guards)
        if suspicion is None:
            return None
        known = select(Offer.reference).where(Offer.source == batch.source, Offer.organisation == batch.organisation)
        new = _count(session, listed.except_(known))
        return replace(suspicion, new=new) if new * 2 > _count(session, listed) else None


def closures_to_park(session: Session, batch: Batch, vanished: int, guards: ClosingGuards) -> Suspicion | None:
    """Whether these closures of a batch that is published must wait. `vanished` offers would end."""
    drop = session.get(ParkedDrop, batch.id)
    if drop is not None and drop.kind == DropKind.RUN:
        return None  # a person has seen the difference and approved
    came = select(Record.position).where(Record.batch_id == batch.id, col(Record.decision).in_(_COMING))
    before = _count(session, _open_offers(batch, Offer.id)) - _count(session, came)
    return _judge(session, batch, before, vanished, guards)


def vanished_offers(session: Session, batch: Batch) -> list[Offer]:
    """Offers of the batch's source that a complete batch does not list, and no later one has named since."""
    found: list[Offer] = []
    for some in in_slices(vanished_ids(session, batch)):
        found += session.exec(select(Offer).where(col(Offer.id).in_(some)).order_by(col(Offer.id)))
    return found


def vanished_ids(session: Session, batch: Batch) -> list[str]:
    """The ids of these, sorted. Before the batch is published, its records name the offers they are guessed to be.

    Sets, and EXCEPT above, not joins or NOT IN: without fresh statistics a database may walk one long list for every
    row of the other.
    """
    others = session.exec(_open_offers(batch, Offer.id, Offer.reference).where(Offer.batch_id != batch.id)).all()
    if not others:
        return []
    listed = set(session.exec(_references(batch)))  # also of what could not be read this time
    named = select(Record.offer_id).join(Batch, col(Batch.id) == Record.batch_id)
    query = named.where(Batch.source == batch.source, col(Record.offer_id).is_not(None), _is_it_or_later(batch))
    return sorted({id for id, reference in others if reference not in listed} - set(session.exec(query)))


def _open_offers(batch: Batch, *columns: Any) -> Any:
    """Query of what the batch's source and organisation have on offer."""
    mine = (Offer.source == batch.source, Offer.organisation == batch.organisation)
    return select(*columns).where(*mine, col(Offer.state).not_in(_OVER))


def _references(batch: Batch) -> Any:
    return select(Record.reference).where(Record.batch_id == batch.id, Record.reference != "").distinct()


def _is_it_or_later(batch: Batch) -> Any:
    """The batch, one published after it, or one that is being published while it waits."""
    after = (col(Batch.created_at) > batch.created_at) & (col(Batch.state) == BatchState.DONE)
    return (col(Batch.id) == batch.id) | after | (col(Batch.state) == BatchState.PUBLISHING)


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
