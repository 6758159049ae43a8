"""Rows refused for one missing cell (退回的行): named by batch and row, without those that were mended since.

In: a session and a year. Out: counts by the reporting organisation's cluster, and `RefusedRow`s. A row is taken as
mended when a later batch of the same organisation and source has it, in the same place, and did not refuse it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import exists, func, or_, text
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from config.divisions import find_division
from config.words import BatchState, Outcome
from exchange.clock import LOCAL
from exchange.gap import MENDABLE, GapKind, RefusedRow
from exchange.models import Batch, Organisation, ProblemRow, Record
from exchange.store.promised import pairing_on

_IS_REJECTED = text("record.outcome = 'rejected'")  # word for word as the partial index has it


def count_refused(
    session: Session, year: int, today: date, direction: str | None, cluster: str | None
) -> Iterator[tuple[GapKind, str, str, int, int]]:
    numbers: dict[tuple[str, str], int] = defaultdict(int)
    refused = _refused(year).subquery()
    query = sql_select(refused.c.organisation, func.count()).group_by(refused.c.organisation)
    places = _places(session, today)
    for organisation, number in session.connection().execute(query):
        place = places.get(organisation)
        if place is not None and direction in {None, place[0]} and cluster in {None, place[1]}:
            numbers[place] += number
    for (of, which), number in numbers.items():
        yield GapKind.REFUSED, of, which, number, number


def refused_rows(
    session: Session, year: int, today: date, direction: str | None = None, cluster: str | None = None,
    offset: int = 0, limit: int = 50,
) -> list[RefusedRow]:  # fmt: skip
    """The latest batches first."""
    meant = [
        code
        for code, (of, which) in _places(session, today).items()
        if direction in {None, of} and cluster in {None, which}
    ]
    query = _refused(year).where(col(Batch.organisation).in_(meant))
    query = query.order_by(func.max(col(Batch.created_at)).desc(), col(Record.batch_id), col(Record.position))
    return [RefusedRow(*row[:10]) for row in session.connection().execute(query.offset(offset).limit(limit))]


def _refused(year: int) -> Any:
    """Refused rows of batches confirmed that year, with their only error."""
    columns = (
        col(Record.batch_id), col(Record.position), col(Batch.file_name), col(Record.sheet), col(Record.row),
        col(Record.title), col(Record.employer), col(Batch.organisation),
    )  # fmt: skip
    code = func.min(col(ProblemRow.code))
    query = sql_select(*columns, code.label("code"), func.min(col(ProblemRow.message)).label("message"))
    query = query.join_from(Record, Batch, col(Batch.id) == col(Record.batch_id))
    its_problems = (col(ProblemRow.batch_id) == col(Record.batch_id)) & (
        col(ProblemRow.position) == col(Record.position)
    )
    query = query.join(ProblemRow, its_problems).where(
        _IS_REJECTED,
        col(ProblemRow.severity) == "error",
        col(Batch.state) == BatchState.DONE,
        col(Batch.withdrawn_at).is_(None),
        col(Batch.confirmed_at) >= datetime.combine(date(year, 1, 1), time(), LOCAL),
        col(Batch.confirmed_at) < datetime.combine(date(year + 1, 1, 1), time(), LOCAL),
        ~_mended(),
    )
    return query.group_by(*columns).having(func.count() == 1, code.in_(MENDABLE))


def _mended() -> Any:
    later, row = aliased(Batch), aliased(Record)
    return exists().where(
        col(later.organisation) == col(Batch.organisation),
        col(later.source) == col(Batch.source),
        col(later.state) == BatchState.DONE,
        col(later.created_at) > col(Batch.created_at),
        col(row.batch_id) == col(later.id),
        col(row.position) == col(Record.position),
        col(row.outcome) != Outcome.REJECTED,
        or_(col(Record.title) == "", col(row.title) == col(Record.title)),
        or_(col(Record.employer) == "", col(row.employer) == col(Record.employer)),
    )


def _places(session: Session, today: date) -> dict[str, tuple[str, str]]:
    """Organisation → (direction of postings in its city, its cluster)."""
    paired = pairing_on(session, today)
    places = {}
    for organisation in session.exec(select(Organisation)):
        division = find_division(organisation.division)
        if division is not None:
            places[organisation.code] = (str(division.direction), paired.get(division.code, ""))
    return places
