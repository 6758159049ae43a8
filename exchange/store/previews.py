"""What a person looks at before and after a batch is published: problems by kind and column, records by outcome.

In: a session and a batch id. Out: counts and pages of rows, so that a batch of any size is shown in small pieces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.words import BatchState, Outcome, Severity
from exchange.models import Batch, Offer, ProblemRow, Record
from exchange.store.lists import in_slices


@dataclass(frozen=True, slots=True)
class ProblemFilter:
    """"" stands for all. `column` is a heading; WHOLE means problems of a sheet or the file as a whole."""

    code: str = ""
    severity: str = ""
    column: str = ""


WHOLE = "-"


@dataclass(frozen=True, slots=True)
class KindCount:
    code: str
    severity: Severity
    number: int


def count_kinds(session: Session, batch_id: str) -> list[KindCount]:
    """What concerns the file first (it often explains the rest), then errors, then the most frequent."""
    query = (
        sql_select(col(ProblemRow.code), col(ProblemRow.severity), func.count())
        .where(col(ProblemRow.batch_id) == batch_id)
        .group_by(col(ProblemRow.code), col(ProblemRow.severity))
    )
    found = [KindCount(code, Severity(severity), number) for code, severity, number in session.execute(query)]
    return sorted(found, key=_kind_order)


def _kind_order(kind: KindCount) -> tuple[bool, bool, int, str]:
    of_file = kind.code.startswith(("file.", "column."))
    return not of_file, kind.severity != Severity.ERROR, -kind.number, kind.code


def count_columns(session: Session, batch_id: str, wanted: ProblemFilter) -> list[tuple[str, int]]:
    """(heading or WHOLE, problems), in the order they are listed, of those that the rest of the filter lets through."""
    query: Any = sql_select(col(ProblemRow.column), func.count()).group_by(col(ProblemRow.column))
    some = _narrow(query, batch_id, ProblemFilter(wanted.code, wanted.severity))
    found = [(column or WHOLE, number) for column, number in session.execute(some)]
    return sorted(found, key=lambda pair: (pair[0] != WHOLE, pair[0]))


def count_problems(session: Session, batch_id: str, wanted: ProblemFilter) -> int:
    query: Any = sql_select(func.count()).select_from(ProblemRow)
    return int(session.execute(_narrow(query, batch_id, wanted)).scalar_one())


def problems_page(
    session: Session, batch_id: str, wanted: ProblemFilter, offset: int, limit: int
) -> Sequence[ProblemRow]:
    """Problems of the file first, then by sheet, column and row."""
    query = _narrow(select(ProblemRow), batch_id, wanted).order_by(
        col(ProblemRow.position).is_not(None),
        col(ProblemRow.sheet),
        col(ProblemRow.column),
        col(ProblemRow.row),
        col(ProblemRow.id),
    )
    return list(session.exec(query.offset(offset).limit(limit)))


def _narrow(query: Any, batch_id: str, wanted: ProblemFilter) -> Any:
    query = query.where(col(ProblemRow.batch_id) == batch_id)
    if wanted.code:
        query = query.where(col(ProblemRow.code) == wanted.code)
    if wanted.severity:
        query = query.where(col(ProblemRow.severity) == wanted.severity)
    if wanted.column == WHOLE:
        return query.where(col(ProblemRow.column).is_(None))
    return query.where(col(ProblemRow.column) == wanted.column) if wanted.column else query


def problems_at(session: Session, batch_id: str, positions: Sequence[int]) -> dict[int, list[ProblemRow]]:
    """Position → its problems, the errors first."""
    found: dict[int, list[ProblemRow]] = {}
    for some in in_slices(positions):
        query = select(ProblemRow).where(ProblemRow.batch_id == batch_id, col(ProblemRow.position).in_(some))
        for problem in session.exec(query.order_by(col(ProblemRow.severity), col(ProblemRow.id))):
            found.setdefault(problem.position or 0, []).append(problem)
    return found


def records_page(session: Session, batch_id: str, outcome: Outcome, offset: int, limit: int) -> Sequence[Record]:
    """Records with this outcome, in the order of the file."""
    query = select(Record).where(Record.batch_id == batch_id, Record.outcome == outcome)
    return session.exec(query.order_by(col(Record.position)).offset(offset).limit(limit)).all()


def first_records(session: Session, batch_id: str, limit: int) -> Sequence[Record]:
    query = select(Record).where(Record.batch_id == batch_id)
    return session.exec(query.order_by(col(Record.position)).limit(limit)).all()


def offers_by_id(session: Session, ids: Sequence[str]) -> dict[str, Offer]:
    offers: dict[str, Offer] = {}
    for some in in_slices(ids):
        offers |= {offer.id: offer for offer in session.exec(select(Offer).where(col(Offer.id).in_(some)))}
    return offers


def count_settled(session: Session, batch_id: str) -> int:
    query = select(func.count()).select_from(Record)
    return session.exec(query.where(Record.batch_id == batch_id, col(Record.settled))).one()


def count_ahead(session: Session, batch: Batch) -> int:
    """Batches that wait to be read and came earlier."""
    query = select(func.count()).select_from(Batch)
    earlier = query.where(Batch.state == BatchState.RECEIVED, col(Batch.created_at) < batch.created_at)
    return session.exec(earlier).one()


def earlier_of_same_file(session: Session, batch: Batch) -> Batch | None:
    """The last time that this organisation published exactly this file."""
    query = select(Batch).where(
        Batch.file_hash == batch.file_hash,
        Batch.source == batch.source,
        Batch.organisation == batch.organisation,
        Batch.state == BatchState.DONE,
        Batch.id != batch.id,
        col(Batch.created_at) <= batch.created_at,
    )
    return session.exec(query.order_by(col(Batch.created_at).desc()).limit(1)).first()


def batches_page(
    session: Session, organisations: frozenset[str] | None, state: str, offset: int, limit: int
) -> Sequence[Batch]:
    """The latest first; of these organisations only (None: of all)."""
    query = select(Batch)
    if organisations is not None:
        query = query.where(col(Batch.organisation).in_(organisations))
    if state:
        query = query.where(Batch.state == state)
    return session.exec(query.order_by(col(Batch.created_at).desc(), col(Batch.id)).offset(offset).limit(limit)).all()
