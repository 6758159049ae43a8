"""Two exchanges feed each other while things happen in both and one is killed: nothing lost, passed on or counted twice."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from config.words import Status, Uncounted, WithdrawalReason
from exchange.models import Credit, Offer, OfferState, PeerChange, PeerSide, Receipt
from exchange.schemas.peers import posting_digest
from exchange.store.peers_digests import held_from, provided_to
from exchange.store.peers_listing import peer_standings
from tests.flow.conftest import Maker
from tests.flow.desk import CHANGAN, WENGYUAN, job
from tests.flow.random_events import Story
from tests.flow.two_exchanges import CITIES, Pair, Side, open_pair


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    opened = open_pair(tmp_path)
    yield opened
    opened.close()


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


@pytest.mark.parametrize(("kind", "seed"), [("sqlite", 1), ("postgresql", 2)])
def test_random_events_with_one_side_killed_now_and_then(
    tmp_path: Path, kind: str, seed: int, request: pytest.FixtureRequest
) -> None:
    urls = ("", "")
    if kind == "postgresql":
        make: Maker = request.getfixturevalue("new_postgresql_url")
        urls = (make(), make())
    pair = open_pair(tmp_path, urls)
    try:
        story = Story(pair, seed)
        story.go_on(60, pull_every=5, kill_share=0.4)
        assert story.killed
        assert_all_is_well(pair)
        assert held(pair.dongguan)
        assert held(pair.shaoguan)
    finally:
        pair.close()
