"""Paces: even, by months, and as last year came in; whole fairs only; states from thresholds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from config.commitments import parse_thresholds
from config.errors import ConfigurationError
from config.targets import Commitment, CountedBy, Pace, Scope, Thresholds
from config.words import Direction
from exchange.paces import WITHOUT_LAST_YEAR, expectation, year_shape
from exchange.standings import Done, State, standing, state_of

POSTINGS = Commitment("postings-dg-sg", "岗位", Direction.DG_SG, "postings", 1_000, 2026, Pace.LAST_YEAR)
FAIRS = Commitment("fairs", "对接会", None, "fairs", 1, 2026, counted_by=CountedBy.FAIRS, scope=Scope.CLUSTER)
REPORTS = replace(
    FAIRS, code="reports", goal=4, pace=Pace.MONTHLY, monthly_shares=(0, 0, 25.0, 0, 0, 25.0, 0, 0, 25.0, 0, 0, 25.0)
)


def test_last_years_shape_is_followed_day_by_day() -> None:
    shape = year_shape({date(2025, 1, 10): 100, date(2025, 6, 30): 300, date(2025, 12, 31): 600}, 2025)
    assert shape is not None
    days = [date(2026, 1, 9), date(2026, 1, 10), date(2026, 6, 29), date(2026, 6, 30), date(2026, 12, 31)]
    assert [expectation(POSTINGS, 1_000, day, shape).amount for day in days] == [0, 100, 100, 400, 1_000]
    assert expectation(POSTINGS, 1_000, date(2027, 1, 1), shape).amount == 1_000
    assert shape.share_by(date(2028, 2, 29)) == 0.1


@pytest.mark.parametrize("daily", [{}, {date(2025, 9, 1): 500}, {date(2025, 1, 5): 5, date(2025, 1, 6): -5}])
def test_without_a_whole_last_year_it_is_even_and_says_so(daily: dict[date, int]) -> None:
    found = expectation(POSTINGS, 365, date(2026, 1, 31), year_shape(daily, 2025))
    assert (found.amount, found.words) == (31, WITHOUT_LAST_YEAR)


def test_a_day_of_corrections_never_lowers_what_is_expected() -> None:
    shape = year_shape({date(2025, 1, 1): 10, date(2025, 3, 1): -5, date(2025, 12, 1): 15}, 2025)
    assert shape is not None
    assert list(shape.shares) == sorted(shape.shares)


def test_only_whole_fairs_and_reports_are_expected() -> None:
    assert [expectation(FAIRS, 1, day).amount for day in (date(2026, 12, 30), date(2026, 12, 31))] == [0, 1]
    ends = [date(2026, month, 1) - timedelta(1) for month in (4, 7, 10)] + [date(2026, 12, 31)]
    assert [expectation(REPORTS, 4, end).amount for end in ends] == [1, 2, 3, 4]
    assert [expectation(REPORTS, 4, end - timedelta(1)).amount for end in ends] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("done", "expected", "day", "state"),
    [
        (1_000, 900, date(2026, 11, 1), State.DONE),
        (999, 1_000, date(2027, 1, 1), State.OVERDUE),
        (530, 500, date(2026, 7, 1), State.AHEAD),
        (519, 500, date(2026, 7, 1), State.ON_PACE),
        (481, 500, date(2026, 7, 1), State.ON_PACE),
        (480, 500, date(2026, 7, 1), State.BEHIND),
    ],
)
def test_states_follow_from_the_thresholds(done: int, expected: int, day: date, state: State) -> None:
    assert state_of(done, 1_000, expected, day, date(2026, 12, 31), Thresholds(2, 2)) is state


def test_surplus_of_one_member_makes_up_for_no_other() -> None:
    done = {"c01": Done(0, 5), "c02": Done(0, 0), "gone": Done(0, 2)}
    found = standing(FAIRS, {"c01": "甲", "c02": "乙"}, done, date(2026, 12, 31), Thresholds())
    assert (found.goal, found.done, found.fulfilled, found.expected, found.percent) == (2, 7, 1, 2, 50.0)
    assert found.state is State.BEHIND
    assert [member.member for member in found.missing] == ["c02"]


def test_thresholds_are_read_and_faults_named() -> None:
    assert parse_thresholds("[standing]\nahead = 5", "c.toml") == Thresholds(5, 2)
    assert parse_thresholds("", "c.toml") == Thresholds()
    for text in ("[standing]\nahead = -1", "[standing]\nbehind = true", "[standing]\nover = 1", "standing = 3"):
        with pytest.raises(ConfigurationError, match=r"c\.toml \[standing\]"):
            parse_thresholds(text, "c.toml")
