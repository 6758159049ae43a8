"""What a batch is compared with: the offers of its own source and organisation, and who else offers the same.

In: keys of the records. Out: plain rows, read in slices.
"""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from config.words import Status
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
)
OfferFacts = tuple[str, str, str, str, str, str, bool]


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
    """(id, posting, reference, identity, content hash, state, joined) of every offer that a record may be."""
    wanted = (
        (Offer.reference, references),
        (Offer.posting_id, platform_ids),
        (Offer.content_hash, content_hashes),
        (Offer.identity_key, identity_keys),
    )
    found: dict[str, OfferFacts] = {}
    for column, keys in wanted:
        for some in in_slices(sorted({key for key in keys if key})):
            query = select(*_COLUMNS).where(  # type: ignore[call-overload]
                Offer.source == source, Offer.organisation == organisation, col(column).in_(some)
            )
            for row in session.exec(query):
                found[row[0]] = tuple(row)
    return sorted(found.values())


def find_open_elsewhere(
    session: Session, source: str, organisation: str, identity_keys: Iterable[str]
) -> dict[str, str]:
    """Identity → the open posting that others offer and this organisation, through this source, does not."""
    found: dict[str, str] = {}
    for some in in_slices(sorted(set(identity_keys))):
        own = select(Offer.posting_id).where(
            Offer.source == source,
            Offer.organisation == organisation,
            Offer.posting_id == Posting.id,
            Offer.state != OfferState.ENDED,
        )
        query = (
            select(Posting.identity_key, Posting.id)
            .where(col(Posting.identity_key).in_(some), Posting.status == Status.OPEN, ~own.exists())
            .order_by(col(Posting.sequence).desc())
        )
        found.update(dict(session.exec(query).all()))  # the oldest one wins
    return found


def live_offers(session: Session, posting_ids: Sequence[str]) -> dict[str, list[Offer]]:
    """Posting → its live offers, the earliest first."""
    offers: dict[str, list[Offer]] = {}
    for some in in_slices(posting_ids):
        query = select(Offer).where(col(Offer.posting_id).in_(some), Offer.state == OfferState.LIVE)
        for offer in session.exec(query.order_by(col(Offer.started_on), col(Offer.id))):
            offers.setdefault(offer.posting_id, []).append(offer)
    return offers
