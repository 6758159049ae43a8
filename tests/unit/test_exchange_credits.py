"""When a posting counts: event by event, and whatever the order of events, at most once a year."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.words import SalaryPeriod, Status, WithdrawalReason
from exchange.content import Content, Salary
from exchange.credits import CreditLine, apply_lines, credit_lines, reason_not_counted

CONTENT = Content(
    title="普工", employer="东莞市华盛电子有限公司", division="441900119", salary=Salary("5000", 5000, 5000), openings=3
)
PLACE = {
    "direction": "dg-sg",
    "division": "441900119",
    "cluster": "c01",
    "organisation": "441900119",
    "source": "dg-upload",
}
Step = tuple[str, str, int]  # event, reason (of its facts or of the withdrawal), year


def body_of(kind: str, reason: str) -> dict[str, Any]:
    if kind == "posting.withdrawn":
        return {"status": "withdrawn", "reason": reason}
    if kind in {"posting.closed", "posting.expired", "offer.ended", "offer.updated"}:
        return {"status": "closed"}
    if kind == "batch.confirmed":
        return {"carried": ["P"]}
    return {"status": "open", "facts": {**PLACE, "reason": reason, "openings": 3}}


def play(*steps: Step) -> list[CreditLine]:
    """Every credit row that these events of posting P make."""
    standing: dict[str, list[CreditLine]] = {}
    rows: list[CreditLine] = []
    for kind, reason, year in steps:
        posting = None if kind == "batch.confirmed" else "P"
        lines = credit_lines(kind, body_of(kind, reason), posting, date(year, 3, 12), standing)
        apply_lines(standing, lines)
        rows += lines
    return rows


def sums(rows: list[CreditLine]) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for row in rows:
        found[row.year, row.reason] = found.get((row.year, row.reason), 0) + row.sign
    return {key: number for key, number in found.items() if number}


CREATED = ("posting.created", "", 2026)
HELD = ("posting.created", "held", 2026)
UNPAID = ("posting.created", "incomplete.pay", 2026)


@pytest.mark.parametrize(
    ("steps", "due"),
    [
        ([CREATED], {(2026, ""): 1}),
        ([HELD], {(2026, "held"): 1}),
        ([HELD, ("posting.released", "", 2026)], {(2026, ""): 1}),
        ([HELD, ("posting.released", "", 2027)], {(2027, ""): 1}),
        ([HELD, ("posting.released", "incomplete.pay", 2026)], {(2026, "incomplete.pay"): 1}),
        ([CREATED, ("posting.updated", "", 2026)], {(2026, ""): 1}),
        ([CREATED, ("posting.updated", "incomplete.pay", 2026)], {(2026, ""): 1}),
        ([CREATED, ("posting.updated", "", 2027)], {(2026, ""): 1}),
        ([UNPAID, ("posting.updated", "", 2026)], {(2026, ""): 1}),
        ([UNPAID, ("posting.updated", "incomplete.openings", 2026)], {(2026, "incomplete.openings"): 1}),
        ([UNPAID, ("posting.updated", "incomplete.pay", 2026)], {(2026, "incomplete.pay"): 1}),
        ([CREATED, ("posting.held", "held", 2026)], {(2026, ""): 1}),
        ([CREATED, ("posting.held", "held", 2026), ("posting.released", "", 2026)], {(2026, ""): 1}),
        ([CREATED, ("posting.closed", "", 2026)], {(2026, ""): 1}),
        ([CREATED, ("posting.expired", "", 2026), ("posting.reopened", "", 2026)], {(2026, ""): 1}),
        ([CREATED, ("posting.expired", "", 2026), ("posting.reopened", "", 2027)], {(2026, ""): 1, (2027, ""): 1}),
        ([CREATED, ("offer.added", "duplicate", 2026)], {(2026, ""): 1, (2026, "duplicate"): 1}),
        ([CREATED, ("posting.withdrawn", "虚假", 2027)], {(2026, "withdrawn"): 1}),
        ([CREATED, ("posting.withdrawn", "单位要求", 2026)], {(2026, ""): 1}),
        ([CREATED, ("posting.withdrawn", "误报", 2026), ("posting.reopened", "", 2026)], {(2026, ""): 1}),
        (
            [CREATED, ("posting.withdrawn", "误报", 2026), ("posting.reopened", "", 2027)],
            {(2026, "withdrawn"): 1, (2027, ""): 1},
        ),
        ([CREATED, ("batch.confirmed", "", 2027)], {(2026, ""): 1, (2027, "carried"): 1}),
        (
            [CREATED, ("batch.confirmed", "", 2027), ("posting.withdrawn", "无效", 2027)],
            {(2026, "withdrawn"): 1},
        ),
        (
            [CREATED, ("batch.confirmed", "", 2027), ("posting.expired", "", 2027), ("posting.reopened", "", 2027)],
            {(2026, ""): 1, (2027, ""): 1},
        ),
    ],
)
def test_what_events_do_to_the_count(steps: list[Step], due: dict[tuple[int, str], int]) -> None:
    assert sums(play(*steps)) == due


@pytest.mark.parametrize("reason", list(WithdrawalReason))
def test_four_reasons_reverse(reason: WithdrawalReason) -> None:
    rows = play(CREATED, ("posting.withdrawn", reason, 2026))
    reverses = {"无效", "虚假", "重复", "误报"}
    assert sums(rows) == ({(2026, "withdrawn"): 1} if reason in reverses else {(2026, ""): 1})


def test_a_reversal_repeats_what_it_reverses() -> None:
    """It belongs to the month, place and organisation of the credit, so that every sum goes back to what it was."""
    rows = play(CREATED, ("posting.withdrawn", "虚假", 2027))
    assert rows[1] == replace(rows[0], sign=-1)


STEPS = st.one_of(
    st.tuples(
        st.sampled_from(["posting.updated", "posting.reopened", "posting.held", "posting.released"]),
        st.sampled_from(["", "held", "incomplete.pay", "incomplete.openings", "validity.past"]),
    ),
    st.tuples(st.just("offer.added"), st.just("duplicate")),
    st.tuples(st.just("posting.withdrawn"), st.sampled_from([str(reason) for reason in WithdrawalReason])),
    st.tuples(st.sampled_from(["posting.closed", "posting.expired", "offer.ended"]), st.just("")),
    st.tuples(st.just("confirm"), st.just("")),
)


@given(st.lists(st.tuples(STEPS, st.integers(0, 1)), max_size=25), st.sampled_from(["", "held", "incomplete.pay"]))
def test_whatever_happens_a_posting_counts_at_most_once_a_year(
    steps: list[tuple[tuple[str, str], int]], first: str
) -> None:
    standing: dict[str, list[CreditLine]] = {}
    rows: list[CreditLine] = []
    year = 2026
    for (kind, reason), later in [(("posting.created", first), 0), *steps]:
        year += later
        if kind == "confirm":  # the store names as carried only what was counted before and neither this year
            mine = standing["P"]
            counted = {row.year for row in mine if row.reason == ""}
            if not counted or year in counted or any(r.reason == "carried" and r.year == year for r in mine):
                continue
            kind = "batch.confirmed"
        posting = None if kind == "batch.confirmed" else "P"
        lines = credit_lines(kind, body_of(kind, reason), posting, date(year, 3, 12), standing)
        keys = [(line.posting_id, line.year, line.reason) for line in lines]
        assert len(keys) == len(set(keys))  # one row of a kind in one event: they share its sequence number
        apply_lines(standing, lines)
        rows += lines
        total = sums(rows)
        assert all(
            number in {0, 1} for (_, why), number in total.items() if why in {"", "carried", "withdrawn", "held"}
        )
        counted_years = {y for y, why in total if why == ""}
        assert not counted_years & {y for y, why in total if why == "carried"}
        assert sums([row for held in standing.values() for row in held]) == total


@pytest.mark.parametrize(
    ("changes", "status", "source_counts", "reason"),
    [
        ({}, Status.OPEN, True, ""),
        ({}, Status.HELD, True, "held"),
        ({}, Status.EXPIRED, True, "validity.past"),
        ({}, Status.OPEN, False, "source.not_counting"),
        ({"openings": None}, Status.OPEN, True, "incomplete.openings"),
        ({"openings": None, "openings_text": "若干"}, Status.OPEN, True, ""),
        ({"openings": None, "openings_text": "详询"}, Status.OPEN, True, "incomplete.openings"),
        ({"salary": Salary()}, Status.OPEN, True, "incomplete.pay"),
        ({"salary": Salary("面议", negotiable=True)}, Status.OPEN, True, ""),
        ({"salary": Salary("计件", period=SalaryPeriod.PIECE)}, Status.OPEN, True, ""),
        ({"salary": Salary("3千及以下", max=3000)}, Status.OPEN, True, ""),
        ({"salary": Salary(), "openings": None}, Status.HELD, False, "held"),
    ],
)
def test_why_a_posting_does_not_count(
    changes: dict[str, Any], status: Status, source_counts: bool, reason: str
) -> None:
    assert reason_not_counted(replace(CONTENT, **changes), status, source_counts) == reason
