"""A report changed behind the system's back is found and named; on both databases its steps are the ledger's."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from exchange.ledger import digest
from exchange.models import CommitmentRow, Report
from exchange.periods import PeriodKind, period_of
from exchange.receiving import kept_file
from exchange.reports.period import Subject
from exchange.reports.steps import draft, send
from exchange.store.copying import read_backup, write_backup
from exchange.store.reports import (
    StepNotPossible,
    UnknownReport,
    accept_report,
    edit_section,
    past_steps,
    report_words,
    return_report,
)
from exchange.store.reports_verifying import compare_report_files, compare_reports
from tests.flow.desk import Desk, job

Q1 = period_of(2026, PeriodKind.QUARTER, 1)
C01 = Subject(Q1, "c01")


@pytest.fixture
def reported(desk: Desk) -> Desk:
    """Chang'an's cluster has sent its report of the first quarter."""
    desk.take([job("普工"), job("焊工")])
    desk.clock.set(2026, 4, 2, 9, 0)
    draft(desk.exchange, C01, "system")
    with desk.exchange.store.write("pair") as transaction:
        edit_section(transaction, C01.id, 1, "fairs", "3月28日举办专场。", "pair")
    send(desk.exchange, C01.id, "pair", 2)
    return desk


def tamper(desk: Desk, change: Callable[[Report], None]) -> None:
    """As somebody with the database would: no event."""
    desk.tampered = True
    with desk.exchange.store.write() as transaction:
        report = transaction.session.get(Report, C01.id)
        assert report is not None
        change(report)
        transaction.session.add(report)


def found(desk: Desk) -> list[str]:
    with desk.exchange.store.read() as session:
        return [*compare_reports(session), *compare_report_files(session, desk.exchange.files_folder)]


def test_steps_are_events_and_the_row_follows_from_them(reported: Desk) -> None:
    assert found(reported) == []
    with reported.exchange.store.write("office") as transaction:
        return_report(transaction, C01.id, 3, "请补充")
    send(reported.exchange, C01.id, "pair", 4)
    with reported.exchange.store.write("office") as transaction:
        accept_report(transaction, C01.id, 5)
    with reported.exchange.store.read() as session:
        steps = [(str(one.step).partition(".")[2], one.actor) for one in past_steps(session, C01.id)]
        assert report_words(session, Q1)["c01"] == "已采纳"
    assert steps == [
        ("accepted", "office"), ("sent", "pair"), ("returned", "office"), ("sent", "pair"), ("edited", "pair"),
        ("drafted", "system"),
    ]  # fmt: skip
    assert found(reported) == []


def test_the_ledger_holds_no_word_of_a_person(reported: Desk) -> None:
    bodies = [event.body for event in reported.events("report.")]
    assert bodies
    assert not any("专场" in body for body in bodies)
    assert all(json.loads(body)["page_hash"] for body in bodies)


@pytest.mark.parametrize("step", ["edit", "return", "accept", "draft"])
def test_no_step_is_taken_on_what_was_not_seen(reported: Desk, step: str) -> None:
    def attempt() -> None:
        with reported.exchange.store.write("x") as transaction:
            if step == "edit":
                edit_section(transaction, C01.id, 2, "fairs", "改", "x")
            elif step == "return":
                return_report(transaction, C01.id, 2, "改一改")
            else:
                accept_report(transaction, C01.id, 2)

    with pytest.raises(StepNotPossible, match="又有变化"):
        draft(reported.exchange, C01, "x", 1) if step == "draft" else attempt()
    assert found(reported) == []


def test_what_is_accepted_stays(reported: Desk) -> None:
    with reported.exchange.store.write("office") as transaction:
        accept_report(transaction, C01.id, 3)
    for attempt in (
        lambda: draft(reported.exchange, C01, "x", 4),
        lambda: send(reported.exchange, C01.id, "x", 4),
    ):
        with pytest.raises(StepNotPossible, match="已采纳"):
            attempt()
    with pytest.raises(UnknownReport):
        send(reported.exchange, "2026Q1-c99", "x", 1)


def _content(report: Report, change: Callable[[Any], None]) -> None:
    content = deepcopy(report.content)
    change(content)
    report.content = content


def _more(content: Any) -> None:
    content["directions"][0]["new"]["postings"] += 100


def _with_digest(report: Report) -> None:
    _content(report, _more)
    report.content_digest = digest(report.content)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda report: _content(report, lambda content: content.update(title="好看的报告")), "正文被改过"),
        (_with_digest, "正文与台账不符"),
        (_with_digest, "数字与台账重算的不符"),
        (lambda report: setattr(report, "edits", {}), "编辑的文字与台账不符"),
        (lambda report: setattr(report, "state", "accepted"), "状态与台账不符"),
        (lambda report: setattr(report, "page_hash", "0" * 64), "版本或台账页与台账不符"),
        (lambda report: setattr(report, "documents", {}), "文件与台账不符"),
        (lambda report: setattr(report, "remarks", "没说过的话"), "退回意见与台账不符"),
    ],
)
def test_what_was_changed_is_named(reported: Desk, change: Callable[[Report], None], told: str) -> None:
    tamper(reported, change)
    assert any(C01.id in line and told in line for line in found(reported)), found(reported)


def test_a_report_that_vanished_or_appeared_is_named(reported: Desk) -> None:
    reported.tampered = True
    with reported.exchange.store.write() as transaction:
        report = transaction.session.get(Report, C01.id)
        assert report is not None
        other = Report(**{**report.model_dump(), "id": "2025Q1-c01"})
        transaction.session.delete(report)
        transaction.session.add(other)
    lines = found(reported)
    assert f"台账里的报告 {C01.id} 不在库里" in lines
    assert "报告 2025Q1-c01 在台账里没有事件" in lines


def test_a_file_that_was_changed_or_lost_is_named(reported: Desk) -> None:
    with reported.exchange.store.read() as session:
        report = session.get(Report, C01.id)
        assert report is not None
        documents = report.documents
    folder = reported.exchange.files_folder
    kept_file(folder, documents["docx"]).write_bytes(b"another")
    kept_file(folder, documents["xlsx"]).unlink()
    assert found(reported) == [f"报告 {C01.id} 的 docx 文件被改过", f"报告 {C01.id} 的 xlsx 文件不见了"]


def test_a_backup_brings_reports_and_their_files(
    reported: Desk, open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    write_backup(reported.exchange.store, {"files": reported.exchange.files_folder}, tmp_path / "b.tar.gz")
    again = open_desk(f"sqlite:///{tmp_path / 'again.db'}", tmp_path / "again")
    read_backup(again.exchange.store, {"files": again.exchange.files_folder}, tmp_path / "b.tar.gz")
    assert found(again) == []
    with again.exchange.store.read() as session:
        report = session.get(Report, C01.id)
        assert report is not None
        assert report.edits["fairs"]["text"] == "3月28日举办专场。"
    again.tampered = True  # its index was not rebuilt


def test_a_goal_changed_later_leaves_the_report_alone(reported: Desk) -> None:
    reported.tampered = True  # no event tells of the goal
    with reported.exchange.store.write() as transaction:
        row = transaction.session.get(CommitmentRow, ("postings-dg-sg", 2026))
        assert row is not None
        row.goal = 20_000
        transaction.session.add(row)
    assert found(reported) == []
