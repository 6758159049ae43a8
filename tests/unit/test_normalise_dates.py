"""The validity cell in all its forms."""

from datetime import date

import pytest

from ingest.normalise.dates import read_validity

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("2026-03-05", date(2026, 3, 5)),
        ("2026.3.5", date(2026, 3, 5)),
        ("2026/3/5", date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("２０２６年３月５日", date(2026, 3, 5)),
        ("2026-03-05 00:00:00", date(2026, 3, 5)),
        ("20260305", date(2026, 3, 5)),
        ("46086", date(2026, 3, 5)),
        ("46086.0", date(2026, 3, 5)),
        ("3月5日", date(2026, 3, 5)),
        ("6.30", date(2026, 6, 30)),
        ("12月31日", date(2026, 12, 31)),
        ("有效期至2026年5月1日", date(2026, 5, 1)),
        ("2026.3.1-2026.4.30", date(2026, 4, 30)),
        ("2026年3月1日至4月30日", date(2026, 4, 30)),
        ("2026年6月底", date(2026, 6, 30)),
        ("3个月", date(2026, 5, 31)),
        ("30天", date(2026, 4, 1)),
        ("三个月内有效", date(2026, 5, 31)),
    ],
)
def test_days_to_come(text, until):
    reading = read_validity(text, TODAY)
    assert (reading.until, reading.code) == (until, "")


def test_a_day_without_a_year_reaches_into_the_next_one():
    assert read_validity("3月5日", date(2026, 11, 24)).until == date(2027, 3, 5)


@pytest.mark.parametrize("text", ["", "—", "长期有效", "招满为止", "长期", "不限"])
def test_no_stated_end_takes_the_default(text):
    reading = read_validity(text, TODAY)
    assert (reading.until, reading.code) == (None, "")


@pytest.mark.parametrize("text", ["2026-03-01", "2025年12月31日", "1月5日", "45000"])
def test_days_gone_by(text):
    reading = read_validity(text, TODAY)
    assert reading.code == "validity.past"
    assert reading.until < TODAY


@pytest.mark.parametrize("text", ["2026-13-45", "2026-02-30", "见通知", "abc", "99999"])
def test_what_is_no_day_is_unreadable(text):
    reading = read_validity(text, TODAY)
    assert (reading.until, reading.code) == (None, "validity.unreadable")
