"""Comparing: which offer a row is, and what its outcome is, without any database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.words import Outcome
from exchange.models import OfferState
from ingest.compare import Action, Candidate, Decision, KnownOffer, decide
from ingest.duplicates.matching import Match

ROW = Candidate(
    position=1, sheet=None, row=2, reference="", platform_id="", identity_key="i1", content_hash="h1",
    rejected=False, breached=False, past=False,
)  # fmt: skip
OFFER = KnownOffer("O1", "P1", "", "i1", "h1", OfferState.LIVE, False)


def row(position: int = 1, **changes: Any) -> Candidate:
    return replace(ROW, position=position, row=position + 1, **changes)


def compare(
    *rows: Candidate, own: Sequence[KnownOffer] = (), elsewhere: Mapping[str, str] | None = None
) -> list[Decision]:
    """`elsewhere`: identity → posting of others."""

    def find(candidates: Sequence[Candidate], leaving: Sequence[str]) -> dict[int, Match]:
        known = elsewhere or {}
        return {c.position: Match(known[c.identity_key]) for c in candidates if c.identity_key in known}

    return decide(rows, own, find)


@pytest.mark.parametrize(
    ("changes", "offer", "outcome", "action"),
    [
        ({}, {}, Outcome.UNCHANGED, Action.KEEP),
        ({"content_hash": "h2"}, {}, Outcome.UPDATED, Action.UPDATE),
        ({"content_hash": "h2", "breached": True}, {}, Outcome.HELD, Action.HOLD),
        ({"breached": True}, {"state": OfferState.HELD}, Outcome.HELD, Action.KEEP),
        ({"breached": True}, {}, Outcome.UNCHANGED, Action.KEEP),  # a reviewer has released just these words
        ({"content_hash": "h2"}, {"state": OfferState.HELD}, Outcome.UPDATED, Action.UPDATE),
        ({}, {"state": OfferState.ENDED}, Outcome.UPDATED, Action.REOPEN),
        ({"past": True}, {"state": OfferState.ENDED}, Outcome.UNCHANGED, Action.NOTHING),
        ({"breached": True}, {"state": OfferState.ENDED}, Outcome.HELD, Action.HOLD),
        ({}, {"state": OfferState.ENDED, "status": "withdrawn"}, Outcome.UNCHANGED, Action.NOTHING),
        ({"content_hash": "h2"}, {"state": OfferState.ENDED, "status": "withdrawn"}, Outcome.UPDATED, Action.REOPEN),
        ({}, {"joined": True}, Outcome.DUPLICATE, Action.KEEP),
        ({"content_hash": "h2"}, {"joined": True}, Outcome.DUPLICATE, Action.UPDATE),
    ],
)
def test_a_known_row(changes: dict[str, Any], offer: dict[str, Any], outcome: Outcome, action: Action) -> None:
    (decision,) = compare(row(**changes), own=[replace(OFFER, **offer)])
    assert (decision.outcome, decision.action, decision.posting_id, decision.offer_id) == (outcome, action, "P1", "O1")


def test_a_new_row() -> None:
    (created,) = compare(row())
    assert (created.outcome, created.action, created.posting_id) == (Outcome.CREATED, Action.CREATE, None)
    (joined,) = compare(row(), elsewhere={"i1": "P9"})
    assert (joined.outcome, joined.action, joined.duplicate_of) == (Outcome.DUPLICATE, Action.JOIN, "P9")
    (held,) = compare(row(breached=True), elsewhere={"i1": "P9"})
    assert (held.outcome, held.action, held.posting_id) == (Outcome.HELD, Action.CREATE, None)
    (rejected,) = compare(row(rejected=True), own=[OFFER])
    assert (rejected.outcome, rejected.action, rejected.posting_id) == (Outcome.REJECTED, Action.NOTHING, None)


def test_a_reference_comes_before_content_and_content_before_identity() -> None:
    own = [
        OFFER,
        replace(OFFER, id="O2", posting_id="P2", reference="R2", identity_key="i2", content_hash="h2"),
        replace(OFFER, id="O3", posting_id="P3", identity_key="i3", content_hash="h3"),
    ]
    by_reference = compare(row(reference="R2", identity_key="i1", content_hash="h1"), own=own)[0]
    by_content = compare(row(identity_key="i1", content_hash="h3"), own=own)[0]
    by_identity = compare(row(identity_key="i3", content_hash="h9"), own=own)[0]
    by_number = compare(row(platform_id="P3", reference="R2"), own=own)[0]
    assert [d.offer_id for d in (by_reference, by_content, by_identity, by_number)] == ["O2", "O3", "O3", "O3"]


def test_an_offer_is_matched_once() -> None:
    rows = [row(1, reference="R1"), row(2, reference="R2", identity_key="i2")]
    own = [
        replace(OFFER, reference="R1"),
        replace(OFFER, id="O2", posting_id="P2", identity_key="i2", content_hash="h1"),
    ]
    assert [decision.offer_id for decision in compare(*rows, own=own)] == ["O1", "O2"]


def test_rows_that_meet_name_the_first() -> None:
    rows = [
        row(1, sheet="一"),
        row(2, sheet="一"),
        row(3, sheet="二", identity_key="i2", reference="R"),
        row(4, reference="R", identity_key="i3"),
    ]
    found = compare(*rows)
    assert [decision.outcome for decision in found] == ["created", "duplicate", "created", "duplicate"]
    assert [decision.duplicate_of for decision in found] == ["", "row:一!2", "", "row:二!4"]


def test_a_refused_row_is_nobodys_twin() -> None:
    found = compare(row(1, rejected=True), row(2))
    assert [decision.outcome for decision in found] == ["rejected", "created"]


def test_a_lawful_row_and_its_unlawful_twin_do_not_meet() -> None:
    found = compare(row(1, breached=True, content_hash="h0"), row(2), own=[OFFER])
    assert [(decision.outcome, decision.offer_id) for decision in found] == [("held", None), ("unchanged", "O1")]


def test_a_copy_that_becomes_another_job_leaves_the_posting() -> None:
    own = [replace(OFFER, reference="R1", joined=True)]
    (alone,) = compare(row(reference="R1", identity_key="i2", content_hash="h2"), own=own)
    assert (alone.outcome, alone.action, alone.posting_id, alone.offer_id) == ("created", "create", None, "O1")
    (other,) = compare(row(reference="R1", identity_key="i2", content_hash="h2"), own=own, elsewhere={"i2": "P7"})
    assert (other.outcome, other.action, other.posting_id, other.offer_id) == ("duplicate", "join", "P7", "O1")


KEYS = st.sampled_from(["", "a", "b", "c"])
ROWS = st.builds(
    replace,
    st.just(ROW),
    reference=KEYS,
    platform_id=st.sampled_from(["", "", "P0", "P1", "P2"]),
    identity_key=st.sampled_from(["ia", "ib", "ic"]),
    content_hash=st.sampled_from(["ha", "hb", "hc"]),
    rejected=st.booleans(),
    breached=st.booleans(),
    past=st.booleans(),
)
OFFERS = st.builds(
    replace,
    st.just(OFFER),
    reference=KEYS,
    identity_key=st.sampled_from(["ia", "ib", "ic"]),
    content_hash=st.sampled_from(["ha", "hb", "hc"]),
    state=st.sampled_from([OfferState.LIVE, OfferState.HELD, OfferState.ENDED]),
    joined=st.booleans(),
)


@given(st.lists(ROWS, max_size=8), st.lists(OFFERS, max_size=4))
def test_every_row_has_one_word_and_no_offer_serves_two(rows: list[Candidate], offers: list[KnownOffer]) -> None:
    placed = [replace(one, position=at, row=at + 1) for at, one in enumerate(rows, 1)]
    own = [replace(one, id=f"O{at}", posting_id=f"P{at}") for at, one in enumerate(offers)]
    found = compare(*placed, own=own, elsewhere={"ia": "P9"})
    assert [decision.position for decision in found] == [one.position for one in placed]
    used = [decision.offer_id for decision in found if decision.offer_id]
    assert len(used) == len(set(used))
    for decision, candidate in zip(found, placed, strict=True):
        assert (decision.outcome == Outcome.REJECTED) == candidate.rejected
        assert (decision.outcome == Outcome.DUPLICATE) == bool(decision.duplicate_of)
