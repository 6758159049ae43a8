"""What a batch is compared with first: the offers of its own source and organisation.

In: keys of the records. Out: plain rows, read in slices.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from exchange.models import Offer, OfferState, Posting
from exchange.store.lists import in_slices, is_among

_COLUMNS = (
    col(Offer.id),
    col(Offer.posting_id),
    col(Offer.reference),
    col(Offer.identity_key),
    col(Offer.content_hash),
    col(Offer.state),
    col(Offer.joined),
    col(Posting.status),
    col(Offer.joined_because),
)


class OfferFacts(NamedTuple):
    id: str
    posting_id: str
    reference: str
    identity_key: str
    content_hash: str
    state: str
    joined: bool
    status: str  # of its posting
    joined_because: dict[str, Any] | None


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
    """Every offer that a record may be."""
    wanted = (
        (col(Offer.reference), references),
        (col(Offer.posting_id), platform_ids),
        (col(Offer.content_hash), content_hashes),
        (col(Offer.identity_key), identity_keys),
    )
    found: dict[str, OfferFacts] = {}
    for column, keys in wanted:
        query = sql_select(*_COLUMNS).join(Posting, col(Posting.id) == Offer.posting_id)
        mine = query.where(col(Offer.source) == source, col(Offer.organisation) == organisation)
        for row in session.connection().execute(mine.where(is_among(session, column, keys))):
            found[row[0]] = OfferFacts(*row)
    return [found[id] for id in sorted(found)]


def live_offers(session: Session, posting_ids: Sequence[str]) -> dict[str, list[Offer]]:
    """Posting → its live offers, the earliest first."""
    offers: dict[str, list[Offer]] = {}
    for some in in_slices(posting_ids):
        query = select(Offer).where(col(Offer.posting_id).in_(some), Offer.state == OfferState.LIVE)
        for offer in session.exec(query.order_by(col(Offer.started_on), col(Offer.id))):
            offers.setdefault(offer.posting_id, []).append(offer)
    return offers
