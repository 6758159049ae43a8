"""The steps of a report, from numbers to files: drafting it when its period is over or on demand, sending it.

In: an `Exchange`, whose report, who acts, which version was seen. Out: the report after the step, or StepNotPossible.
Files are made before the store is locked; if the report has moved on meanwhile, they are not used.
"""

import io
import logging
from dataclasses import replace

from sqlmodel import Session

from exchange.context import Exchange
from exchange.models import Report
from exchange.receiving import keep_file, kept_file
from exchange.reports.content import ReportContent
from exchange.reports.editing import check_edits
from exchange.reports.gathering import gather_content
from exchange.reports.period import PeriodKind, Subject, ended_periods
from exchange.reports.states import ReportState
from exchange.store.overview import cluster_names
from exchange.store.report_annex import annex_rows
from exchange.store.report_basis import find_basis, has_begun
from exchange.store.reports import (
    StepNotPossible,
    UnknownReport,
    content_of,
    draft_report,
    find_report,
    send_report,
    subject_of,
)

SYSTEM = "system"
log = logging.getLogger(__name__)


def draft(exchange: Exchange, subject: Subject, actor: str, seen: int = 0, snapshot: str = "") -> Report:
    """Raises StepNotPossible, UnknownReport, UnknownSubject, UnknownSnapshot."""
    now = exchange.store.clock()
    with exchange.store.read() as session:
        basis = find_basis(session, subject.period, now, snapshot)
        content = gather_content(session, subject, basis, now, with_annex=False)
    with exchange.store.write(actor=actor) as transaction:
        return draft_report(transaction, subject, content, seen)


def send(exchange: Exchange, id: str, actor: str, seen: int) -> Report:
    """Its files are made now, kept under their hash, and are what was sent.

    Raises StepNotPossible, UnknownReport, NumbersMissing.
    """
    with exchange.store.read() as session:
        report = find_report(session, id)
        if report is None:
            raise UnknownReport(id)
        content = full_content(session, report)
    check_edits(content.sections)
    documents = {
        kind: keep_file(exchange.files_folder, io.BytesIO(made)) for kind, made in _make_all(exchange, content).items()
    }
    with exchange.store.write(actor=actor) as transaction:
        return send_report(transaction, id, seen, documents)


def full_content(session: Session, report: Report) -> ReportContent:
    """With a person's words and the postings behind the numbers."""
    subject = subject_of(report)
    annex = annex_rows(session, subject.period, report.sequence, subject.cluster or None)
    return replace(content_of(report), annex=annex)


def document(exchange: Exchange, session: Session, report: Report, kind: str) -> bytes | None:
    """As it was sent; of one that is still being written, as it is now. None for a kind that was not made.

    Raises NoFont.
    """
    if not ReportState(report.state).may_be_edited:
        kept = report.documents.get(kind)
        path = kept_file(exchange.files_folder, kept) if kept else None
        return path.read_bytes() if path is not None and path.is_file() else None
    from exchange.documents.report_files import report_file  # Typst and all: only where a file is made

    return report_file(full_content(session, report), kind, exchange.settings.pdf_font)


def draft_due(exchange: Exchange) -> int:
    """How many were drafted: the reports of the periods just over that nobody has begun yet."""
    drafted = 0
    for subject in _due(exchange):
        try:
            draft(exchange, subject, SYSTEM)
        except StepNotPossible:
            continue  # somebody was quicker
        drafted += 1
    if drafted:
        log.info("%d reports drafted", drafted)
    return drafted


def _due(exchange: Exchange) -> list[Subject]:
    """Clusters report each quarter, the office each quarter, half and year; nobody of a time before the platform."""
    with exchange.store.read() as session:
        due = []
        for period in ended_periods(exchange.today):
            clusters = list(cluster_names(session)) if period.kind is PeriodKind.QUARTER else []
            if has_begun(session, period):
                due += [Subject(period, cluster) for cluster in [*clusters, ""]]
        return [subject for subject in due if find_report(session, subject.id) is None]


def _make_all(exchange: Exchange, content: ReportContent) -> dict[str, bytes]:
    from exchange.documents.report_files import report_files  # Typst and all: only where files are made

    return report_files(content, exchange.settings.pdf_font)
