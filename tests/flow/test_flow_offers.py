"""Several who offer one job: it is one posting, counted once, and ends only with the last who stands behind it."""

from datetime import date

from tests.flow.desk import CHANGAN, Desk, job, outcomes

CITY = "441900"


def test_the_same_job_from_elsewhere_is_one_more_offer(desk: Desk) -> None:
    desk.take([job("普工")])
    known = desk.posting("普工").id
    other = desk.take([job("急聘普工（包住）", 薪资待遇="6000")], organisation=CITY)
    assert outcomes(other) == {"duplicate": 1}
    (problem,) = other.problems
    assert (problem["code"], problem["evidence"], problem["row"]) == ("duplicate.of", known, 2)
    assert desk.found() == ["普工"]
    assert (desk.counted(), desk.uncounted()) == (1, {"duplicate": 1})
    assert [event.kind for event in desk.events("offer")] == ["offer.added"]


def test_two_jobs_of_one_employer_in_two_places_stay_two(desk: Desk) -> None:
    desk.take([job("普工")])
    other = desk.take([job("普工", 工作地点="虎门镇"), job("普工组长")], organisation=CITY)
    assert outcomes(other) == {"created": 2}
    assert desk.counted() == 3


def test_the_next_offer_takes_the_place_of_one_that_ends(desk: Desk) -> None:
    desk.take([job("普工", 有效期="2026-03-20")])
    desk.take([job("普工（包住）", 薪资待遇="7000元/月", 有效期="2026-04-20")], organisation=CITY)
    known = desk.posting("普工").id

    desk.clock.set(2026, 3, 21, 0, 3)
    assert desk.expire() == 1
    shown = desk.posting("普工（包住）")
    assert (shown.id, shown.status, shown.valid_through) == (known, "open", date(2026, 4, 20))
    assert desk.found("7000") == ["普工（包住）"]

    desk.clock.set(2026, 4, 21, 0, 3)
    assert desk.expire() == 1
    assert desk.statuses() == {"普工（包住）": "expired"}
    assert desk.found() == []
    assert desk.credits(known) == [(2026, "", 1), (2026, "duplicate", 1)]


def test_an_offer_behind_the_shown_one_ends_quietly(desk: Desk) -> None:
    desk.take([job("普工", 有效期="2026-06-20")])
    desk.take([job("普工（包住）", 有效期="2026-03-20")], organisation=CITY)
    desk.clock.set(2026, 3, 21, 0, 3)
    desk.expire()
    assert desk.found() == ["普工"]
    assert [event.kind for event in desk.events("offer")] == ["offer.added", "offer.ended"]


def test_an_offer_that_has_taken_the_place_may_change_its_title(desk: Desk) -> None:
    """It was a copy, but the posting is its own now: a corrected title is an update, and nothing is left behind."""
    desk.take([job("普工", 有效期="2026-03-20")])
    desk.take([job("普工", 岗位编号="C1", 有效期="2026-06-20")], organisation=CITY)
    desk.clock.set(2026, 3, 21, 0, 3)
    desk.expire()
    known = desk.posting("普工").id
    corrected = desk.take([job("装配工", 岗位编号="C1", 有效期="2026-06-20")], organisation=CITY)
    assert outcomes(corrected) == {"updated": 1}
    assert desk.posting("装配工").id == known
    assert desk.statuses() == {"装配工": "open"}


def test_a_copy_that_becomes_another_job_is_a_new_posting(desk: Desk) -> None:
    desk.take([job("普工")])
    desk.take([job("普工", 岗位编号="C1")], organisation=CITY)
    assert outcomes(desk.take([job("焊工", 岗位编号="C1")], organisation=CITY)) == {"created": 1}
    assert desk.statuses() == {"普工": "open", "焊工": "open"}
    assert desk.counted() == 2


def test_what_closed_here_and_came_again_is_no_copy_of_itself(desk: Desk) -> None:
    desk.take([job("普工", 有效期="2026-03-20")])
    desk.clock.set(2026, 3, 21, 0, 3)
    desk.expire()
    desk.take([job("普工")], organisation=CITY)
    assert outcomes(desk.take([job("普工")], organisation=CITY)) == {"unchanged": 1}


def test_rows_that_meet_in_one_batch_name_the_earlier_row(desk: Desk) -> None:
    batch = desk.take([job("普工"), job("焊工"), job("急聘普工")], organisation=CHANGAN)
    assert outcomes(batch) == {"created": 2, "duplicate": 1}
    (problem,) = batch.problems
    assert (problem["row"], problem["evidence"]) == (4, "row:!2")
    assert desk.uncounted() == {}


def test_a_lawful_row_does_not_wait_for_its_unlawful_twin(desk: Desk) -> None:
    batch = desk.take([job("普工", 岗位职责="限男性"), job("普工")])
    assert outcomes(batch) == {"held": 1, "created": 1}
    assert (desk.found(), desk.counted(), desk.uncounted()) == (["普工"], 1, {"held": 1})
    assert outcomes(desk.take([job("普工", 岗位职责="限男性"), job("普工")])) == {"held": 1, "unchanged": 1}
