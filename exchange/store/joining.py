"""Joining and splitting (合并与拆分): what a reviewer decides when two postings are one job, or one posting is two.

In: a transaction, and the postings or the offer. Out: moved offers, and an event on each of the two postings. A join
takes the later credit back, a split earns it; the sum per posting and year stays 0 or 1 (exchange.credits).
"""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, select

from config.words import Status
from exchange.clock import local_day
from exchange.credits import COUNTED, credit_facts
from exchange.identifiers import random_id
from exchange.ledger import EventKind
from exchange.models import Offer, OfferState, Organisation, Posting, SourceRow
from exchange.schemas.content import content_from_json
from exchange.store.decisions import NotPossible, UnknownPosting
from exchange.store.ledger import standing_credits
from exchange.store.lifecycle import show_offer
from exchange.store.matching import live_offers
from exchange.store.setup import pairing_on
from exchange.store.transaction import Transaction

_OVER = {OfferState.ENDED, OfferState.REFUSED}
_BY_A_REVIEWER = "审核人员合并"


def join_postings(transaction: Transaction, posting_id: str, other_id: str, words: str) -> str:
    """合并 two open postings; raises NotPossible. Returns the one that stays: the counted one, else the earlier one."""
    session = transaction.session
    both = [_open_posting(session, id) for id in (posting_id, other_id)]
    if posting_id == other_id:
        raise NotPossible("这是同一个岗位，不用合并。")
    standing = standing_credits(session, [posting_id, other_id])
    counted = {id for id, rows in standing.items() if any(row.reason == COUNTED for row in rows)}
    stays, goes = sorted(both, key=lambda p: (p.id not in counted, p.published_at or transaction.now, p.id))
    moved = _move_offers(transaction, stays, goes, words)
    goes.status = Status.WITHDRAWN
    session.add(goes)
    transaction.record_event(
        EventKind.POSTING_JOINED, {"status": goes.status, "into": stays.id, "words": words}, goes.id
    )
    body = {"status": stays.status, "from": goes.id, "offers": moved, "words": words}
    transaction.record_event(EventKind.POSTING_JOINED, body, stays.id)
    return stays.id


def _move_offers(transaction: Transaction, stays: Posting, goes: Posting, words: str) -> list[str]:
    """Every offer goes along, one per source and organisation; what is over gives way to what is not."""
    session = transaction.session
    there = _by_provider(_offers_of(session, stays.id))
    shown = session.get(Offer, stays.primary_offer)
    moved: list[str] = []
    for offer in _offers_of(session, goes.id):
        known = there.get((offer.source, offer.organisation), [])
        if offer.state in _OVER and known:
            continue
        if any(one.state not in _OVER for one in known):
            name = _name_of(session, offer.organisation)
            raise NotPossible(f"两个岗位都由{name}提供，是它自己的两行：请它撤回其中一个（原因选“重复”），不用合并。")
        for one in known:
            one.posting_id = goes.id
        offer.posting_id, offer.joined, offer.objection = stays.id, True, ""
        offer.joined_because = {
            "posting": stays.id,
            "title": shown.content["title"] if shown else "",
            "employer": shown.content["employer"] if shown else "",
            "organisation": _name_of(session, shown.organisation) if shown else "",
            "reasons": [f"{_BY_A_REVIEWER}：{words}" if words else _BY_A_REVIEWER],
            "score": None,
            "from": goes.id,
        }
        session.add_all([offer, *known])
        stays.shared = stays.shared or not offer.origin
        moved.append(offer.id)
    return moved


def split_offer(transaction: Transaction, offer_id: str, words: str) -> str:
    """拆分: the offer stands behind a posting of its own again. Returns that posting; raises NotPossible."""
    session = transaction.session
    offer = session.get(Offer, offer_id)
    if offer is None:
        raise UnknownPosting(offer_id)
    posting = _open_posting(session, offer.posting_id)
    rest = [other for other in live_offers(session, [posting.id]).get(posting.id, []) if other.id != offer.id]
    if offer.state != OfferState.LIVE or not rest:
        raise NotPossible("这个岗位只有这一家在提供，没有可以拆分的。")
    own = _former_posting(session, offer)
    came_by_review = own is not None
    if own is None:
        own = _new_posting(offer)
    if posting.primary_offer == offer.id:
        show_offer(transaction, posting, rest[0], Status.OPEN)
    session.add(own)
    session.flush()
    offer.posting_id, offer.joined_because, offer.objection = own.id, None, ""
    show_offer(transaction, own, offer, Status.OPEN)
    told: dict[str, Any] = {"offer": offer.id, "words": words}
    if not came_by_review:  # its coming was written down as 重复提供: that is taken back
        told["left"] = {"organisation": offer.organisation, "source": offer.source}
    left = {**told, "status": posting.status, "to": own.id}
    transaction.record_event(EventKind.POSTING_SPLIT, left, posting.id, None, offer.organisation)
    body = {
        "status": own.status,
        "offer": offer.id,
        "from": posting.id,
        "words": words,
        "facts": _facts(transaction, offer),
    }
    transaction.record_event(EventKind.POSTING_SPLIT, body, own.id, None, offer.organisation)
    return own.id


def _former_posting(session: Session, offer: Offer) -> Posting | None:
    """The posting that a reviewer joined away, if it is still as the join left it."""
    posting = session.get(Posting, (offer.joined_because or {}).get("from", ""))
    as_left = posting is not None and posting.status == Status.WITHDRAWN and posting.primary_offer == offer.id
    return posting if as_left else None


def _new_posting(offer: Offer) -> Posting:
    return Posting(
        id=random_id(),
        employer_id=offer.employer_id,
        identity_key=offer.identity_key,
        status=Status.OPEN,
        primary_offer=offer.id,
        division=offer.content["division"],
        last_confirmed_on=offer.last_confirmed_on,
        valid_through=offer.valid_through,
        valid_through_is_default=offer.valid_through_is_default,
        shared=not offer.origin,
    )


def _facts(transaction: Transaction, offer: Offer) -> dict[str, Any]:
    session, today = transaction.session, local_day(transaction.now)
    content = content_from_json(offer.content)
    source = session.get(SourceRow, offer.source)
    status = Status.OPEN if offer.valid_through >= today else Status.EXPIRED
    cluster = pairing_on(session, today).get(content.division, "")
    counts = source is not None and source.counts
    return credit_facts(content, status, counts, cluster, offer.organisation, offer.source)


def _open_posting(session: Session, id: str) -> Posting:
    posting = session.get(Posting, id)
    if posting is None:
        raise UnknownPosting(id)
    if posting.status != Status.OPEN:
        raise NotPossible(f"岗位 {id} 不在招，不能合并或拆分。")
    return posting


def _offers_of(session: Session, posting_id: str) -> list[Offer]:
    query = select(Offer).where(Offer.posting_id == posting_id)
    found = session.exec(query.order_by(col(Offer.started_on), col(Offer.id))).all()
    return sorted(found, key=lambda offer: offer.state in _OVER)


def _by_provider(offers: Iterable[Offer]) -> dict[tuple[str, str], list[Offer]]:
    found: dict[tuple[str, str], list[Offer]] = {}
    for offer in offers:
        found.setdefault((offer.source, offer.organisation), []).append(offer)
    return found


def _name_of(session: Session, organisation: str) -> str:
    known = session.get(Organisation, organisation)
    return known.name if known is not None else organisation
