"""A report's goals, paces and recorded figures are those of its moment; its sums are the ledger's at any sequence."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import col, select

from config.targets import Pace
from config.words import WithdrawalReason
from exchange.evidence import keep_evidence
from exchange.models import Credit, Snapshot
from exchange.periods import PeriodKind as SnapshotKind
from exchange.reports.content import ReportContent
from exchange.reports.gathering import gather_content
from exchange.reports.period import Period, PeriodKind, Subject
from exchange.reports.steps import draft
from exchange.store.commitments import change_commitment, set_commitment
from exchange.store.figures import record_figure
from exchange.store.promised import find_commitment
from exchange.store.report_basis import find_basis
from exchange.store.report_sums import late_corrections, monthly_sums
from exchange.store.reports_verifying import compare_reports
from exchange.store.snapshots import find_snapshot, take_missed_snapshots
from tests.flow.desk import WENGYUAN, Desk, job

Q1, Q2 = Period(2026, PeriodKind.QUARTER, 1), Period(2026, PeriodKind.QUARTER, 2)
CODE = "postings-dg-sg"
SG = {"工作地点": "翁源县", "用人单位": "翁源县兴旺茶业有限公司"}


def report_of(desk: Desk, period: Period, cluster: str = "") -> ReportContent:
    with desk.exchange.store.read() as session:
        now = desk.clock()
        return gather_content(session, Subject(period, cluster), find_basis(session, period, now), now)


def change(desk: Desk, **changes: Any) -> None:
    with desk.exchange.store.write(actor="office") as transaction:
        change_commitment(transaction, CODE, 2026, "按办公室的决定", **changes)


def targets(content: ReportContent) -> tuple[Any, ...]:
    return content.sections[1].tables[0].rows[0]


def words(content: ReportContent) -> str:
    return "".join(content.sections[1].text)


def test_a_goal_changed_later_is_not_in_the_report_of_before(desk: Desk) -> None:
    desk.take([job("普工")])
    desk.clock.set(2026, 4, 10, 9, 0)
    change(desk, goal=20_000)
    desk.clock.set(2026, 7, 10, 9, 0)
    assert targets(report_of(desk, Q1))[1] == 10_000
    assert targets(report_of(desk, Q2))[1] == 20_000


def test_a_cluster_is_measured_by_its_own_goal_where_it_has_one(desk: Desk) -> None:
    change(desk, cluster_goals={"c01": 100})
    desk.take([job("普工"), job("焊工")])
    desk.clock.set(2026, 4, 10, 9, 0)
    assert targets(report_of(desk, Q1, "c01"))[1:6] == (100, 2, 2, "2%", 25)
    assert targets(report_of(desk, Q1, "c02"))[1:6] == (None, 0, 0, None, None)
    shown = next(s for s in report_of(desk, Q1).sections if s.key == "exchange").tables[0]
    assert shown.columns[1] == "东莞→韶关 目标(条)"
    assert [row[1] for row in shown.rows[:2]] == [100, None]


def test_last_years_way_is_the_pace_where_the_office_says_so(desk: Desk) -> None:
    desk.clock.set(2027, 1, 10, 9, 0)
    desk.take([job("普工"), job("焊工"), job("保安")])
    desk.clock.set(2027, 11, 10, 9, 0)
    desk.take([job("文员")])
    desk.clock.set(2028, 1, 2, 9, 0)
    with desk.exchange.store.write(actor="office") as transaction:
        before = find_commitment(transaction.session, CODE, 2027)
        assert before is not None
        set_commitment(transaction, replace(before, year=2028, pace=Pace.LAST_YEAR), "按上年进度")
    desk.clock.set(2028, 4, 10, 9, 0)
    content = report_of(desk, Period(2028, PeriodKind.QUARTER, 1))
    assert targets(content)[5] == 7_500, "three of last year's four had come by then"
    assert "按上年进度" in content.sections[1].tables[0].note
    assert content.chart[0].pace[9:] == (7_500, 10_000, 10_000)


def test_what_was_recorded_of_before_the_platform_is_told_apart(desk: Desk) -> None:
    desk.take([job("普工")])  # on 12 March: the platform's first day
    kept = keep_evidence(desk.exchange.files_folder, "汇总.pdf", b"%PDF-1.4 x")
    for year, day, amount in ((2026, date(2026, 2, 20), 700), (2025, date(2025, 12, 31), 9_000)):
        with desk.exchange.store.write(actor="office") as transaction:
            record_figure(transaction, CODE, year, amount, day, "平台启用前", actor="office", organisation="office",
                          evidence=(kept,))  # fmt: skip
    desk.clock.set(2026, 4, 10, 9, 0)
    content = report_of(desk, Q1)
    assert targets(content)[2:4] == (1, 701)
    assert "其中平台启用前人工登记700条" in words(content)
    assert "上年全年人工登记9000条" in words(content)
    assert content.chart[0].done == (0, 700, 701)
    assert targets(report_of(desk, Q1, "c01"))[3] == 1, "what both cities recorded is no cluster's"


def test_it_names_the_snapshots_own_digest_and_verify_minds_it(desk: Desk) -> None:
    desk.take([job("普工")])
    desk.clock.set(2026, 4, 1, 0, 5)
    take_missed_snapshots(desk.exchange.store)
    draft(desk.exchange, Subject(Q1), "system")
    with desk.exchange.store.read() as session:
        snapshot = find_snapshot(session, SnapshotKind.QUARTER, "2026-Q1")
        assert snapshot is not None
        assert snapshot.digest in report_of(desk, Q1).basis_words
        assert list(compare_reports(session)) == []
    desk.tampered = True
    with desk.exchange.store.write() as transaction:
        row = transaction.session.get_one(Snapshot, ("quarter", "2026-Q1"))
        row.digest = "0" * 64
        transaction.session.add(row)
    with desk.exchange.store.read() as session:
        assert list(compare_reports(session)) == ["报告 2026Q1-office 所依据的快照 quarter/2026-Q1 不是原来的了"]


def test_sums_are_those_of_the_credits_at_every_sequence(desk: Desk) -> None:
    desk.take([job("普工"), job("焊工"), job("保安", 薪资待遇="")])
    desk.take([job("采茶工", **SG)], WENGYUAN)
    desk.clock.move(days=40)
    desk.take([job("叉车工"), job("质检员")])
    desk.withdraw("焊工", WithdrawalReason.FALSE)
    with desk.exchange.store.read() as session:
        credits = session.exec(select(Credit).order_by(col(Credit.sequence))).all()
        for sequence in range(desk.count().ledger_sequence + 1):
            due: Counter[Any] = Counter()
            for one in credits:
                if one.sequence <= sequence:
                    due[one.year, one.month, one.direction, one.cluster, one.reason] += one.sign
            found = {key: amount.postings for key, amount in monthly_sums(session, (2026,), sequence).items()}
            assert {k: n for k, n in found.items() if n} == {k: n for k, n in due.items() if n}, sequence
        before = max(one.sequence for one in credits if one.month == 3 and one.sign > 0 and not one.reason)
        (late,) = late_corrections(session, date(2026, 4, 1), before, desk.count().ledger_sequence, "c01")
        assert (late.month, late.change.postings) == (3, -1)
        assert late_corrections(session, date(2026, 4, 1), before, desk.count().ledger_sequence, "c02") == ()
