"""What must hold of two exchanges that have fed each other, worked out from their rows and not from what they say.

In: a `Pair`. Out: nothing, or an AssertionError.
"""

from collections import Counter
from typing import Any

from sqlmodel import col, select

from config.words import Uncounted
from exchange.models import Credit, Offer, OfferState, PeerChange, PeerSide, Receipt
from exchange.store.peers_digests import provided_to
from exchange.store.peers_listing import peer_standings
from tests.flow.two_exchanges import CITIES, Pair, Side


def held(side: Side) -> dict[str, Offer]:
    """The peer's id → the offer by which we show it."""
    with side.desk.exchange.store.read() as session:
        query = select(Offer).where(Offer.source == "peer", Offer.state == OfferState.LIVE)
        return {offer.reference: offer for offer in session.exec(query)}


def changes(side: Side, which: PeerSide) -> dict[int, PeerChange]:
    with side.desk.exchange.store.read() as session:
        query = select(PeerChange).where(PeerChange.side == which, PeerChange.outcome != Receipt.REPLACED)
        return {change.sequence: change for change in session.exec(query)}


def assert_receipts_add_up(provider: Side, receiver: Side) -> None:
    """What was sent is what was accepted, refused with a reason, or pending, and both sides say the same of each."""
    sent, received = changes(provider, PeerSide.SENT), changes(receiver, PeerSide.RECEIVED)
    assert {seq: (c.posting_id, c.outcome, c.problems) for seq, c in sent.items() if c.latest} == {
        seq: (c.posting_id, c.outcome, c.problems) for seq, c in received.items() if c.latest
    }
    assert all(change.outcome for change in sent.values())
    assert all(change.problems for change in sent.values() if change.outcome == Receipt.REFUSED)
    with provider.desk.exchange.store.read() as session:
        (standing,) = peer_standings(session)
    counted = standing.sides[PeerSide.SENT].outcomes
    assert standing.sides[PeerSide.SENT].total == len(sent)
    assert counted["accepted"] + counted["refused"] + counted["pending"] == len(sent)


def assert_copies_agree(provider: Side, receiver: Side) -> None:
    """Field by field, whatever the digests say."""
    peer = CITIES[receiver.place.city][1]
    with provider.desk.exchange.store.read() as session:
        provided = set(provided_to(session, peer, provider.place.city, provider.desk.exchange.today))
    with provider.desk.exchange.store.read() as session:
        query = select(Offer).where(col(Offer.posting_id).in_(provided), Offer.origin == "")
        live = [offer for offer in session.exec(query) if offer.state == OfferState.LIVE]
    ours = {(offer.posting_id, _words(offer)) for offer in live}
    copies = held(receiver)
    assert set(copies) == provided
    assert {(id, _words(copy)) for id, copy in copies.items()} <= ours


def _words(offer: Offer) -> tuple[Any, ...]:
    content = offer.content
    salary = content["salary"]
    pay = (salary["min"], salary["max"], salary["period"], salary["negotiable"])
    said = None if offer.valid_through_is_default else offer.valid_through
    return (content["title"], content["employer"], content["division"], content["openings"], pay, said)


def assert_nothing_is_counted_twice(side: Side) -> None:
    with side.desk.exchange.store.read() as session:
        credits = session.exec(select(Credit)).all()
    sums: Counter[tuple[str, int]] = Counter()
    for credit in credits:
        if credit.reason == "":
            sums[credit.posting_id, credit.year] += credit.sign
            assert credit.source != "peer", "a receiver has credited"
    assert set(sums.values()) <= {0, 1}
    apart = {Uncounted.SOURCE_NOT_COUNTING, Uncounted.DUPLICATE, Uncounted.HELD, Uncounted.WITHDRAWN}
    assert {credit.reason for credit in credits if credit.source == "peer"} <= apart


def assert_all_is_well(pair: Pair) -> None:
    pair.settle()
    for side in pair.sides:
        found = side.ask("compare")
        assert found.agrees, found.differences
    for provider, receiver in (pair.sides, pair.sides[::-1]):
        assert_receipts_add_up(provider, receiver)
        assert_copies_agree(provider, receiver)
        assert_nothing_is_counted_twice(receiver)
        assert provider.desk.differences() == []
