"""The second time: the same file changes nothing, a corrected one changes only what was corrected."""

from datetime import date

import pytest

from tests.flow.desk import Desk, Row, codes, job, outcomes


@pytest.fixture
def rows() -> list[Row]:
    return [
        job("普工", 岗位编号="A1"),
        job("焊工", 岗位编号="A2", 有效期="2026-09-30"),
        job("会计", 岗位编号="A3", 薪资待遇=""),
        job("限男性搬运工", 岗位编号="A4"),
        job("司机", 岗位编号="A5", 薪资待遇="见附件"),
        job("急聘普工（包住）", 岗位编号="A6"),
        job("文员", 岗位编号="A7", 用人单位="东莞市永昌五金有限公司"),
    ]


def change(rows: list[Row], reference: str, **changes: str) -> list[Row]:
    return [row | changes if row["岗位编号"] == reference else row for row in rows]


def test_the_same_file_keeps_every_word_and_earns_nothing(desk: Desk, rows: list[Row]) -> None:
    desk.take([job("文员", 用人单位="东莞市永昌五金有限公司")], organisation="441900")
    first = desk.take(rows)
    assert outcomes(first) == {"created": 3, "duplicate": 2, "held": 1, "rejected": 1}
    credits, tallies = desk.credits(), desk.count()
    for _ in range(2):
        again = desk.take(rows)
        assert outcomes(again) == {"unchanged": 3, "duplicate": 2, "held": 1, "rejected": 1}
        assert codes(again) == codes(first)
        assert [p["evidence"] for p in again.problems] == [p["evidence"] for p in first.problems]
    assert desk.credits() == credits
    assert (desk.count().commitments, desk.uncounted()) == (tallies.commitments, tallies.uncounted)


def test_what_is_unchanged_writes_one_event_for_the_whole_batch(desk: Desk, rows: list[Row]) -> None:
    desk.take(rows)
    before = len(desk.events())
    desk.take(rows)
    assert [event.kind for event in desk.events()[before:]] == ["batch.confirmed"]


def test_seen_again_restarts_a_default_validity_and_never_a_stated_one(desk: Desk, rows: list[Row]) -> None:
    desk.take(rows)
    assert desk.posting("普工").valid_through == date(2026, 5, 11)
    desk.clock.move(days=20)
    desk.take(rows)
    default, stated = desk.posting("普工"), desk.posting("焊工")
    assert (default.last_confirmed_on, default.valid_through) == (date(2026, 4, 1), date(2026, 5, 31))
    assert (stated.last_confirmed_on, stated.valid_through) == (date(2026, 4, 1), date(2026, 9, 30))
    assert (default.valid_through_is_default, stated.valid_through_is_default) == (True, False)


def test_only_what_was_corrected_is_updated(desk: Desk, rows: list[Row]) -> None:
    desk.take(rows)
    ids = {title: desk.posting(title).id for title in ("普工", "焊工", "文员")}
    assert (desk.counted(), desk.uncounted()) == (3, {"held": 1, "incomplete.pay": 1})

    corrected = change(rows, "A1", 薪资待遇="5500-7000元/月")
    corrected = change(corrected, "A2", 岗位名称="氩弧焊工")
    corrected = change(corrected, "A3", 薪资待遇="6000元/月")
    corrected = change(corrected, "A4", 岗位名称="搬运工")
    summary = desk.take(corrected)
    assert outcomes(summary) == {"updated": 4, "unchanged": 1, "duplicate": 1, "rejected": 1}
    assert desk.posting("普工").id == ids["普工"]
    assert desk.posting("氩弧焊工").id == ids["焊工"]
    assert (desk.counted(), desk.uncounted()) == (5, {})
    assert desk.found() == ["会计", "搬运工", "文员", "普工", "氩弧焊工"]
    assert desk.found("焊工") == ["氩弧焊工"]

    assert outcomes(desk.take(corrected))["unchanged"] == 5
    assert desk.counted() == 5


def test_a_completed_row_earns_its_credit_once(desk: Desk) -> None:
    desk.take([job("会计", 薪资待遇="")])
    for pay in ("6000", "6500", "", "7000"):
        assert outcomes(desk.take([job("会计", 薪资待遇=pay)])) == {"updated": 1}
    assert desk.credits() == [
        (2026, "incomplete.pay", 1),
        (2026, "incomplete.pay", -1),
        (2026, "", 1),
    ]


def test_without_a_reference_a_corrected_pay_is_still_the_same_posting(desk: Desk) -> None:
    desk.take([job("普工"), job("焊工")])
    known = desk.posting("普工").id
    assert outcomes(desk.take([job("普工", 薪资待遇="9000"), job("焊工")])) == {"updated": 1, "unchanged": 1}
    assert desk.posting("普工").id == known


def test_a_running_number_is_no_reference(desk: Desk) -> None:
    """序号 1 is another row tomorrow."""
    desk.take([{"序号": "1", **job("普工")}, {"序号": "2", **job("焊工")}])
    ids = {title: desk.posting(title).id for title in ("普工", "焊工")}
    again = desk.take([{"序号": "1", **job("焊工")}, {"序号": "2", **job("普工")}])
    assert outcomes(again) == {"unchanged": 2}
    assert {title: desk.posting(title).id for title in ids} == ids


def test_the_platform_number_finds_the_posting_again(desk: Desk) -> None:
    desk.take([job("普工")])
    known = desk.posting("普工").id
    again = desk.take([{"平台编号": known, **job("装配工", 薪资待遇="8000")}])
    assert outcomes(again) == {"updated": 1}
    assert desk.posting("装配工").id == known


def test_one_bureaus_number_is_not_anothers(desk: Desk) -> None:
    desk.take([job("普工", 岗位编号="001")])
    other = desk.take([job("焊工", 岗位编号="001", 工作地点="虎门镇")], organisation="441900121")
    assert outcomes(other) == {"created": 1}
    assert desk.statuses() == {"普工": "open", "焊工": "open"}


def test_a_file_closes_nothing_by_what_it_leaves_out(desk: Desk) -> None:
    desk.take([job("普工"), job("焊工")])
    desk.take([job("普工")])
    assert desk.found() == ["普工", "焊工"]


def test_a_lawful_posting_that_becomes_unlawful_disappears_and_keeps_its_credit(desk: Desk) -> None:
    desk.take([job("普工", 岗位编号="A1")])
    assert outcomes(desk.take([job("普工限男性", 岗位编号="A1")])) == {"held": 1}
    assert (desk.found(), desk.counted()) == ([], 1)
    assert outcomes(desk.take([job("普工", 岗位编号="A1")])) == {"updated": 1}
    assert (desk.found(), desk.counted()) == (["普工"], 1)
    assert desk.credits() == [(2026, "", 1)]
