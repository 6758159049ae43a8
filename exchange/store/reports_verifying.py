"""Verifying reports (核验报告): each row against the ledger's last word on it, its figures worked out again, its files.

In: a session, the folder of files. Out: differences as Chinese sentences that name the report.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from exchange.ledger import digest
from exchange.models import Report, Snapshot
from exchange.periods import PeriodKind
from exchange.receiving import kept_file
from exchange.reports.gathering import is_counted_right
from exchange.reports.states import Step, state_after
from exchange.store.report_sums import Cube, monthly_sums
from exchange.store.reports import content_of, event_body, report_events, subject_of


def compare_reports(session: Session) -> Iterator[str]:
    told: dict[str, dict[str, Any]] = {}
    for event, body in report_events(session):
        before = told.get(body["report"])
        after = state_after(before["state"] if before else None, Step(event.kind))
        if after != body["state"] or body["version"] != (before["version"] if before else 0) + 1:
            yield f"台账序号 {event.sequence} 的报告事件（{body['report']}）与前一步接不上"
        told[body["report"]] = body
    sums = MonthlySums(session)
    for report in session.exec(select(Report).order_by(col(Report.year), col(Report.sequence), col(Report.id))).all():
        yield from _compare(session, sums, report, told.pop(report.id, None))
    for id in sorted(told):
        yield f"台账里的报告 {id} 不在库里"


class MonthlySums:
    """Reports of one period mostly end with the same sequence: what was added up last is kept."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: tuple[tuple[int, int], Cube] | None = None

    def of(self, report: Report) -> Cube:
        key = (report.year, report.content["basis"]["sequence"])
        if self._known is None or self._known[0] != key:
            self._known = (key, monthly_sums(self._session, (key[0],), key[1]))
        return self._known[1]


def _compare(
    session: Session, sums: MonthlySums, report: Report, told: dict[str, Any] | None
) -> Iterator[str]:
    if told is None:
        yield f"报告 {report.id} 在台账里没有事件"
    elif told != event_body(report):
        parts = {"content": "正文", "edits": "编辑的文字", "remarks": "退回意见", "documents": "文件", "state": "状态"}
        differ = [parts.get(name, "版本或台账页") for name, value in event_body(report).items() if told[name] != value]
        yield f"报告 {report.id} 的{'、'.join(dict.fromkeys(differ))}与台账不符"
    if digest(report.content) != report.content_digest:
        yield f"报告 {report.id} 的正文被改过"
    elif not is_counted_right(sums.of(report), subject_of(report), content_of(report)):
        yield f"报告 {report.id} 的数字与台账重算的不符"
    yield from _compare_snapshot(session, report)


def _compare_snapshot(session: Session, report: Report) -> Iterator[str]:
    """The snapshot it rests on is still the one it names. Hourly ones are not kept."""
    basis = report.content["basis"]
    kind, _, period = basis["snapshot"].partition("/")
    if not basis.get("digest") or kind == PeriodKind.HOUR:
        return
    snapshot = session.get(Snapshot, (kind, period))
    if snapshot is None or snapshot.digest != basis["digest"]:
        yield f"报告 {report.id} 所依据的快照 {basis['snapshot']} 不是原来的了"


def compare_report_files(session: Session, folder: Path) -> Iterator[str]:
    """What was sent must be there, as it was sent."""
    for id, documents in session.exec(select(Report.id, Report.documents).order_by(col(Report.id))):
        for kind, kept in sorted(documents.items()):
            path = kept_file(folder, kept)
            if not path.is_file():
                yield f"报告 {id} 的 {kind} 文件不见了"
            elif hashlib.sha256(path.read_bytes()).hexdigest() != kept:
                yield f"报告 {id} 的 {kind} 文件被改过"
