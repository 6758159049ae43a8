"""API: commitments and clusters in the shapes of `guanshao count --json`."""

from datetime import datetime
from typing import Any

from config.words import WithdrawalReason
from exchange.schemas.counting import ClustersSchema, CommitmentsSchema, CountSchema, count_to_json
from exchange.store.counting import count
from exchange.store.decisions import withdraw_posting

COMMITMENT_KEYS = {
    "code", "name", "direction", "unit", "goal", "counted", "of_which_carried", "openings", "percent",
    "expected_by_now", "forecast",
}  # fmt: skip


def test_the_commitments_of_this_year(living: Any) -> None:
    answer = living.api("/commitments")
    assert set(answer) == {"year", "as_of", "ledger_sequence", "commitments"}
    assert [c["code"] for c in answer["commitments"]] == ["postings-dg-sg", "postings-sg-dg"]
    assert all(set(c) == COMMITMENT_KEYS for c in answer["commitments"])
    assert [c["counted"] for c in answer["commitments"]] == [7, 3]
    assert answer["year"] == living.exchange.today.year
    assert datetime.fromisoformat(answer["as_of"]).utcoffset() is not None
    CommitmentsSchema().load(answer)


def test_another_year_has_its_own_counts(living: Any) -> None:
    assert [c["counted"] for c in living.api("/commitments?year=2023")["commitments"]] == [0, 0]
    assert living.api("/commitments?year=2001")["commitments"] == []


def test_the_clusters_with_those_in_none(living: Any) -> None:
    answer = living.api("/clusters")
    clusters = answer["clusters"]
    assert set(clusters[0]) == {"cluster", "name", "direction", "goal", "postings", "openings"}
    assert {c["name"] for c in clusters if c["cluster"] == "unassigned"} == {"未归组团"}
    assert sum(c["postings"] for c in clusters if c["direction"] == "dg-sg") == 7
    ClustersSchema().load(answer)


def test_the_count_as_a_whole_has_the_shape_of_the_command(living: Any) -> None:
    with living.exchange.store.read() as session:
        plain = count_to_json(count(session, living.exchange.today.year, living.exchange.store.clock()))
    assert set(plain) == {"year", "as_of", "ledger_sequence", "commitments", "clusters", "uncounted"}
    assert plain["uncounted"] == {"held": 1, "incomplete.openings": 1}
    CountSchema().load(plain)


def test_the_counts_follow_the_ledger_at_once(own: Any) -> None:
    """They are kept between requests, but never beyond the event that changes them."""
    assert own.api("/commitments")["commitments"][0]["counted"] == 7
    with own.exchange.store.write(actor="test") as transaction:
        withdraw_posting(transaction, own.id_of("保安"), WithdrawalReason.FALSE)
    answer = own.api("/commitments")
    assert answer["commitments"][0]["counted"] == 6
    assert "6 / 10,000" in own.pages.get("/targets").text
    again = own.api("/commitments")
    assert again["ledger_sequence"] == answer["ledger_sequence"]
    assert again["as_of"] >= answer["as_of"]
