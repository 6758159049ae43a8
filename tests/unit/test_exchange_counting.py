"""Goal, done, pace and forecast as plain arithmetic."""

from datetime import date, timedelta

from config.targets import Commitment, Pace
from config.words import Direction
from exchange.counting import count_commitment, forecast, percent

GOAL = Commitment(
    code="postings-dg-sg",
    name="东莞向韶关提供岗位信息",
    direction=Direction.DG_SG,
    unit="postings",
    goal=10_000,
    year=2026,
    pace=Pace.EVEN,
    count_carried=False,
    monthly_shares=(),
)


def even(up_to: date, each: int = 10) -> dict[date, int]:
    first = date(2026, 1, 1)
    return {first + timedelta(day): each for day in range((up_to - first).days + 1)}


def test_percent_has_one_digit() -> None:
    assert percent(7312, 10_000) == 73.1
    assert percent(5, 0) == 0.0


def test_carried_is_added_only_where_the_commitment_says_so() -> None:
    day = date(2026, 7, 2)
    without = count_commitment(GOAL, 100, 30, 500, day, {})
    assert (without.counted, without.of_which_carried, without.openings) == (100, 0, 500)
    counting = Commitment(**{name: getattr(GOAL, name) for name in GOAL.__slots__} | {"count_carried": True})
    carried = count_commitment(counting, 100, 30, 500, day, {})
    assert (carried.counted, carried.of_which_carried) == (130, 30)


def test_pace_and_lead() -> None:
    counted = count_commitment(GOAL, 6000, 0, 0, date(2026, 7, 2), {})
    assert 4_980 <= counted.expected_by_now <= 5_020
    assert counted.lead > 9


def test_an_even_year_is_forecast_to_go_on() -> None:
    day = date(2026, 6, 30)
    expected = forecast(1810, day, 2026, even(day))
    assert expected is not None
    assert 3_600 <= expected.value <= 3_700
    assert expected.low <= expected.value <= expected.high


def test_there_is_no_forecast_from_a_few_days_or_for_another_year() -> None:
    day = date(2026, 1, 10)
    assert forecast(100, day, 2026, even(day)) is None
    assert forecast(100, date(2027, 3, 1), 2026, even(date(2026, 12, 31))) is None
    assert forecast(0, date(2026, 6, 1), 2026, {}) is None


def test_a_forecast_never_falls_below_what_is_done() -> None:
    day = date(2026, 12, 1)
    uneven = {day - timedelta(days=number): number % 7 * 40 for number in range(60)}
    expected = forecast(5000, day, 2026, uneven)
    assert expected is not None
    assert expected.low >= 5000
