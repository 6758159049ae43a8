"""Reports in the store: drafted, edited, sent, returned, accepted; each step an event, only as it was seen.

In: content that `exchange.reports` has gathered, forms of people. Out: rows of report and events that say so. Words of
people stay outside the ledger, which holds their digests. An accepted report takes no further step.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from exchange.clock import iso
from exchange.ledger import digest
from exchange.models import Event, Report
from exchange.periods import Period, PeriodKind, period_of
from exchange.reports.content import ReportContent, content_from_json, content_to_json, with_edits
from exchange.reports.period import Subject
from exchange.reports.states import ReportState, Step, state_after
from exchange.store.transaction import Transaction


class UnknownReport(Exception):
    """No report has this id."""


class StepNotPossible(Exception):
    """The report's state does not allow it, or somebody was quicker. The message is for the person who tried."""


@dataclass(frozen=True, slots=True)
class PastStep:
    step: Step
    at: datetime
    actor: str
    version: int


def find_report(session: Session, id: str) -> Report | None:
    return session.get(Report, id)


def reports_of(session: Session, year: int, cluster: str | None = None) -> list[Report]:
    query = select(Report).where(Report.year == year).order_by(col(Report.id))
    return list(session.exec(query if cluster is None else query.where(Report.cluster == cluster)))


def report_years(session: Session) -> list[int]:
    return list(session.exec(select(Report.year).distinct().order_by(col(Report.year))))


def subject_of(report: Report) -> Subject:
    return Subject(period_of(report.year, PeriodKind(report.kind), report.number), report.cluster)


def content_of(report: Report) -> ReportContent:
    """With a person's words in place; without the annex."""
    return with_edits(content_from_json(report.content), report.edits)


def report_words(session: Session, period: Period) -> dict[str, str]:
    """Cluster → how far its report of just this period is."""
    query = select(Report.cluster, Report.state).where(
        Report.year == period.year, Report.kind == period.kind, Report.number == period.number
    )
    return {cluster: ReportState(state).label for cluster, state in session.exec(query) if cluster}


def sequence_reported(session: Session, id: str) -> int | None:
    """With which sequence the numbers of a report that went out end; None when none did."""
    report = session.get(Report, id)
    return report.sequence if report is not None and ReportState(report.state).is_received else None


def draft_report(transaction: Transaction, subject: Subject, content: ReportContent, seen: int = 0) -> Report:
    """`seen`: the version to be drafted again, 0 for one that is not there. Raises StepNotPossible."""
    known = transaction.session.get(Report, subject.id)
    if known is not None:
        _must_be_as_seen(known, seen)
    elif seen:
        raise UnknownReport(subject.id)
    basis, plain = content.basis, json.loads(json.dumps(content_to_json(content)))
    numbers = {
        "content": plain,
        "content_digest": digest(plain),
        "sequence": basis.sequence,
        "page": basis.page,
        "page_hash": basis.page_hash,
    }
    report = known or _new_report(subject, numbers, transaction.now)
    report.sqlmodel_update(numbers)
    _take(transaction, report, Step.DRAFT)
    return report


def _new_report(subject: Subject, numbers: dict[str, Any], now: datetime) -> Report:
    period = subject.period
    return Report(
        id=subject.id,
        year=period.year,
        kind=period.kind,
        number=period.number,
        cluster=subject.cluster,
        state="",
        version=0,
        changed_at=now,
        **numbers,
    )


def edit_section(transaction: Transaction, id: str, seen: int, key: str, text: str, by: str) -> Report:
    """`text` "" puts the system's words back. Raises UnknownReport, StepNotPossible."""
    report = _seen(transaction.session, id, seen)
    edits = {name: edit for name, edit in report.edits.items() if name != key}
    if text:
        edits[key] = {"text": text, "by": by, "at": iso(transaction.now)}
    report.edits = edits
    _take(transaction, report, Step.EDIT)
    return report


def send_report(transaction: Transaction, id: str, seen: int, documents: Mapping[str, str]) -> Report:
    """`documents`: kind → hash of the file that is kept."""
    report = _seen(transaction.session, id, seen)
    report.documents, report.remarks, report.sent_at = dict(documents), "", transaction.now
    _take(transaction, report, Step.SEND)
    return report


def return_report(transaction: Transaction, id: str, seen: int, remarks: str) -> Report:
    report = _seen(transaction.session, id, seen)
    report.remarks = remarks
    _take(transaction, report, Step.RETURN)
    return report


def accept_report(transaction: Transaction, id: str, seen: int) -> Report:
    report = _seen(transaction.session, id, seen)
    report.accepted_at = transaction.now
    _take(transaction, report, Step.ACCEPT)
    return report


def past_steps(session: Session, id: str) -> list[PastStep]:
    """From the ledger, the latest first."""
    return [
        PastStep(Step(event.kind), event.at, event.actor, body["version"])
        for event, body in reversed(report_events(session))
        if body["report"] == id
    ]


def report_events(session: Session) -> Sequence[tuple[Event, dict[str, Any]]]:
    of_reports = (col(Event.posting_id).is_(None), col(Event.kind).in_(list(Step)))  # few are about no posting
    query = select(Event).where(*of_reports).order_by(col(Event.sequence))
    return [(event, json.loads(event.body)) for event in session.exec(query)]


def event_body(report: Report) -> dict[str, Any]:
    """What the ledger holds of a report after a step: enough to know it again, none of its words."""
    return {
        "report": report.id,
        "state": report.state,
        "version": report.version,
        "sequence": report.sequence,
        "page": report.page,
        "page_hash": report.page_hash,
        "content": report.content_digest,
        "edits": digest(report.edits),
        "remarks": digest(report.remarks),
        "documents": dict(report.documents),
    }


def _seen(session: Session, id: str, seen: int) -> Report:
    report = session.get(Report, id)
    if report is None:
        raise UnknownReport(id)
    _must_be_as_seen(report, seen)
    return report


def _must_be_as_seen(report: Report, seen: int) -> None:
    if report.version != seen:
        raise StepNotPossible("您看过之后，这份报告又有变化（可能别人已经处理）。请再看一遍。")


def _take(transaction: Transaction, report: Report, step: Step) -> None:
    after = state_after(ReportState(report.state) if report.state else None, step)
    if after is None:
        raise StepNotPossible(f"这份报告{ReportState(report.state).label}，不能再这样处理。")
    report.state, report.version, report.changed_at = after, report.version + 1, transaction.now
    transaction.session.add(report)
    transaction.record_event(step, event_body(report), organisation=report.cluster)
