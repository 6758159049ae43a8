"""Daily digests (对账): what we provide to a peer, what we hold of one, each as id → digest, and how two compare.

In: a reading session. Out: plain dicts and their SHA-256, the rows of peer_digest. Provided is every posting we pass on
that is open, less what the peer has answered as refused or pending; held is every live offer that came from the peer,
with the digest of the change that its words came from.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from config.divisions import division
from config.words import Status
from exchange.models import Offer, OfferState, PeerChange, PeerDigest, PeerSide, Posting
from exchange.schemas.peers import posting_digest
from exchange.schemas.posting import posting_to_json
from exchange.store.database import Store
from exchange.store.lists import in_slices
from exchange.store.peers_sent import not_shown_by
from exchange.store.peers_sharing import shared_open_ids, shared_views

_MOST_DIFFERENCES = 100


def provided_to(session: Session, peer: str, exchange: str, today: date) -> dict[str, str]:
    hidden = not_shown_by(session, peer)
    found: dict[str, str] = {}
    for some in in_slices(id for id in shared_open_ids(session) if id not in hidden):
        for view in shared_views(session, some, today):
            found[view.id] = posting_digest(posting_to_json(view, today, exchange))
    return found


def held_from(session: Session, source: str, peer: str, today: date) -> dict[str, str]:
    """"" for what is held and no change of the peer's is known to have brought it."""
    change = (
        (col(PeerChange.peer) == peer)
        & (col(PeerChange.side) == PeerSide.RECEIVED)
        & (col(PeerChange.posting_id) == Offer.reference)
        & (col(PeerChange.batch_id) == Offer.batch_id)
    )
    query = select(Offer.reference, PeerChange.digest).join(PeerChange, change, isouter=True)
    live = query.where(Offer.source == source, Offer.state == OfferState.LIVE, Offer.valid_through >= today)
    return {reference: digest or "" for reference, digest in session.exec(live)}


def sha256_of(postings: Mapping[str, str]) -> str:
    lines = "\n".join(f"{id} {digest}" for id, digest in sorted(postings.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def differences_between(provided: Mapping[str, str], held: Mapping[str, str]) -> list[dict[str, str]]:
    """The first ones, by id: missing here, extra here, or held with other content."""
    found = []
    for id in sorted({*provided, *held}):
        if provided.get(id) != held.get(id):
            what = "missing" if id not in held else "extra" if id not in provided else "differs"
            found.append({"id": id, "what": what})
    return found[:_MOST_DIFFERENCES]


def open_by_origin(session: Session, exchange: str, today: date) -> list[dict[str, Any]]:
    """How many open postings there are, by where they were born and by direction."""
    query = select(Offer.origin, Posting.division).join(Offer, col(Offer.id) == Posting.primary_offer)
    counted = Counter(
        (origin or exchange, str(division(code).direction))
        for origin, code in session.exec(query.where(Posting.status == Status.OPEN, Posting.valid_through >= today))
    )
    return [
        {"exchange": origin, "direction": direction, "postings": number}
        for (origin, direction), number in sorted(counted.items())
    ]


def save_digest(store: Store, peer: str, side: PeerSide, day: date, **figures: Any) -> None:
    """Over the figures of an earlier comparison on the same day."""
    with store.write() as transaction:
        row = transaction.session.get(PeerDigest, (peer, side, day))
        known = row.model_dump() if row is not None else {"sequence": 0, "provided": 0, "provided_digest": ""}
        found = {**known, **figures, "peer": peer, "side": side, "day": day, "at": transaction.now}
        transaction.session.merge(PeerDigest(**found))


def find_digest(session: Session, peer: str, side: PeerSide, day: date) -> PeerDigest | None:
    return session.get(PeerDigest, (peer, side, day))
