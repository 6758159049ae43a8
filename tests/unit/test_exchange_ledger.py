"""The canonical text of the ledger: the same facts always give the same bytes, and any change gives others."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from exchange.identifiers import derived_id, random_id
from exchange.ledger import FIRST_HASH, canonical, digest, moment_text, page_hash
from exchange.models import Credit, Event

NOON = datetime(2026, 3, 12, 4, 0, tzinfo=UTC)


def event(**changes: object) -> Event:
    facts = {"sequence": 1, "at": NOON, "kind": "posting.created", "posting_id": "P", "batch_id": "B", "body": "{}"}
    return Event(**{**facts, "organisation": "441900", "actor": "a", **changes})


def credit(**changes: object) -> Credit:
    facts = {"sequence": 1, "posting_id": "P", "year": 2026, "reason": "", "sign": 1, "month": 3, "direction": "dg-sg"}
    more = {"division": "441900119", "cluster": "c01", "openings": 3, "organisation": "441900", "source": "dg-upload"}
    return Credit(**{**facts, **more, **changes})


def test_order_of_keys_and_blanks_do_not_matter() -> None:
    assert canonical({"b": [1, "莞"], "a": None}) == '{"a":null,"b":[1,"莞"]}'
    assert digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1})


def test_a_moment_is_written_the_same_from_every_time_zone() -> None:
    local = NOON.astimezone(timezone(timedelta(hours=8)))
    assert moment_text(local) == moment_text(NOON) == "2026-03-12T04:00:00.000000+00:00"


def test_the_hash_of_a_page_does_not_depend_on_the_order_of_its_credits() -> None:
    credits = [credit(), credit(posting_id="Q"), credit(reason="carried", year=2027)]
    assert page_hash(FIRST_HASH, [event()], credits) == page_hash(FIRST_HASH, [event()], credits[::-1])


@pytest.mark.parametrize(
    "changes",
    [{"sequence": 2}, {"at": NOON + timedelta(microseconds=1)}, {"kind": "x"}, {"posting_id": None}, {"batch_id": "C"},
     {"organisation": ""}, {"actor": "b"}, {"body": "{ }"}],
)  # fmt: skip
def test_every_word_of_an_event_is_in_the_hash(changes: dict[str, object]) -> None:
    assert page_hash(FIRST_HASH, [event(**changes)], []) != page_hash(FIRST_HASH, [event()], [])


@pytest.mark.parametrize("name", list(Credit.model_fields))
def test_every_word_of_a_credit_is_in_the_hash(name: str) -> None:
    value = getattr(credit(), name)
    changed = credit(**{name: value + 1 if isinstance(value, int) else value + "x"})
    assert page_hash(FIRST_HASH, [event()], [changed]) != page_hash(FIRST_HASH, [event()], [credit()])


def test_the_page_before_is_in_the_hash() -> None:
    assert page_hash("1" * 64, [event()], []) != page_hash(FIRST_HASH, [event()], [])


def test_an_id_can_be_read_over_the_phone_and_is_made_again_the_same() -> None:
    known = derived_id("posting", "BATCH", 7)
    assert known == derived_id("posting", "BATCH", 7) != derived_id("posting", "BATCH", 8)
    for one in (known, random_id()):
        assert len(one) == 12
        assert set(one) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert random_id() != random_id()
