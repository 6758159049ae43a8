"""Periods of the calendar in local time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from exchange.clock import LOCAL
from exchange.periods import PeriodKind, ended_periods, last_ended, period_at, period_named

TURN = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # midnight of the new year in both cities


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (PeriodKind.HOUR, "2026-12-31T23", "2027-01-01T00"),
        (PeriodKind.DAY, "2026-12-31", "2027-01-01"),
        (PeriodKind.MONTH, "2026-12", "2027-01"),
        (PeriodKind.QUARTER, "2026-Q4", "2027-Q1"),
        (PeriodKind.HALF, "2026-H2", "2027-H1"),
        (PeriodKind.YEAR, "2026", "2027"),
    ],
)
def test_the_local_midnight_parts_them(kind: PeriodKind, before: str, after: str) -> None:
    ended = last_ended(kind, TURN)
    assert (ended.name, ended.end, ended.last) == (before, TURN, date(2026, 12, 31))
    assert period_at(kind, TURN).name == after
    assert period_at(kind, TURN - timedelta(microseconds=1)) == ended


def test_those_that_are_over_come_in_order() -> None:
    since, now = datetime(2026, 2, 10, tzinfo=LOCAL), datetime(2026, 7, 1, tzinfo=LOCAL)
    names = {kind: [p.name for p in ended_periods(kind, since, now)] for kind in PeriodKind if kind != "now"}
    assert names[PeriodKind.QUARTER] == ["2026-Q1", "2026-Q2"]
    assert names[PeriodKind.HALF] == ["2026-H1"]
    assert names[PeriodKind.YEAR] == []
    assert names[PeriodKind.MONTH] == [f"2026-{month:02d}" for month in range(2, 7)]
    assert len(names[PeriodKind.DAY]) == (now - since).days


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_a_name_is_read_back(name: str, first: date, last: date) -> None:
    period = period_named(name)
    assert (period.name, period.first, period.last) == (name, first, last)


@pytest.mark.parametrize("name", ["2026-Q5", "2026-13", "26", "", "2026-Q1-H1"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="month"):
        period_named(name)
