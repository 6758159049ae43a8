"""Cron lines of sources: local time, cron's own numbers of the days of the week, never the same moment twice."""

from datetime import datetime, timedelta

import pytest

from config.schedule import due_at, next_fire
from exchange.clock import LOCAL

THURSDAY = datetime(2026, 3, 12, 10, 0, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("0 3 * * *", "2026-03-13 03:00"),
        ("*/30 * * * *", "2026-03-12 10:30"),
        ("0 3 * * 0", "2026-03-15 03:00"),  # Sunday
        ("0 3 * * 7", "2026-03-15 03:00"),
        ("0 3 * * 1", "2026-03-16 03:00"),  # Monday
        ("0 3 * * 1-5", "2026-03-13 03:00"),
        ("0 3 * * 5-7", "2026-03-13 03:00"),
        ("0 3 * * 0-6", "2026-03-13 03:00"),
        ("0 3 * * 1,3", "2026-03-16 03:00"),
        ("0 3 * * 1-7/2", "2026-03-13 03:00"),
        ("0 3 * * mon-fri", "2026-03-13 03:00"),
        ("0 3 1 * *", "2026-04-01 03:00"),
    ],
)
def test_a_line_names_its_next_moment_in_local_time(line: str, wanted: str) -> None:
    assert next_fire(line, THURSDAY).astimezone(LOCAL).strftime("%Y-%m-%d %H:%M") == wanted


def test_the_moment_itself_is_over() -> None:
    slot = next_fire("0 3 * * *", THURSDAY)
    assert next_fire("0 3 * * *", slot) == slot + timedelta(days=1)
    assert next_fire("0 3 * * *", slot - timedelta(microseconds=1)) == slot


@pytest.mark.parametrize("line", ["", "0 3 * *", "0 25 * * *", "0 3 * * 8", "每天"])
def test_what_is_no_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the words are APScheduler's)
        next_fire(line, THURSDAY)


def test_due_is_the_first_time_after_the_last_run_or_since_it_is_known() -> None:
    line, day = "0 3 * * *", timedelta(days=1)
    first = next_fire(line, THURSDAY)
    assert due_at(line, THURSDAY, None) == first
    assert due_at(line, THURSDAY, THURSDAY - 5 * day) == first
    assert due_at(line, THURSDAY, first + timedelta(minutes=5)) == first + day
