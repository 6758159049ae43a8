"""How postings end and come back, and what that does to the count of each year."""

from datetime import UTC, date, datetime, timedelta

import pytest

from config.words import WithdrawalReason
from exchange.clock import LOCAL
from tests.flow.desk import Desk, job, outcomes


def test_a_posting_expires_at_local_midnight(desk: Desk) -> None:
    desk.take([job("普工", 有效期="2026-03-20")])
    desk.clock.set(2026, 3, 20, 23, 59)
    assert desk.expire() == 0
    assert desk.found() == ["普工"]
    desk.clock.set(2026, 3, 21, 0, 0)
    assert desk.found() == []  # also before the nightly job has run
    assert desk.expire() == 1
    assert desk.statuses() == {"普工": "expired"}
    assert desk.expire() == 0


def test_an_expired_posting_that_comes_again_is_reopened_and_not_counted_twice(desk: Desk) -> None:
    desk.take([job("普工")])
    known = desk.posting("普工").id
    desk.clock.move(days=61)
    desk.expire()
    assert (desk.found(), desk.counted()) == ([], 1)
    assert outcomes(desk.take([job("普工")])) == {"updated": 1}
    assert [event.posting_id for event in desk.events("posting.reopened")] == [known]
    assert (desk.found(), desk.counted()) == (["普工"], 1)
    assert desk.posting("普工").valid_through == desk.exchange.today + timedelta(days=60)


def test_a_return_in_a_new_year_is_counted_in_that_year(desk: Desk) -> None:
    desk.take([job("普工")])
    desk.clock.set(2027, 1, 10, 9)
    desk.expire()
    desk.take([job("普工")])
    assert (desk.counted(2026), desk.counted(2027)) == (1, 1)
    desk.clock.set(2027, 6, 10, 9)
    desk.expire()
    desk.take([job("普工")])
    assert (desk.counted(2026), desk.counted(2027)) == (1, 1)


def test_the_old_file_again_does_not_wake_what_is_over(desk: Desk) -> None:
    rows = [job("普工", 有效期="2026-03-20")]
    desk.take(rows)
    desk.clock.set(2026, 3, 25, 9)
    desk.expire()
    assert outcomes(desk.take(rows)) == {"unchanged": 1}
    assert desk.statuses() == {"普工": "expired"}
    assert outcomes(desk.take([job("普工", 有效期="2026-05-20")])) == {"updated": 1}
    assert desk.statuses() == {"普工": "open"}


@pytest.mark.parametrize(
    ("moment", "year"),
    [(datetime(2026, 12, 31, 15, 59, tzinfo=UTC), 2026), (datetime(2026, 12, 31, 16, 30, tzinfo=UTC), 2027)],
)
def test_the_year_is_the_local_year(desk: Desk, moment: datetime, year: int) -> None:
    desk.clock.now = moment
    desk.take([job("普工")])
    assert {2026: desk.counted(2026), 2027: desk.counted(2027)} == {2026: 0, 2027: 0, year: 1}


def test_a_false_posting_is_taken_back_in_its_own_year_and_the_old_number_can_still_be_shown(desk: Desk) -> None:
    desk.take([job("普工", 有效期="2027-12-31"), job("焊工", 有效期="2027-12-31")])
    desk.clock.set(2027, 1, 15, 9)
    before = desk.clock()
    desk.clock.move(days=5)
    desk.withdraw("普工", WithdrawalReason.FALSE)
    assert (desk.counted(2026), desk.counted(2027)) == (1, 0)
    assert desk.uncounted(2026) == {"withdrawn": 1}
    assert desk.counted(2026, as_of=before) == 2
    assert desk.counted(2026, as_of=datetime(2026, 3, 1, tzinfo=LOCAL)) == 0
    assert desk.found() == ["焊工"]
    assert desk.count(2026, as_of=desk.clock()).commitments == desk.count(2026).commitments


@pytest.mark.parametrize("reason", list(WithdrawalReason))
def test_only_four_reasons_take_the_credit_back(desk: Desk, reason: WithdrawalReason) -> None:
    desk.take([job("普工")])
    desk.withdraw("普工", reason)
    reverses = reason.value in {"无效", "虚假", "重复", "误报"}
    assert (desk.found(), desk.counted()) == ([], 0 if reverses else 1)
    assert desk.uncounted() == ({"withdrawn": 1} if reverses else {})


def test_a_file_does_not_undo_a_withdrawal(desk: Desk) -> None:
    """The office has found it false; tomorrow's upload of the same sheet must not bring it back."""
    desk.take([job("普工"), job("焊工")])
    desk.withdraw("普工", WithdrawalReason.FALSE)
    desk.clock.move(days=1)
    assert outcomes(desk.take([job("普工"), job("焊工")])) == {"unchanged": 2}
    assert desk.statuses() == {"普工": "withdrawn", "焊工": "open"}
    assert (desk.found(), desk.counted()) == (["焊工"], 1)
    assert outcomes(desk.take([job("普工", 薪资待遇="8000")])) == {"updated": 1}  # mended, it is another claim
    assert (desk.found(), desk.counted()) == (["普工", "焊工"], 2)


def test_what_goes_on_into_the_new_year_is_carried_and_never_counted(desk: Desk) -> None:
    rows = [job("普工", 有效期="2027-12-31"), job("焊工", 有效期="2027-12-31"), job("电工", 有效期="2026-12-31")]
    desk.take(rows)
    desk.clock.set(2027, 1, 8, 9)
    desk.expire()
    corrected = [rows[0], rows[1] | {"薪资待遇": "8000"}, rows[2]]
    assert outcomes(desk.take(corrected)) == {"unchanged": 2, "updated": 1}
    assert (desk.counted(2026), desk.counted(2027)) == (3, 0)
    assert desk.uncounted(2027) == {"carried": 2}  # 电工 is over
    desk.clock.move(days=1)
    desk.take(corrected)
    assert desk.uncounted(2027) == {"carried": 2}

    desk.clock.set(2027, 2, 1, 9)
    desk.withdraw("普工", WithdrawalReason.INVALID)
    assert (desk.uncounted(2026), desk.uncounted(2027)) == ({"withdrawn": 1}, {"carried": 1})


def test_carried_becomes_counted_when_it_ends_and_comes_back(desk: Desk) -> None:
    desk.take([job("普工")])
    desk.clock.set(2026, 12, 1, 9)
    desk.take([job("普工", 薪资待遇="6000")])
    desk.clock.set(2027, 1, 8, 9)
    desk.take([job("普工", 薪资待遇="6000")])
    assert (desk.counted(2027), desk.uncounted(2027)) == (0, {"carried": 1})
    desk.clock.move(days=90)
    desk.expire()
    desk.take([job("普工", 薪资待遇="6000")])
    assert (desk.counted(2027), desk.uncounted(2027)) == (1, {})
    assert desk.posting("普工").published_at == datetime(2026, 3, 12, 10, tzinfo=LOCAL)
    assert desk.posting("普工").last_confirmed_on == date(2027, 4, 8)
