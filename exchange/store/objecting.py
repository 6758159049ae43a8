"""Objecting (异议): a clerk says that her row is another job than the posting it was joined to; a reviewer decides.

In: a row of a batch and her words. Out: an event, and the objection among those that wait. The reviewer splits the
offer (exchange.store.joining) or lets the join stand. Her words stay outside the ledger, which holds their digest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal_column
from sqlmodel import Session, col, select

from config.words import Outcome
from exchange.ledger import EventKind, digest
from exchange.models import Offer, OfferState, Posting, Record
from exchange.store.batches import UnknownBatch, find_batch
from exchange.store.database import Store
from exchange.store.decisions import NotPossible, UnknownPosting
from exchange.store.transaction import Transaction

_MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Objection:
    offer_id: str
    posting_id: str
    source: str
    organisation: str
    title: str  # as the objecting organisation words it
    employer: str
    words: str
    because: Mapping[str, Any]  # what it was joined to, and why (ingest.duplicates.Match.as_json)


def object_to_join(store: Store, batch_id: str, position: int, words: str, actor: str) -> None:
    """异议 against the joining of one row. Raises NotPossible with what to do instead."""
    words = " ".join(words.split())[:_MOST_WORDS]
    if not words:
        raise NotPossible("请写明这一行为什么是另一个岗位。")
    with store.write(actor=actor) as transaction:
        session = transaction.session
        batch, record = find_batch(session, batch_id), session.get(Record, (batch_id, position))
        if record is None:
            raise UnknownBatch(batch_id)
        offer = session.get(Offer, record.offer_id) if record.offer_id else None
        if record.outcome != Outcome.DUPLICATE or offer is None:
            raise NotPossible("这一行没有并入别的岗位；与本批另一行重复的，请在岗位名称里写出区别后重新上传。")
        if not offer.joined or offer.state != OfferState.LIVE:
            raise NotPossible("这一行已经不在那个岗位之下，不用再提出异议。")
        offer.objection = words
        session.add(offer)
        _note(transaction, EventKind.OFFER_OBJECTED, offer, words, batch.id)


def dismiss_objection(transaction: Transaction, offer_id: str, words: str) -> None:
    """维持合并: the reviewer has looked, and it is the same job."""
    offer = transaction.session.get(Offer, offer_id)
    if offer is None:
        raise UnknownPosting(offer_id)
    if not offer.objection:
        raise NotPossible("这条异议已经处理过了。")
    offer.objection = ""
    transaction.session.add(offer)
    _note(transaction, EventKind.OBJECTION_DISMISSED, offer, words, None)


def open_objections(session: Session) -> list[Objection]:
    """What waits for a reviewer, by organisation."""
    objected = col(Offer.objection) != literal_column("''")  # as the partial index has it
    query = select(Offer).where(objected, Offer.state == OfferState.LIVE, col(Offer.joined))
    return [
        Objection(
            offer.id,
            offer.posting_id,
            offer.source,
            offer.organisation,
            offer.content["title"],
            offer.content["employer"],
            offer.objection,
            offer.joined_because or {},
        )
        for offer in session.exec(query.order_by(col(Offer.organisation), col(Offer.id)))
    ]


def _note(transaction: Transaction, kind: EventKind, offer: Offer, words: str, batch_id: str | None) -> None:
    posting = transaction.session.get(Posting, offer.posting_id)
    if posting is None:
        raise UnknownPosting(offer.posting_id)
    body = {"status": posting.status, "offer": offer.id, "words": digest(words)}
    transaction.record_event(kind, body, posting.id, batch_id, offer.organisation)
