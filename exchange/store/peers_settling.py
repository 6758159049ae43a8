"""Receipts: what became of each change we have fetched, read off the rows that its batch and people's decisions left.

In: a store, a source and its peer. Out: outcomes in peer_change, due to be told to the provider. Run again it finds the
same, so it may be cut off anywhere. A later decision here (released, refused, withdrawn) changes the receipt.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.words import BatchState, Outcome, Severity
from exchange.clock import local_day
from exchange.ledger import EventKind
from exchange.models import Batch, Event, Offer, OfferState, PeerChange, PeerSide, ProblemRow, Receipt, Record
from exchange.store.database import Store
from exchange.store.lifecycle import end_offers
from exchange.store.lists import in_slices
from exchange.store.peers_received import standing_offers

_OVER = (BatchState.DONE, BatchState.FAILED, BatchState.DISCARDED)
_EXPLAINED = 200  # characters of a reviewer's words in a receipt
Reasons = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A change with what its batch and its offer have come to."""

    change: PeerChange
    batch: Batch
    record: Record | None
    offer: Offer | None


def settle_receipts(store: Store, source: str, peer: str, *, only_waiting: bool = False) -> int:
    """Bring receipts up to what the store says now. What is refused is no longer shown under earlier words.

    `only_waiting`: of changes that have none yet; else also where someone has decided otherwise since.
    """
    with store.write(actor=f"peer:{source}", organisation=peer) as transaction:
        session = transaction.session
        changed = 0
        for found in _unsettled(session, source, peer, only_waiting):
            outcome, problems = _outcome(session, found, local_day(transaction.now))
            change = found.change
            if (change.outcome, change.problems) != (outcome, problems):
                change.outcome, change.problems, change.acknowledged = outcome, problems, False
                session.add(change)
                changed += 1
        session.flush()
        refused = select(PeerChange.posting_id).where(*_latest(peer), PeerChange.outcome == Receipt.REFUSED)
        ended = standing_offers(session, source, session.exec(refused))
        end_offers(transaction, ended, EventKind.POSTING_CLOSED)
        return changed + len(ended)


def _latest(peer: str) -> tuple[Any, ...]:
    return (col(PeerChange.peer) == peer, col(PeerChange.side) == PeerSide.RECEIVED, col(PeerChange.latest))


def _unsettled(session: Session, source: str, peer: str, only_waiting: bool) -> list[_Found]:
    """Latest changes whose batch is over and whose receipt is not plainly what their offer is."""
    plain = ((Receipt.ACCEPTED, OfferState.LIVE), (Receipt.PENDING, OfferState.HELD))
    told = or_(*((col(PeerChange.outcome) == word) & (col(Offer.state) == state) for word, state in plain))
    query: Any = (
        sql_select(PeerChange, Batch, Offer)
        .join(Batch, col(Batch.id) == PeerChange.batch_id)
        .join(Offer, (col(Offer.source) == source) & (col(Offer.reference) == PeerChange.posting_id), isouter=True)
        .where(*_latest(peer), col(Batch.state).in_(_OVER), or_(col(Offer.id).is_(None), ~told))
        .order_by(col(PeerChange.sequence))
    )
    if only_waiting:
        query = query.where(col(PeerChange.outcome) == Receipt.WAITING)
    found = session.exec(query).all()
    records = _records(session, [change for change, _, _ in found])
    return [_Found(change, batch, records.get((batch.id, change.posting_id)), offer) for change, batch, offer in found]


def _records(session: Session, changes: Sequence[PeerChange]) -> dict[tuple[str, str], Record]:
    """(batch, the peer's id) → the row it came as."""
    records: dict[tuple[str, str], Record] = {}
    for batch_id in {change.batch_id for change in changes}:
        wanted = [change.posting_id for change in changes if change.batch_id == batch_id]
        for some in in_slices(wanted):
            query = select(Record).where(Record.batch_id == batch_id, col(Record.reference).in_(some))
            records |= {(batch_id, record.reference): record for record in session.exec(query)}
    return records


def _outcome(session: Session, found: _Found, today: date) -> tuple[Receipt, Reasons]:
    batch, record, offer = found.batch, found.record, found.offer
    if batch.state != BatchState.DONE or record is None:
        return Receipt.REFUSED, [{"code": "batch.failed", "message": batch.error or "这一批没有收进来。"}]
    if record.outcome == Outcome.REJECTED:
        return Receipt.REFUSED, _problems(session, record)
    if offer is None:  # it was there, or the rows contradict each other: the digest will show it
        return Receipt(found.change.outcome), found.change.problems
    if offer.state == OfferState.HELD:
        return Receipt.PENDING, _problems(session, record)
    if offer.state == OfferState.REFUSED:
        return Receipt.REFUSED, [{"code": "review.refused", "message": _reviewers_words(session, offer)}]
    if offer.state == OfferState.ENDED and offer.valid_through >= today:
        message = "这个岗位在接收平台已由人撤回或结束。"
        return Receipt.REFUSED, [{"code": "ended.here", "message": message}]
    return Receipt.ACCEPTED, []


def _problems(session: Session, record: Record) -> Reasons:
    query = select(ProblemRow).where(
        ProblemRow.batch_id == record.batch_id,
        ProblemRow.position == record.position,
        ProblemRow.severity == Severity.ERROR,
    )
    return [{"code": row.code, "message": row.message} for row in session.exec(query.order_by(col(ProblemRow.id)))]


def _reviewers_words(session: Session, offer: Offer) -> str:
    query = select(Event.body).where(
        Event.posting_id == offer.posting_id, col(Event.body).contains('"refused":true', autoescape=True)
    )
    body = session.exec(query.order_by(col(Event.sequence).desc()).limit(1)).first()
    words: str = json.loads(body).get("words", "") if body else ""
    return f"接收平台审核后不予发布：{words}"[:_EXPLAINED] if words else "接收平台审核后不予发布。"


def receipts_due(session: Session, peer: str, limit: int) -> list[dict[str, Any]]:
    """Receipts that the provider does not have yet, as they are sent."""
    query = select(PeerChange).where(
        PeerChange.peer == peer,
        PeerChange.side == PeerSide.RECEIVED,
        col(PeerChange.acknowledged).is_(False),
        PeerChange.outcome != Receipt.WAITING,
    )
    return [
        {"seq": row.sequence, "id": row.posting_id, "outcome": row.outcome, "problems": row.problems}
        for row in session.exec(query.order_by(col(PeerChange.sequence)).limit(limit))
    ]


def note_acknowledged(store: Store, peer: str, receipts: Sequence[Mapping[str, Any]]) -> None:
    """The provider has these. One that has changed meanwhile stays due."""
    with store.write() as transaction:
        sent = {receipt["seq"]: (receipt["outcome"], receipt["problems"]) for receipt in receipts}
        for some in in_slices(sent):
            query = select(PeerChange).where(PeerChange.peer == peer, PeerChange.side == PeerSide.RECEIVED)
            for row in transaction.session.exec(query.where(col(PeerChange.sequence).in_(some))).all():
                row.acknowledged = (row.outcome, row.problems) == sent[row.sequence]
                transaction.session.add(row)
