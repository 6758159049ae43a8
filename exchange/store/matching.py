"""What a batch is compared with first: the offers of its own source and organisation.

In: keys of the records. Out: plain rows, read in slices.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session, col, select

from exchange.models import Offer, OfferState, Posting
from exchange.store.lists import in_slices

_COLUMNS = (
    Offer.id,
    Offer.posting_id,
    Offer.reference,
    Offer.identity_key,
    Offer.content_hash,
    Offer.state,
    Offer.joined,
    Posting.status,
    Offer.joined_because,
)
OfferFacts = tuple[str, str, str, str, str, str, bool, str, dict[str, Any] | None]


def find_own_offers(
    session: Session,
    source: str,
    organisation: str,
    *,
    references: Iterable[str],
    platform_ids: Iterable[str],
    content_hashes: Iterable[str],
    identity_keys: Iterable[str],
) -> list[OfferFacts]:
    """Of every offer that a record may be: id, posting, reference, identity, content hash, state, joined, the
    posting's status, why it was joined."""
    wanted = (
        (Offer.reference, references),
        (Offer.posting_id, platform_ids),
        (Offer.content_hash, content_hashes),
        (Offer.identity_key, identity_keys),
    )
    found: dict[str, OfferFacts] = {}
    for column, keys in wanted:
        for some in in_slices(sorted({key for key in keys if key})):
            query = select(*_COLUMNS).join(Posting, col(Posting.id) == Offer.posting_id)  # type: ignore[call-overload]
            mine = query.where(Offer.source == source, Offer.organisation == organisation, col(column).in_(some))
            for row in session.exec(mine):
                found[row[0]] = tuple(row)
    return sorted(found.values())


def live_offers(session: Session, posting_ids: Sequence[str]) -> dict[str, list[Offer]]:
    """Posting → its live offers, the earliest first."""
    offers: dict[str, list[Offer]] = {}
    for some in in_slices(posting_ids):
        query = select(Offer).where(col(Offer.posting_id).in_(some), Offer.state == OfferState.LIVE)
        for offer in session.exec(query.order_by(col(Offer.started_on), col(Offer.id))):
            offers.setdefault(offer.posting_id, []).append(offer)
    return offers
