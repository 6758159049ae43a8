"""核验: six months are good, then the pages warn, then uploads are parked; each to the day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from config.settings import Settings, load_settings
from config.words import Verification
from exchange.verification import verification_on

VERIFIED = date(2026, 1, 1)


@pytest.fixture
def settings() -> Settings:
    return load_settings({})


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, Verification.VERIFIED),
        (182, Verification.VERIFIED),
        (183, Verification.DUE),
        (196, Verification.DUE),
        (197, Verification.OVERDUE),
        (2000, Verification.OVERDUE),
    ],
)
def test_each_window_begins_on_its_day(settings: Settings, days: int, state: Verification) -> None:
    found = verification_on(VERIFIED, VERIFIED + timedelta(days=days), settings)
    assert found.state is state
    assert found.parks_uploads == (state is Verification.OVERDUE)


def test_it_says_when_things_change(settings: Settings) -> None:
    found = verification_on(VERIFIED, VERIFIED, settings)
    assert (found.due_on, found.parked_from) == (date(2026, 7, 3), date(2026, 7, 17))


def test_who_was_never_verified_is_overdue(settings: Settings) -> None:
    assert verification_on(None, VERIFIED, settings).state is Verification.OVERDUE


def test_both_windows_are_settings(settings: Settings) -> None:
    short = replace(settings, verification_days=10, verification_grace_days=0)
    states = [verification_on(VERIFIED, VERIFIED + timedelta(days=n), short).state for n in (9, 10)]
    assert states == [Verification.VERIFIED, Verification.OVERDUE]
