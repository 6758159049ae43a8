"""What a peer has fetched of our feed, and its receipts for it.

In: items as they were sent, receipts as they came. Out: rows of peer_change, side sent. Both may come again, in any
order: the sequence is the key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from exchange.models import PeerChange, PeerSide, Receipt
from exchange.store.database import Store
from exchange.store.lists import in_slices

_UNLISTED = (Receipt.REFUSED, Receipt.PENDING, Receipt.OWN)  # what the receiver has said that it does not show


@dataclass(frozen=True, slots=True)
class SentChange:
    sequence: int
    posting_id: str
    digest: str  # "" when removed


def note_sent(store: Store, peer: str, items: Sequence[SentChange]) -> None:
    """The peer asked for these. What it asks for again keeps its receipt, unless it says something else now."""
    with store.write() as transaction:
        session = transaction.session
        known = {change.sequence: change for change in sent_changes(session, peer, [i.sequence for i in items])}
        for earlier in _earlier(session, peer, items):
            earlier.latest = False
            if earlier.outcome == Receipt.WAITING:
                earlier.outcome = Receipt.REPLACED
            session.add(earlier)
        fresh = [_row(peer, item, transaction.now) for item in items if item.sequence not in known]
        if fresh:
            session.connection().execute(insert(PeerChange), fresh)
        for item in items:
            if item.sequence in known:
                session.add(_sent_again(known[item.sequence], item))


def _row(peer: str, item: SentChange, now: datetime) -> dict[str, Any]:
    return {
        "peer": peer,
        "side": PeerSide.SENT,
        "sequence": item.sequence,
        "posting_id": item.posting_id,
        "removed": not item.digest,
        "digest": item.digest,
        "latest": True,
        "outcome": Receipt.WAITING,
        "problems": [],
        "batch_id": "",
        "acknowledged": False,
        "at": now,
    }


def _sent_again(change: PeerChange, item: SentChange) -> PeerChange:
    if (change.digest, change.removed) != (item.digest, not item.digest):
        change.outcome, change.problems = Receipt.WAITING, []
    change.digest, change.removed, change.latest = item.digest, not item.digest, True
    return change


def sent_changes(session: Session, peer: str, sequences: Sequence[int]) -> list[PeerChange]:
    found: list[PeerChange] = []
    for some in in_slices(sequences):
        query = select(PeerChange).where(PeerChange.peer == peer, PeerChange.side == PeerSide.SENT)
        found += session.exec(query.where(col(PeerChange.sequence).in_(some)))
    return found


def _earlier(session: Session, peer: str, items: Sequence[SentChange]) -> list[PeerChange]:
    """Sent changes that these make old."""
    newest = {item.posting_id: item.sequence for item in items}
    found: list[PeerChange] = []
    for some in in_slices(newest):
        query = select(PeerChange).where(
            PeerChange.peer == peer,
            PeerChange.side == PeerSide.SENT,
            col(PeerChange.latest),
            col(PeerChange.posting_id).in_(some),
        )
        found += [change for change in session.exec(query) if change.sequence < newest[change.posting_id]]
    return found


def note_receipts(store: Store, peer: str, receipts: Sequence[Mapping[str, Any]]) -> list[int]:
    """Write the peer's words beside what we sent it. Returns the sequences that it was never sent."""
    words = {receipt["seq"]: receipt for receipt in receipts}
    with store.write() as transaction:
        known = {
            change.sequence: change
            for change in sent_changes(transaction.session, peer, list(words))
            if change.posting_id == words[change.sequence]["id"]
        }
        for sequence, change in known.items():
            change.outcome = words[sequence]["outcome"]
            change.problems = [dict(reason) for reason in words[sequence]["problems"]]
            transaction.session.add(change)
    return sorted(set(words) - set(known))


def not_shown_by(session: Session, peer: str) -> set[str]:
    """Ids of ours whose latest change the peer has refused, or holds for a reviewer."""
    query = select(PeerChange.posting_id).where(
        PeerChange.peer == peer,
        PeerChange.side == PeerSide.SENT,
        col(PeerChange.latest),
        col(PeerChange.outcome).in_(_UNLISTED),
    )
    return set(session.exec(query))
