"""Offers that organisations stand behind now (在手岗位): what their clerks may edit, extend, close or withdraw.

In: a session, the organisations that may be seen (None: all). Out: pages of offers, one offer, its contact.
"""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from exchange.content import Contact
from exchange.models import ContactRow, Employer, Event, Offer, OfferState, Organisation, Posting

_STANDING = (OfferState.LIVE, OfferState.HELD)


def standing_offers(
    session: Session, organisations: frozenset[str] | None, words: str, offset: int, limit: int
) -> Sequence[tuple[Offer, str]]:
    """(offer, its employer's name), the nearest end first. `words`: of title or employer, or a posting's id."""
    query = select(Offer, Employer.name).join(Employer, col(Employer.id) == Offer.employer_id)
    query = query.where(col(Offer.state).in_(_STANDING))
    if organisations is not None:  # what came from a peer is mended there, by those who provide it
        query = query.where(col(Offer.organisation).in_(organisations), Offer.origin == "")
    if words:
        title = col(Offer.content)["title"].as_string()
        query = query.where(
            col(Employer.name).contains(words, autoescape=True)
            | title.contains(words, autoescape=True)
            | (col(Offer.posting_id) == words.upper())
        )
    page = query.order_by(col(Offer.valid_through), col(Offer.id)).offset(offset).limit(limit)
    return [(offer, name) for offer, name in session.exec(page)]


def offers_of_posting(session: Session, posting_id: str, organisations: frozenset[str] | None) -> Sequence[Offer]:
    """Every offer of the posting by these organisations, the standing ones first."""
    query = select(Offer).where(Offer.posting_id == posting_id)
    if organisations is not None:
        query = query.where(col(Offer.organisation).in_(organisations), Offer.origin == "")
    found = session.exec(query.order_by(col(Offer.started_on), col(Offer.id))).all()
    return sorted(found, key=lambda offer: offer.state not in _STANDING)


def find_posting(session: Session, posting_id: str) -> Posting | None:
    return session.get(Posting, posting_id)


def contact_of_offer(session: Session, offer_id: str) -> Contact:
    row = session.get(ContactRow, offer_id)
    return Contact(row.person, row.phone) if row is not None else Contact()


def history_of(session: Session, posting_id: str) -> Sequence[Event]:
    """The events of a posting, the latest first."""
    query = select(Event).where(Event.posting_id == posting_id)
    return session.exec(query.order_by(col(Event.sequence).desc())).all()


def organisations_among(session: Session, codes: frozenset[str] | None) -> list[Organisation]:
    """Those with these codes (None: all), by city and code."""
    query = select(Organisation).order_by(col(Organisation.city), col(Organisation.code))
    if codes is not None:
        query = query.where(col(Organisation.code).in_(codes))
    return list(session.exec(query))
