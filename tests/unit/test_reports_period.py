"""Quarters, halves and years: their days, their names, which of them are over, what they are compared with."""

from datetime import date, datetime, time

import pytest

from exchange.clock import LOCAL
from exchange.periods import Period, PeriodKind, last_ended, period_of
from exchange.reports.period import REPORTED, Subject
from exchange.reports.states import ReportState, Step, state_after

Q, H, Y = PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR


@pytest.mark.parametrize(
    ("period", "first", "last", "name", "code"),
    [
        (period_of(2026, Q, 1), date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度", "2026Q1"),
        (period_of(2026, Q, 4), date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度", "2026Q4"),
        (period_of(2024, H, 1), date(2024, 1, 1), date(2024, 6, 30), "2024年上半年", "2024H1"),
        (period_of(2024, Y), date(2024, 1, 1), date(2024, 12, 31), "2024年", "2024"),
    ],
)
def test_a_period_knows_its_days_and_its_name(period: Period, first: date, last: date, name: str, code: str) -> None:
    assert (period.first, period.last, period.words, period.code) == (first, last, name, code)


def test_it_ends_at_local_midnight() -> None:
    assert period_of(2026, Q, 4).end.isoformat() == "2027-01-01T00:00:00+08:00"


@pytest.mark.parametrize(("kind", "number"), [(Q, 5), (Q, 0), (H, 3), (Y, 2)])
def test_there_is_no_fifth_quarter(kind: PeriodKind, number: int) -> None:
    with pytest.raises(ValueError, match="has no"):
        period_of(2026, kind, number)


def test_the_one_before_may_be_last_years() -> None:
    assert period_of(2026, Q, 1).before == period_of(2025, Q, 4)
    assert period_of(2026, H, 2).before == period_of(2026, H, 1)
    assert period_of(2026, Y).before == period_of(2025, Y)


def test_names_tell_whose_report_it_is() -> None:
    assert Subject(period_of(2026, Q, 3), "c01").id == "2026Q3-c01"
    assert Subject(period_of(2026, H, 1)).id == "2026H1-office"


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2026, 10, 1), ["2026Q3", "2026H1", "2025"]),
        (date(2026, 9, 30), ["2026Q2", "2026H1", "2025"]),
        (date(2027, 1, 1), ["2026Q4", "2026H2", "2026"]),
        (date(2026, 12, 31), ["2026Q3", "2026H1", "2025"]),
    ],
)
def test_on_each_day_the_last_ended_periods_are_known(day: date, codes: list[str]) -> None:
    assert [last_ended(kind, datetime.combine(day, time(9), LOCAL)).code for kind in REPORTED] == codes


def test_an_accepted_report_takes_no_further_step() -> None:
    assert [step for step in Step if state_after(ReportState.ACCEPTED, step)] == []


def test_a_report_begins_as_a_draft_and_is_returned_only_after_it_was_sent() -> None:
    assert [step for step in Step if state_after(None, step)] == [Step.DRAFT]
    assert state_after(ReportState.DRAFT, Step.RETURN) is None
    assert state_after(ReportState.SENT, Step.EDIT) is None
    assert state_after(ReportState.RETURNED, Step.SEND) is ReportState.SENT
