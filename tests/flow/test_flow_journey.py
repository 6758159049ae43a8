"""The journey of one messy sheet: every row ends in one word, what is lawful is found, what is complete is counted."""

from pathlib import Path

import pytest

from config.words import BatchState
from exchange.indexing import follow
from exchange.store.batches import find_batch
from ingest.pipeline import confirm, publish_waiting
from tests.flow.desk import CHANGAN, Desk, codes, job, outcomes, write_workbook

DONGGUAN_SHEET = "东莞市长安镇2026年第一季度用工需求表"


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """Rows 3 to 12 under a title (row 1) and the headings (row 2); the employer of rows 3 and 4 is one merged cell."""
    rows = [
        job("普工", 联系电话="0769-85330000"),
        job("焊工", 用人单位="", 薪资待遇="20元/小时"),
        job("仓管员", 用人单位="东莞市永昌五金有限公司", 工作地点=""),
        job("操作工", 用人单位="某公司"),
        job("限男性搬运工", 岗位职责="负责装卸"),
        job("会计", 薪资待遇=""),
        job("文员", 招聘人数="", 薪资待遇="面议"),
        job("跟单员", 招聘人数="若干", 薪资待遇="计件"),
        job("急聘普工（包吃住）"),
        job("质检员", 有效期="2026-03-01"),
        job("电工", 工作地点="广州市天河区"),
        job("司机", 薪资待遇="见附件"),
    ]
    return write_workbook(tmp_path / "长安.xlsx", rows, DONGGUAN_SHEET, merged=("B3:B4",), sheet="一季度")


EXPECTED = {"created": 7, "duplicate": 1, "held": 1, "rejected": 3}
PROBLEMS = [
    (5, "division.inherited"),
    (6, "employer.anonymous"),
    (7, "compliance.sex"),
    (8, "salary.missing"),
    (9, "openings.missing"),
    (11, "duplicate.of"),
    (12, "validity.past"),
    (13, "division.outside"),
    (14, "salary.unreadable"),
]
FOUND = ["仓管员", "会计", "文员", "普工", "焊工", "跟单员"]


def test_every_row_ends_in_one_word_and_every_fault_has_its_place(desk: Desk, messy: Path) -> None:
    summary = desk.take(messy)
    assert outcomes(summary) == EXPECTED
    assert sum(summary.outcomes.values()) == summary.received == 12
    assert codes(summary) == PROBLEMS
    headings = {problem["code"]: problem["column"] for problem in summary.problems}
    assert headings["salary.unreadable"] == "薪资待遇"
    assert headings["employer.anonymous"] == "用人单位"
    assert {problem["sheet"] for problem in summary.problems} == {"一季度"}
    evidence = {problem["code"]: problem["evidence"] for problem in summary.problems}
    assert evidence["duplicate.of"] == "row:一季度!3"
    assert "男" in evidence["compliance.sex"]
    assert evidence["salary.unreadable"] == "见附件"


def test_only_what_is_lawful_and_valid_is_found(desk: Desk, messy: Path) -> None:
    desk.take(messy)
    assert desk.found() == FOUND
    assert desk.statuses() == dict.fromkeys(FOUND, "open") | {"限男性搬运工": "held", "质检员": "expired"}
    assert desk.found("焊工") == ["焊工"]


def test_what_counts_is_what_is_complete(desk: Desk, messy: Path) -> None:
    """普工, 焊工, 仓管员 and 跟单员 (若干 counts as one posting and no openings)."""
    desk.take(messy)
    counted = desk.count()
    (dongguan,) = [c for c in counted.commitments if c.direction == "dg-sg"]
    assert (dongguan.counted, dongguan.openings) == (4, 30)
    assert counted.uncounted == {"held": 1, "incomplete.openings": 1, "incomplete.pay": 1, "validity.past": 1}
    clusters = {(c.cluster, c.direction): c.postings for c in counted.clusters if c.postings}
    assert clusters == {("c01", "dg-sg"): 4}


def test_clusters_and_what_is_in_none_add_up_to_the_total(desk: Desk) -> None:
    desk.take([job("普工"), job("焊工", 工作地点="东莞市"), job("电工", 工作地点="虎门镇")])
    counted = desk.count()
    clusters = {c.cluster: (c.postings, c.openings) for c in counted.clusters if c.postings}
    assert clusters == {"c01": (1, 10), "c08": (1, 10), "unassigned": (1, 10)}
    assert sum(c.postings for c in counted.clusters) == sum(c.counted for c in counted.commitments) == 3


def test_what_waits_for_a_person_is_invisible(desk: Desk, messy: Path) -> None:
    before = desk.events()
    summary = desk.take(messy, await_confirmation=True)
    assert summary.state == BatchState.STAGED
    assert summary.received == 12
    publish_waiting(desk.exchange)
    follow(desk.exchange)
    assert (desk.found(), desk.postings(), desk.counted()) == ([], [], 0)
    assert desk.events() == before

    assert summary.batch is not None
    confirm(desk.exchange, summary.batch, "clerk")
    publish_waiting(desk.exchange)
    follow(desk.exchange)
    assert desk.found() == FOUND
    with desk.exchange.store.read() as session:
        batch = find_batch(session, summary.batch)
    assert (batch.state, batch.created, batch.held) == (BatchState.DONE, 7, 1)


def test_outcomes_are_decided_when_the_batch_is_confirmed(desk: Desk) -> None:
    """Somebody else publishes the same job between the preview and the confirmation."""
    waiting = desk.take([job("普工"), job("焊工")], await_confirmation=True)
    desk.take([job("普工")], organisation="441900")
    assert waiting.batch is not None
    confirm(desk.exchange, waiting.batch, "clerk")
    publish_waiting(desk.exchange)
    follow(desk.exchange)
    with desk.exchange.store.read() as session:
        batch = find_batch(session, waiting.batch)
    assert (batch.created, batch.duplicate) == (1, 1)


def test_trying_out_stores_nothing(desk: Desk, messy: Path) -> None:
    before = desk.sizes()
    summary = desk.try_out(messy)
    assert summary.batch is None
    assert outcomes(summary) == EXPECTED
    assert codes(summary) == PROBLEMS
    assert desk.sizes() == before
    assert not any(path.is_file() for path in desk.exchange.files_folder.rglob("*"))


def test_trying_out_tells_what_the_second_time_will_do(desk: Desk, messy: Path) -> None:
    desk.take(messy)
    assert outcomes(desk.try_out(messy)) == {"unchanged": 7, "duplicate": 1, "held": 1, "rejected": 3}


def test_contacts_stay_out_of_the_ledger_and_of_what_is_public(desk: Desk, messy: Path) -> None:
    desk.take(messy, CHANGAN)
    assert not any("85330000" in event.body for event in desk.events())
    assert not any("85330000" in str(offer.content) for _, offer in desk.postings())
