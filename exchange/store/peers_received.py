"""What we have fetched of a peer's feed: taken note of page by page, its removals carried out, its end remembered.

In: a page of changes and the batches that take in its postings. Out: rows of peer_change, side received; ended offers
with their events; the sequence to go on from. A page is noted in one transaction, so that a kill loses none of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session, col, delete, select

from config.words import BatchState
from exchange.clock import local_day
from exchange.ledger import EventKind
from exchange.models import Batch, Offer, OfferState, Peer, PeerChange, PeerSide, Posting, Receipt
from exchange.store.database import Store
from exchange.store.lifecycle import end_offers
from exchange.store.lists import in_slices
from exchange.store.transaction import Transaction

_STANDING = (OfferState.LIVE, OfferState.HELD)
_SUPERSEDED = {"code": "superseded", "message": "还没有审核，对方已改过或撤下，以后来的为准。"}


@dataclass(frozen=True, slots=True)
class ReceivedChange:
    sequence: int
    posting_id: str
    removed: bool
    digest: str = ""  # of what it says
    batch_id: str = ""  # that takes it in
    outcome: Receipt = Receipt.WAITING  # known at once for what no batch takes in
    problems: list[dict[str, str]] = field(default_factory=list)


def read_since(session: Session, peer: str) -> int:
    row = session.get(Peer, peer)
    return row.since if row is not None else 0


def note_page(store: Store, source: str, peer: str, changes: Sequence[ReceivedChange], next_since: int) -> int:
    """Returns how many offers ended because the peer removed them."""
    with store.write(actor=f"peer:{source}", organisation=peer) as transaction:
        session = transaction.session
        _put_changes(transaction, peer, changes)
        gone = [change.posting_id for change in changes if change.removed]
        ended = standing_offers(session, source, gone)
        end_offers(transaction, ended, EventKind.POSTING_CLOSED)
        row = session.get(Peer, peer) or Peer(organisation=peer)
        row.since = next_since
        session.add(row)
        return len(ended)


def _put_changes(transaction: Transaction, peer: str, changes: Sequence[ReceivedChange]) -> None:
    session = transaction.session
    newest = {change.posting_id: change.sequence for change in changes}
    known: dict[int, PeerChange] = {}
    for row in _rows_of(session, peer, newest):
        known[row.sequence] = row
        if row.latest and row.sequence != newest[row.posting_id]:
            row.latest = False
            if row.outcome in {Receipt.PENDING, Receipt.WAITING}:
                row.outcome, row.problems, row.acknowledged = Receipt.ACCEPTED, [_SUPERSEDED], False
            session.add(row)
    fresh: list[dict[str, Any]] = []
    for change in changes:
        says = {
            "removed": change.removed,
            "digest": change.digest,
            "latest": True,
            "outcome": change.outcome,
            "problems": list(change.problems),
            "batch_id": change.batch_id,
            "acknowledged": False,
        }
        if change.sequence in known:
            session.add(known[change.sequence].sqlmodel_update(says))
        else:
            key = {"peer": peer, "side": PeerSide.RECEIVED, "sequence": change.sequence}
            fresh.append({**key, "posting_id": change.posting_id, "at": transaction.now, **says})
    if fresh:
        session.connection().execute(insert(PeerChange), fresh)


def _rows_of(session: Session, peer: str, ids: Iterable[str]) -> Iterable[PeerChange]:
    for some in in_slices(ids):
        query = select(PeerChange).where(PeerChange.peer == peer, PeerChange.side == PeerSide.RECEIVED)
        yield from session.exec(query.where(col(PeerChange.posting_id).in_(some))).all()


def standing_offers(session: Session, source: str, references: Iterable[str]) -> list[Offer]:
    """Offers of this source that are not over, by the peer's ids."""
    found: list[Offer] = []
    for some in in_slices(references):
        query = select(Offer).where(Offer.source == source, col(Offer.reference).in_(some))
        found += session.exec(query.where(col(Offer.state).in_(_STANDING)).order_by(col(Offer.id)))
    return found


def organisations_of(session: Session, source: str, references: Iterable[str]) -> dict[str, str]:
    """The peer's id → the organisation under which we first took it in: it stays, and the offer with it."""
    found: dict[str, str] = {}
    for some in in_slices(references):
        query = select(Offer.reference, Offer.organisation).where(Offer.source == source)
        found |= dict(session.exec(query.where(col(Offer.reference).in_(some)).order_by(col(Offer.id).desc())).all())
    return found


def batches_on_their_way(session: Session, source: str) -> Sequence[Batch]:
    """What a pull that was cut off has left, in the order in which it came."""
    over = (BatchState.DONE, BatchState.FAILED, BatchState.DISCARDED)
    query = select(Batch).where(Batch.source == source, col(Batch.state).not_in(over))
    return session.exec(query.order_by(col(Batch.created_at), col(Batch.id))).all()


def confirm_listed(store: Store, source: str, peer: str, validity_days: int) -> None:
    """We have read all there is: what the peer has not removed is confirmed today, and a default validity restarts."""
    with store.write() as transaction:
        session, today = transaction.session, local_day(transaction.now)
        row = session.get(Peer, peer) or Peer(organisation=peer)
        row.pulled_at = transaction.now
        session.add(row)
        until = today + timedelta(days=validity_days)
        stale: Any = select(Offer.id).where(
            Offer.source == source, Offer.state == OfferState.LIVE, col(Offer.last_confirmed_on) < today
        )
        ids = list(session.exec(stale))
        for some in in_slices(ids):
            for model, key in ((Offer, Offer.id), (Posting, Posting.primary_offer)):
                mine = update(model).where(col(key).in_(some))
                session.connection().execute(mine.values(last_confirmed_on=today))
                session.connection().execute(
                    mine.where(col(model.valid_through_is_default)).values(valid_through=until)
                )


def start_again(store: Store, peer: str) -> None:
    """Forget what we have fetched of this peer's feed, so that the next pull reads it from the beginning."""
    with store.write() as transaction:
        session = transaction.session
        mine = (col(PeerChange.peer) == peer, col(PeerChange.side) == PeerSide.RECEIVED)
        session.connection().execute(delete(PeerChange).where(*mine))
        row = session.get(Peer, peer)
        if row is not None:
            row.since = 0
            session.add(row)
