"""Figures for reports beside the sums of exchange.store.report_sums: who provided, what was handed in, what expires.

In: months or days, a sequence number, a cluster's divisions. Out: plain sums.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.words import BatchState, Outcome, Severity, Status
from exchange.clock import LOCAL
from exchange.credits import COUNTED
from exchange.models import Batch, Credit, Organisation, Posting, ProblemRow, Record
from exchange.reports.figures import Amount, Intake, Provider, short_name


def providers(session: Session, year: int, months: range, sequence: int, cluster: str | None) -> tuple[Provider, ...]:
    """Who provided what was counted in these months, the most first. The one sum that reads the credits themselves."""
    query = (
        sql_select(col(Credit.organisation), func.max(col(Organisation.name)), *_sums())
        .join(Organisation, col(Organisation.code) == col(Credit.organisation), isouter=True)
        .where(col(Credit.year) == year, col(Credit.month).between(months[0], months[-1]))
        .where(col(Credit.reason) == COUNTED, col(Credit.sequence) <= sequence)
        .group_by(col(Credit.organisation))
    )
    if cluster is not None:
        query = query.where(col(Credit.cluster) == cluster)
    rows = session.connection().execute(query)
    found = [Provider(row[0], short_name(row[1] or row[0]), Amount(int(row[2]), int(row[3]))) for row in rows]
    return tuple(sorted((p for p in found if p.new.postings), key=lambda p: (-p.new.postings, p.organisation)))


def intake(session: Session, first: date, last: date, until: datetime, organisations: Iterable[str] | None) -> Intake:
    """Batches finished on these local days and by that moment; of these organisations, None for all."""
    begin = datetime.combine(first, time(), LOCAL)
    end = min(datetime.combine(last + timedelta(days=1), time(), LOCAL), until)
    which: list[Any] = [Batch.state == BatchState.DONE, col(Batch.finished_at) >= begin, col(Batch.finished_at) < end]
    if organisations is not None:
        which.append(col(Batch.organisation).in_(sorted(organisations)))
    sums = [func.coalesce(func.sum(getattr(Batch, outcome)), 0) for outcome in Outcome]
    total = session.connection().execute(sql_select(func.count(), *sums).select_from(Batch).where(*which)).one()
    codes = (
        sql_select(col(ProblemRow.code), func.count())
        .join(Record, and_(Record.batch_id == ProblemRow.batch_id, Record.position == ProblemRow.position))  # type: ignore[arg-type]
        .join(Batch, col(Batch.id) == Record.batch_id)
        .where(*which, col(Record.outcome) == Outcome.REJECTED, col(ProblemRow.severity) == Severity.ERROR)
        .group_by(col(ProblemRow.code))
    )
    outcomes = {str(outcome): int(number) for outcome, number in zip(Outcome, total[1:], strict=True)}
    refused = {code: int(number) for code, number in session.connection().execute(codes)}
    return Intake(int(total[0]), sum(outcomes.values()), outcomes, refused)


def expiring(session: Session, day: date, days: int, divisions: Iterable[str] | None) -> int:
    """Open postings whose validity ends within so many days of this one."""
    query = select(func.count()).select_from(Posting).where(Posting.status == Status.OPEN)
    query = query.where(col(Posting.valid_through).between(day, day + timedelta(days=days)))
    if divisions is not None:
        query = query.where(col(Posting.division).in_(sorted(divisions)))
    return session.exec(query).one()


def _sums() -> tuple[Any, Any]:
    sign, openings = col(Credit.sign), col(Credit.openings)
    return func.sum(sign), func.sum(sign * openings)
