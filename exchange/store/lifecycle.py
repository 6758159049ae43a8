"""How postings end: an offer ends, the next one takes its place, the posting ends with its last.

In: offers that are over, or a posting and a reason. Out: changed rows and their events, inside the caller's
transaction. These are short decisions that any process may take.
"""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from config.words import Status
from exchange.clock import local_day
from exchange.ledger import EventKind
from exchange.models import Offer, OfferState, Posting
from exchange.store.database import Store
from exchange.store.lists import in_slices
from exchange.store.matching import live_offers
from exchange.store.transaction import Transaction

_ENDINGS = {
    EventKind.POSTING_CLOSED: Status.CLOSED,
    EventKind.POSTING_EXPIRED: Status.EXPIRED,
    EventKind.POSTING_WITHDRAWN: Status.WITHDRAWN,
}
_EXPIRE_AT_ONCE = 500


def end_offers(
    transaction: Transaction, offers: Sequence[Offer], kind: EventKind, batch_id: str | None = None, **body: Any
) -> None:
    """End these offers; a posting without a live offer ends with `kind`, another shows its next offer."""
    if not offers:
        return
    session = transaction.session
    for offer in offers:
        offer.state = OfferState.ENDED
        session.add(offer)
    session.flush()
    over = {offer.id for offer in offers}
    ids = sorted({offer.posting_id for offer in offers})
    following = live_offers(session, ids)
    first = {offer.posting_id: offer for offer in reversed(offers)}
    for posting in find_postings(session, ids):
        offer = first[posting.id]
        rest = following.get(posting.id, [])
        told: dict[str, Any] = {"offer": offer.id, **body}
        if posting.primary_offer not in over:
            event, told["status"] = EventKind.OFFER_ENDED, posting.status
        elif rest:
            show_offer(transaction, posting, rest[0], Status.OPEN)
            event, told["status"] = EventKind.POSTING_UPDATED, Status.OPEN
        else:
            posting.status = _ENDINGS[kind]
            session.add(posting)
            event, told["status"] = kind, posting.status
        transaction.record_event(event, told, posting.id, batch_id, offer.organisation)


def show_offer(transaction: Transaction, posting: Posting, offer: Offer, status: Status) -> None:
    """Let the posting show this offer, which from now on is no copy of another."""
    posting.primary_offer, offer.joined = offer.id, False
    posting.employer_id, posting.identity_key = offer.employer_id, offer.identity_key
    posting.division = offer.content["division"]
    posting.valid_through, posting.valid_through_is_default = offer.valid_through, offer.valid_through_is_default
    posting.last_confirmed_on = offer.last_confirmed_on
    posting.status = status
    if status is Status.OPEN and posting.published_at is None:
        posting.published_at = transaction.now
    transaction.session.add_all([posting, offer])


def find_postings(session: Session, ids: Sequence[str]) -> list[Posting]:
    found: list[Posting] = []
    for some in in_slices(ids):
        found += session.exec(select(Posting).where(col(Posting.id).in_(some)).order_by(col(Posting.id)))
    return found


def expire_offers(store: Store) -> int:
    """End every offer whose validity is past; called after each local midnight. Returns how many ended."""
    ended = 0
    while True:
        with store.write(actor="system") as transaction:
            today = local_day(transaction.now)
            query = select(Offer).where(Offer.state == OfferState.LIVE, Offer.valid_through < today)
            offers = transaction.session.exec(query.order_by(col(Offer.id)).limit(_EXPIRE_AT_ONCE)).all()
            end_offers(transaction, offers, EventKind.POSTING_EXPIRED)
        ended += len(offers)
        if len(offers) < _EXPIRE_AT_ONCE:
            return ended
