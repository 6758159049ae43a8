"""What this exchange passes on: postings that an offer of its own stands behind, under that offer's words.

In: a reading session. Out: ids in ledger order and `PostingView`s without the offers that came from peers, so that
nothing is passed on twice. A posting that only a peer offers never appears; one that lost our own offer is removed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from config.words import Status
from exchange.models import Employer, Offer, OfferState, Posting
from exchange.schemas.content import content_from_json
from exchange.store.lists import in_slices
from exchange.store.reading import PostingView, find_views


def changed_shared(session: Session, since: int, limit: int) -> list[tuple[str, int]]:
    """(id, sequence) of postings we pass on, or did, whose last event came after `since`, in sequence order."""
    query = select(Posting.id, Posting.sequence).where(col(Posting.sequence) > since, col(Posting.shared))
    return [(id, sequence) for id, sequence in session.exec(query.order_by(col(Posting.sequence)).limit(limit))]


def shared_sequence(session: Session) -> int:
    """The ledger sequence of the last change that concerns peers."""
    return session.exec(select(func.max(Posting.sequence)).where(col(Posting.shared))).one() or 0


def shared_open_ids(session: Session) -> list[str]:
    query = select(Posting.id).where(Posting.status == Status.OPEN, col(Posting.shared))
    return list(session.exec(query.order_by(col(Posting.id))))


def shared_views(session: Session, ids: Sequence[str], today: date) -> list[PostingView]:
    """Those of `ids` that are open and offered by us, in their order."""
    views = find_views(session, ids)
    foreign = [view.id for view in views if view.offers[0].origin]
    ours = _own_offers(session, foreign) if foreign else {}
    found = []
    for view in views:
        own = view
        if view.offers[0].origin:
            if view.id not in ours:
                continue
            own = _under(session, view, ours[view.id])
        if own.is_open(today):
            found.append(replace(own, offers=tuple(offer for offer in view.offers if not offer.origin)))
    return found


def _own_offers(session: Session, ids: Iterable[str]) -> dict[str, Offer]:
    """Posting → its first live offer that came from no peer: the order in which `find_views` lists them."""
    first: dict[str, Offer] = {}
    for some in in_slices(ids):
        query = select(Offer).where(col(Offer.posting_id).in_(some), Offer.state == OfferState.LIVE, Offer.origin == "")
        for offer in session.exec(query.order_by(col(Offer.started_on), col(Offer.id))):
            first.setdefault(offer.posting_id, offer)
    return first


def _under(session: Session, view: PostingView, offer: Offer) -> PostingView:
    """The posting as it would be if it were shown under this offer."""
    shown = {
        "employer_id": offer.employer_id,
        "primary_offer": offer.id,
        "valid_through": offer.valid_through,
        "valid_through_is_default": offer.valid_through_is_default,
        "last_confirmed_on": offer.last_confirmed_on,
    }
    employer = session.get(Employer, offer.employer_id) or view.employer
    posting = Posting(**{**view.posting.model_dump(), **shown})
    return PostingView(posting, employer, content_from_json(offer.content), view.offers)
