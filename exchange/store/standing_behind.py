"""Who stands behind one posting, side by side: what a reviewer sees before splitting or joining, and what was decided.

In: a session and a posting's id. Out: plain values. Deciding is the work of exchange.store.joining and objecting.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from exchange.content import Content
from exchange.ledger import EventKind
from exchange.models import Event, Offer, OfferState, Posting
from exchange.schemas.content import content_from_json
from exchange.store.overview import organisation_names, source_names

_JOINED_OR_SPLIT = (EventKind.POSTING_JOINED, EventKind.POSTING_SPLIT, EventKind.OBJECTION_DISMISSED)


@dataclass(frozen=True, slots=True)
class OfferBehind:
    offer: Offer
    content: Content
    organisation: str  # names
    source: str
    is_shown: bool  # the posting is shown in its words

    @property
    def reasons(self) -> Sequence[str]:
        """Why it was joined, in the words that the clerk was told."""
        return tuple((self.offer.joined_because or {}).get("reasons", ()))


@dataclass(frozen=True, slots=True)
class SharedPosting:
    posting: Posting
    offers: tuple[OfferBehind, ...]  # the live ones, the shown one first

    @property
    def shown(self) -> OfferBehind:
        return self.offers[0]


@dataclass(frozen=True, slots=True)
class JoiningDecision:
    at: datetime
    actor: str
    kind: str
    posting_id: str
    other_id: str  # the posting that was joined in, or that came out; "" when an objection was dismissed
    words: str


def find_shared(session: Session, posting_id: str) -> SharedPosting | None:
    """None when no such posting has a live offer."""
    posting = session.get(Posting, posting_id)
    if posting is None:
        return None
    query = select(Offer).where(Offer.posting_id == posting.id, Offer.state == OfferState.LIVE)
    offers = session.exec(query.order_by(col(Offer.started_on), col(Offer.id))).all()
    names, sources = organisation_names(session, {offer.organisation for offer in offers}), source_names(session)
    behind = [
        OfferBehind(
            offer,
            content_from_json(offer.content),
            names.get(offer.organisation, offer.organisation),
            sources.get(offer.source, offer.source),
            offer.id == posting.primary_offer,
        )
        for offer in offers
    ]
    shown_first = tuple(sorted(behind, key=lambda one: not one.is_shown))
    return SharedPosting(posting, shown_first) if shown_first else None


def joining_decisions(session: Session, since: datetime, limit: int) -> list[JoiningDecision]:
    """The latest first, each once: of the two events of a join or split, the one on the posting that stays."""
    query = select(Event).where(col(Event.kind).in_(_JOINED_OR_SPLIT), Event.at >= since)
    found: list[JoiningDecision] = []
    for event in session.exec(query.order_by(col(Event.sequence).desc()).limit(2 * limit)):
        body: dict[str, Any] = json.loads(event.body)
        other = body.get("from", "") if event.kind == EventKind.POSTING_JOINED else body.get("to", "")
        if event.kind == EventKind.OBJECTION_DISMISSED or other:
            words = body.get("words", "") if other else ""
            found.append(JoiningDecision(event.at, event.actor, event.kind, event.posting_id or "", other, words))
    return found[:limit]
