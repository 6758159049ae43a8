"""The local day is computed in one place, and the machine's own time zone does not matter."""

import time
from datetime import UTC, date, datetime

from exchange.clock import iso, local_day


def test_the_new_year_begins_at_local_midnight() -> None:
    assert local_day(datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert local_day(datetime(2026, 12, 31, 16, 30, tzinfo=UTC)) == date(2027, 1, 1)


def test_moments_are_shown_with_the_local_offset() -> None:
    assert iso(datetime(2026, 12, 31, 16, 30, 5, 999, tzinfo=UTC)) == "2027-01-01T00:30:05+08:00"


def test_the_tests_run_in_another_time_zone() -> None:
    assert time.timezone != -8 * 3600
