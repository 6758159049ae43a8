"""Commitments, pairings and recorded figures: edited by the office, kept in events, exact as of any moment."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from config.targets import CountedBy, Pace, Thresholds
from exchange.clock import LOCAL
from exchange.evidence import Evidence, EvidenceFault, keep_evidence, read_evidence
from exchange.models import Credit, Figure
from exchange.standings import CommitmentStanding, State
from exchange.store.clusters import cluster_standings
from exchange.store.commitments import change_commitment, commitment_history, set_commitment
from exchange.store.counting import moment_of
from exchange.store.decisions import NotPossible
from exchange.store.figures import amounts, correct_figure, figures_of, find_evidence, record_figure
from exchange.store.pairings import pairing_history, pairings_to_come, set_cluster
from exchange.store.promised import find_commitment, pairing_on
from exchange.store.setup import seed
from exchange.store.snapshots import take_missed_snapshots
from exchange.store.standings import standings
from exchange.store.verifying import Replay, verify_evidence, verify_store
from tests.flow.desk import CHANGAN, HUMEN, Desk, job

PDF = b"%PDF-1.4 \xe5\xb0\x8f"
CODE = "postings-dg-sg"


def evidence(desk: Desk, name: str = "签到表.pdf", content: bytes = PDF) -> Evidence:
    return keep_evidence(desk.exchange.files_folder, name, content)


def change(desk: Desk, code: str, words: str, **changes: Any) -> None:
    with desk.exchange.store.write(actor="office", organisation="office") as transaction:
        change_commitment(transaction, code, 2026, words, **changes)


def record(desk: Desk, code: str, amount: int, day: date, year: int = 2026, **more: Any) -> Figure:
    more.setdefault("evidence", (evidence(desk),))
    with desk.exchange.store.write(actor="office", organisation="office") as transaction:
        return record_figure(
            transaction, code, year, amount, day, more.pop("words", "现场登记"),
            actor="office", organisation="office", **more,
        )  # fmt: skip


def standing(desk: Desk, code: str, year: int = 2026, as_of: datetime | None = None) -> CommitmentStanding:
    with desk.exchange.store.read() as session:
        found = standings(session, year, moment_of(session, desk.clock(), as_of), Thresholds())
    return next(one for one in found.commitments if one.commitment.code == code)


def test_every_promise_of_the_plan_is_there(desk: Desk) -> None:
    found = {code: standing(desk, code) for code in ("cluster-reports", "fairs", "joint-meetings", "town-funds", CODE)}
    goals = {code: one.goal for code, one in found.items()}
    assert goals == {
        "cluster-reports": 40, "fairs": 10, "joint-meetings": 2, "town-funds": 33 * 2_000_000, CODE: 10_000
    }  # fmt: skip
    assert [c.code for c in desk.count().commitments] == ["postings-dg-sg", "postings-sg-dg"]


def test_a_goal_edited_in_the_middle_of_the_year_keeps_the_old_one(desk: Desk) -> None:
    desk.take([job("普工")])
    before = desk.clock()
    desk.clock.move(days=100)
    change(desk, CODE, "两市会商", goal=12_000, cluster_goals={"c01": 1_200})
    assert desk.count().commitments[0].goal == 12_000
    assert desk.count(as_of=before).commitments[0].goal == 10_000
    assert desk.count(as_of=datetime(2025, 1, 1, tzinfo=UTC)).commitments[0].goal == 10_000  # before the store was
    assert next(c.goal for c in desk.count().clusters if (c.cluster, c.direction) == ("c01", "dg-sg")) == 1_200
    assert {c.goal for c in desk.count(as_of=before).clusters} == {None}
    with desk.exchange.store.read() as session:
        latest, first = commitment_history(session, CODE, 2026)
    assert (latest.was, latest.words, latest.actor) == ({"goal": 10_000, "cluster_goals": None}, "两市会商", "office")
    assert (latest.commitment.goal, first.commitment.goal, first.was) == (12_000, 10_000, None)


def test_nothing_is_written_when_nothing_differs(desk: Desk) -> None:
    events = len(desk.events())
    change(desk, CODE, "核对", goal=10_000)
    assert len(desk.events()) == events


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"goal": 0}, "正整数"),
        ({"scope": "town"}, "范围不能改"),
        ({"direction": None}, "流向不能改"),
        ({"pace": Pace.MONTHLY}, "十二个月"),
        ({"pace": Pace.MONTHLY, "monthly_shares": (50.0, 60.0)}, "十二个月"),
        ({"due_on": date(2027, 1, 1)}, "2026 年内"),
        ({"cluster_goals": {"c99": 5}}, "没有这个组团：c99"),
        ({"goal": 5, "words": " "}, "为什么"),
    ],
)
def test_what_makes_no_sense_is_refused(desk: Desk, changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(NotPossible, match=complaint):
        change(desk, CODE, **{"words": "测试"} | changes)


def test_a_further_year_follows_the_others(desk: Desk) -> None:
    with desk.exchange.store.read() as session:
        known = find_commitment(session, "fairs", 2027)
    assert known is not None
    with desk.exchange.store.write(actor="office") as transaction:
        set_commitment(transaction, replace(known, year=2028, goal=2), "新一轮方案")
    assert standing(desk, "fairs", 2028).goal == 20
    another = replace(known, code="more", counted_by=CountedBy.POSTINGS, unit="postings")
    with pytest.raises(NotPossible, match="只有两项"), desk.exchange.store.write() as transaction:
        set_commitment(transaction, another, "另立")


def test_what_the_file_brings_anew_is_added_and_what_the_office_set_stays(desk: Desk) -> None:
    change(desk, CODE, "两市会商", goal=12_000)
    with desk.exchange.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM commitment WHERE code = 'fairs' AND year = 2027"))
    seed(desk.exchange.store, desk.exchange.configuration)
    assert standing(desk, "fairs", 2027).goal == 10
    assert standing(desk, CODE).goal == 12_000


def test_a_fair_of_one_cluster_does_not_make_up_for_another(desk: Desk) -> None:
    for number in range(3):
        record(desk, "fairs", 1, date(2026, 3, 1 + number), member="c01")
    found = standing(desk, "fairs")
    assert (found.done, found.fulfilled, found.percent, found.recorded) == (3, 1, 10.0, 3)
    assert {m.member: m.state for m in found.members if m.member in {"c01", "c02"}} == {
        "c01": State.DONE, "c02": State.ON_PACE
    }  # fmt: skip
    assert [m.member for m in found.missing] == [f"c{n:02d}" for n in range(2, 11)]
    desk.clock.set(2027, 1, 5)
    assert standing(desk, "fairs").state is State.OVERDUE


def test_a_correction_is_a_signed_row_and_the_past_stays(desk: Desk) -> None:
    first = record(desk, "town-funds", 2_500_000, date(2026, 2, 1), member=CHANGAN)
    before = desk.clock()
    desk.clock.move(days=1)
    with desk.exchange.store.write(actor="office") as transaction:
        correct_figure(transaction, first.id, 2_000_000, "多写了一笔", actor="office", organisation="office")
    with desk.exchange.store.read() as session:
        assert [f.amount for f in figures_of(session, "town-funds", 2026)] == [-500_000, 2_500_000]
        assert amounts(session, 2026) == {("town-funds", CHANGAN): 2_000_000}
        assert find_evidence(session, first.id, first.evidence[0]["digest"]) == Evidence(**first.evidence[0])
    assert standing(desk, "town-funds").done == 2_000_000
    assert standing(desk, "town-funds", as_of=before).done == 2_500_000
    with pytest.raises(NotPossible, match="不同"), desk.exchange.store.write() as transaction:
        correct_figure(transaction, first.id, 2_000_000, "再改", actor="office", organisation="office")


def test_a_year_before_the_platform_is_recorded_and_never_a_credit(desk: Desk) -> None:
    record(desk, CODE, 10_234, date(2023, 12, 31), year=2023, words="三年行动总结")
    found = standing(desk, CODE, 2023)
    assert (found.done, found.recorded, found.state) == (10_234, 10_234, State.DONE)
    assert desk.counted(2023) == 0
    assert desk.credits() == []


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"code": "fairs", "member": "c99"}, "请选组团"),
        ({"code": "joint-meetings", "member": "c01"}, "不用选"),
        ({"code": "town-funds", "member": "440229"}, "请选东莞的镇街"),
        ({"code": "nothing"}, "没有登记任务"),
        ({"code": "joint-meetings", "amount": -1}, "更正"),
        ({"code": "joint-meetings", "day": date(2026, 3, 13)}, "不晚于今天"),
        ({"code": "joint-meetings", "day": date(2025, 3, 1)}, "2026 年内"),
        ({"code": "joint-meetings", "evidence": ()}, "佐证材料"),
        ({"code": "joint-meetings", "words": ""}, "写明"),
        ({"code": CODE, "day": date(2026, 3, 12)}, "只能登记这以前"),
    ],
)
def test_a_figure_that_does_not_fit_is_refused(desk: Desk, given: dict[str, Any], complaint: str) -> None:
    rest = {"amount": 1, "day": date(2026, 3, 1)} | given
    with pytest.raises(NotPossible, match=complaint):
        record(desk, rest.pop("code"), rest.pop("amount"), rest.pop("day"), **rest)


def packed(*parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for part in parts:
            file.writestr(part, "x")
    return content.getvalue()


def test_evidence_is_of_a_known_kind_and_kept_once(tmp_path: Path) -> None:
    kept = keep_evidence(tmp_path, "C:\\我的文档\\方案.docx", packed("word/document.xml"))
    assert (kept.name, kept.type, read_evidence(tmp_path, kept.digest)) == (
        "方案.docx", "docx", packed("word/document.xml")
    )  # fmt: skip
    for name, content in {
        "空.pdf": b"",
        "照片.png": PDF,
        "程序.exe": b"MZ",
        "宏.docx": packed("word/document.xml", "word/vbaProject.bin"),
        "假.xlsx": b"PK\x03\x04",
        "无": PDF,
    }.items():
        with pytest.raises(EvidenceFault, match=name):
            keep_evidence(tmp_path, name, content)


def test_evidence_that_is_lost_is_named(desk: Desk) -> None:
    figure = record(desk, "joint-meetings", 1, date(2026, 3, 1))
    digest = figure.evidence[0]["digest"]
    with desk.exchange.store.read() as session:
        assert list(verify_evidence(session, desk.exchange.files_folder)) == []
        (desk.exchange.files_folder / digest[:2] / digest).write_bytes(b"other")
        told = f"登记数 {figure.id} 的佐证材料 {digest} 不见了或已损坏"
        assert list(verify_evidence(session, desk.exchange.files_folder)) == [told]


def test_a_pairing_that_changes_touches_no_credit(desk: Desk) -> None:
    desk.take([job("普工")])
    today = date(2026, 3, 12)
    with desk.exchange.store.read() as session:
        towns = sorted(d for d, c in pairing_on(session, today).items() if c == "c08")
    with desk.exchange.store.write(actor="office") as transaction:  # c08 takes Chang'an from c01
        set_cluster(transaction, "c08", "曲江组团", [*towns, CHANGAN], date(2026, 4, 1), "两市调整")
    desk.clock.set(2026, 4, 2, 10)
    desk.take([job("焊工"), job("钳工", 工作地点="虎门镇")])
    with desk.exchange.store.read() as session:
        clusters = list(session.exec(select(Credit.cluster).order_by(col(Credit.sequence))))
        assert clusters == ["c01", "c08", "c08"]
        assert pairing_on(session, date(2026, 3, 31))[CHANGAN] == "c01"
        latest = pairing_history(session, "c08")[0]
        assert (latest.since, latest.changes) == (date(2026, 4, 1), {CHANGAN: "c08"})
    with desk.exchange.store.write(actor="office") as transaction:  # and Humen leaves it for none
        set_cluster(transaction, "c08", "曲江组团", [*set(towns) - {HUMEN}, CHANGAN], date(2026, 5, 1), "退出")
    with desk.exchange.store.read() as session:
        assert [p.division for p in pairings_to_come(session, date(2026, 4, 2))] == [HUMEN]
        assert HUMEN not in pairing_on(session, date(2026, 5, 1))
        counted = {c.cluster: c.year.postings for c in cluster_standings(
            session, 2026, moment_of(session, desk.clock()), Thresholds()) if c.direction == "dg-sg"}  # fmt: skip
    assert (counted["c01"], counted["c08"]) == (1, 2)
    with pytest.raises(NotPossible, match="今天或以后"), desk.exchange.store.write() as transaction:
        set_cluster(transaction, "c08", "曲江组团", towns, date(2026, 4, 1), "补登")


def test_the_last_hours_of_the_year_belong_to_the_new_one(desk: Desk) -> None:
    """16:30 UTC on 31 December is half past midnight in both cities."""
    desk.clock.now = datetime(2026, 12, 31, 15, 30, tzinfo=UTC)
    desk.take([job("普工", 有效期="2027-03-01")])
    desk.clock.now = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    desk.take([job("焊工", 有效期="2027-03-01")])
    assert (desk.counted(2026), desk.counted(2027)) == (1, 1)
    assert desk.counted(2027, as_of=datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == 0


def test_a_count_as_of_is_that_of_its_moment(desk: Desk) -> None:
    """Several moments within days and on their edges, each against a sum of the credits themselves."""
    moments = []
    for number, (day, hour) in enumerate([(12, 11), (12, 23), (13, 0), (13, 12), (15, 8), (15, 8)]):
        desk.clock.set(2026, 3, day, hour, number)
        desk.take([job(f"{title}{number}") for title in "甲乙丙"[: number % 3 + 1]])
        moments.append((desk.clock(), desk.count()))
    for at, then in moments:
        now = desk.count(as_of=at)
        assert (now.commitments, now.clusters, now.uncounted) == (then.commitments, then.clusters, then.uncounted)


TAMPERING = {
    "a snapshot's counts": (
        "UPDATE snapshot SET counts = replace(CAST(counts AS TEXT), '\"counted\":1,', '\"counted\":7,'){json}"
        " WHERE kind = 'month'",
        "快照 月末 2026-03 的任务数与台账重算的不符",
    ),
    "a snapshot's forecast": (
        "UPDATE snapshot SET counts = replace(CAST(counts AS TEXT), '\"expected_by_now\":24', '\"expected_by_now\":99')"
        "{json} WHERE kind = 'month'",
        "快照 月末 2026-03 的内容与其摘要不符",
    ),
    "a snapshot's digest": ("UPDATE snapshot SET digest = 'f' WHERE kind = 'month'", "快照 月末 2026-03 "),
    "a snapshot's page": ("UPDATE snapshot SET page = 1 WHERE kind = 'month'", "快照 月末 2026-03 "),
    "a snapshot taken away": ("DELETE FROM snapshot WHERE kind = 'month'", "2026-03 在台账里有事件，库里没有"),
    "a commitment's goal": (
        "UPDATE commitment SET goal = 9000 WHERE code = 'postings-dg-sg' AND year = 2026",
        "任务 postings-dg-sg 2026 与台账不符：goal",
    ),
    "a commitment taken away": ("DELETE FROM commitment WHERE code = 'fairs' AND year = 2026", "任务 fairs 2026"),
    "a figure's amount": ("UPDATE figure SET amount = 5", "与台账不符：amount"),
    "a figure taken away": ("DELETE FROM figure", "台账里的登记数"),
    "a pairing": ("UPDATE pairing SET cluster = 'c02' WHERE division = '441900119'", "结对 441900119 2022-01-01"),
    "a cluster's name": ("UPDATE cluster SET name = '别的' WHERE code = 'c01'", "组团 c01"),
    "a day's sum": ("UPDATE day_tally SET openings = 1", "2026-03-12 2026 年 3 月 dg-sg c01 的合计"),
    "a page's hash": ("UPDATE ledger_page SET previous_hash = 'f' WHERE number = 2", "第 2 页"),
}


def test_what_was_changed_behind_the_systems_back_is_named(desk: Desk) -> None:
    desk.take([job("普工")])
    record(desk, "joint-meetings", 1, date(2026, 3, 1))
    desk.clock.set(2026, 4, 1, 0, 1)
    take_missed_snapshots(desk.exchange.store)
    assert desk.differences() == []
    json = "::json" if desk.exchange.store.engine.dialect.name == "postgresql" else ""
    missed = {}
    for what, (statement, words) in TAMPERING.items():
        with Session(desk.exchange.store.engine) as session:
            changed = session.connection().exec_driver_sql(statement.replace("{json}", json)).rowcount
            differences = list(verify_store(session, Replay()))
            session.rollback()
        if changed != 1 or not any(words in difference for difference in differences):
            missed[what] = (changed, differences)
    assert missed == {}


def test_seeds_are_events(desk: Desk) -> None:
    assert len(desk.events("commitment.set")) == len(desk.exchange.configuration.commitments)
    assert {e.at.astimezone(LOCAL).date() for e in desk.events("cluster.paired")} == {date(2026, 3, 12)}
