"""Parked drops (停下的减少): parked by a guard, approved or refused by a person, superseded by a later pull.

In: a batch and a suspicion, or a person's decision. Out: rows of parked_drop with their events. What is done twice is
done once; what no longer fits raises `NotPossible` with Chinese words.
"""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from config.words import BatchState
from exchange.ledger import EventKind, digest
from exchange.models import Batch, DropKind, DropState, ParkedDrop
from exchange.store.batches import find_batch
from exchange.store.database import Store
from exchange.store.decisions import NotPossible
from exchange.store.lifecycle import end_offers
from exchange.store.parked_guards import Suspicion, vanished_offers
from exchange.store.transaction import Transaction


class UnknownDrop(Exception):
    """No batch of this id was ever parked."""


def park_closures(transaction: Transaction, batch: Batch, suspicion: Suspicion) -> None:
    """The batch is published; what it no longer lists stays. Its batch.confirmed event says how many."""
    batch.parked_closures = suspicion.gone
    transaction.session.add(_drop(transaction, batch, DropKind.CLOSURES, suspicion))


def park_run(store: Store, batch_id: str, suspicion: Suspicion) -> None:
    """Nothing of it is published: the batch goes back to staged and waits for a person."""
    with store.write("system") as transaction:
        batch = find_batch(transaction.session, batch_id)
        if batch.state != BatchState.CONFIRMED:
            return
        batch.state, batch.confirmed_at, batch.automatic = BatchState.STAGED, None, False
        if transaction.session.get(ParkedDrop, batch_id) is not None:
            return
        supersede(transaction, batch)
        transaction.session.add(_drop(transaction, batch, DropKind.RUN, suspicion))
        body = {"reason": suspicion.reason, "open": suspicion.open, "gone": suspicion.gone, "new": suspicion.new}
        transaction.record_event(EventKind.BATCH_PARKED, body, None, batch.id, batch.organisation)


def supersede(transaction: Transaction, batch: Batch) -> None:
    """A later pull answers what the earlier ones left open. An approved run that was not published in time is stale."""
    query = select(ParkedDrop).where(
        ParkedDrop.source == batch.source,
        ParkedDrop.organisation == batch.organisation,
        ParkedDrop.batch_id != batch.id,
        col(ParkedDrop.state).in_([DropState.WAITING, DropState.APPROVED]),
    )
    for drop in transaction.session.exec(query):
        parked = find_batch(transaction.session, drop.batch_id)
        unpublished = parked.state in {BatchState.STAGED, BatchState.CONFIRMED}
        if unpublished:
            parked.state, parked.finished_at = BatchState.DISCARDED, transaction.now
        if unpublished or drop.state == DropState.WAITING:
            drop.state = DropState.SUPERSEDED


def approve_drop(store: Store, batch_id: str, actor: str, words: str = "") -> ParkedDrop:
    """Close what is still unlisted, or let the worker publish the parked run. Done before, it does nothing."""
    with store.write(actor) as transaction:
        drop, batch = _open_drop(transaction.session, batch_id, DropState.APPROVED)
        if drop.state == DropState.APPROVED:
            return drop
        if drop.kind == DropKind.CLOSURES:
            offers = vanished_offers(transaction.session, batch)
            end_offers(transaction, offers, EventKind.POSTING_CLOSED, batch.id)
            drop.closed = len(offers)
        else:
            batch.state, batch.confirmed_at = BatchState.CONFIRMED, transaction.now
        _decide(transaction, drop, DropState.APPROVED, EventKind.DROP_APPROVED, actor, words)
        return drop


def refuse_drop(store: Store, batch_id: str, actor: str, words: str = "") -> ParkedDrop:
    """Keep what vanished, or throw the parked run away. Done before, it does nothing."""
    with store.write(actor) as transaction:
        drop, batch = _open_drop(transaction.session, batch_id, DropState.REFUSED)
        if drop.state == DropState.REFUSED:
            return drop
        if drop.kind == DropKind.RUN:
            batch.state, batch.finished_at = BatchState.DISCARDED, transaction.now
        _decide(transaction, drop, DropState.REFUSED, EventKind.DROP_REFUSED, actor, words)
        return drop


def find_drop(session: Session, batch_id: str) -> ParkedDrop:
    drop = session.get(ParkedDrop, batch_id)
    if drop is None:
        raise UnknownDrop(batch_id)
    return drop


def waiting_drops(session: Session) -> Sequence[ParkedDrop]:
    """The longest waiting first."""
    query = select(ParkedDrop).where(ParkedDrop.state == DropState.WAITING)
    return session.exec(query.order_by(col(ParkedDrop.parked_at), col(ParkedDrop.batch_id))).all()


def drops_of(session: Session, batch_ids: Sequence[str]) -> dict[str, ParkedDrop]:
    query = select(ParkedDrop).where(col(ParkedDrop.batch_id).in_(batch_ids))
    return {drop.batch_id: drop for drop in session.exec(query)}


def _open_drop(session: Session, batch_id: str, wanted: DropState) -> tuple[ParkedDrop, Batch]:
    """Waiting, or decided in the same way before."""
    drop, batch = find_drop(session, batch_id), find_batch(session, batch_id)
    if drop.state not in {DropState.WAITING, wanted}:
        if drop.state == DropState.SUPERSEDED:
            raise NotPossible("来源后来又抓了一次，这一次的差异已经过时，没有再处理。")
        raise NotPossible(f"{drop.decided_by} 已经决定过，没有再处理。")
    if drop.kind == DropKind.RUN and drop.state == DropState.WAITING and batch.state != BatchState.STAGED:
        raise NotPossible("这一批已经不在等待。")
    return drop, batch


def _decide(
    transaction: Transaction, drop: ParkedDrop, state: DropState, kind: EventKind, actor: str, words: str
) -> None:
    drop.state, drop.decided_at, drop.decided_by, drop.words = state, transaction.now, actor, words
    transaction.session.add(drop)
    body: dict[str, Any] = {"kind": drop.kind, "gone": drop.gone, "closed": drop.closed, "words": digest(words)}
    transaction.record_event(kind, body, None, drop.batch_id, drop.organisation)


def _drop(transaction: Transaction, batch: Batch, kind: DropKind, suspicion: Suspicion) -> ParkedDrop:
    return ParkedDrop(
        batch_id=batch.id,
        source=batch.source,
        organisation=batch.organisation,
        kind=kind,
        reason=suspicion.reason,
        open=suspicion.open,
        gone=suspicion.gone,
        received=batch.received,
        usual=suspicion.usual,
        new=suspicion.new,
        parked_at=transaction.now,
    )
