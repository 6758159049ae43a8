"""Batches in the store: received, staged record by record, decided, published, finished.

In: what `ingest.pipeline` has read and decided. Out: rows of batch, record and problem. Staged rows are
invisible: only publishing makes postings of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.words import BatchState, Outcome
from exchange.content import Problem
from exchange.identifiers import random_id
from exchange.models import Batch, DropKind, DropState, ParkedDrop, ProblemRow, Record
from exchange.store.database import Store
from exchange.store.ledger import head_sequence
from exchange.store.lists import in_slices

_DECIDED_AT_ONCE = 2_000
_WAITING = (BatchState.PUBLISHING, BatchState.CONFIRMED)
_UNFINISHED = (BatchState.RECEIVED, BatchState.STAGED, *_WAITING)
_DISCARDABLE = (BatchState.RECEIVED, BatchState.STAGED, BatchState.FAILED)


class UnknownBatch(Exception):
    """No batch has this id."""


def receive_batch(store: Store, facts: Mapping[str, Any]) -> tuple[Batch, bool]:
    """(batch, is it new). Its file is kept already. One of the same key, or the same file still on its way, is it."""
    with store.write() as transaction:
        known = _find_by_key(transaction.session, facts) or _find_on_its_way(transaction.session, facts)
        if known is not None:
            return known, False
        batch = Batch(id=random_id(), created_at=transaction.now, **facts)
        transaction.session.add(batch)
        return batch, True


def find_batch(session: Session, id: str) -> Batch:
    batch = session.get(Batch, id)
    if batch is None:
        raise UnknownBatch(id)
    return batch


def _find_by_key(session: Session, facts: Mapping[str, Any]) -> Batch | None:
    key = facts["idempotency_key"]
    if key is None:
        return None
    query = select(Batch).where(Batch.organisation == facts["organisation"], Batch.idempotency_key == key)
    return session.exec(query).first()


def _find_on_its_way(session: Session, facts: Mapping[str, Any]) -> Batch | None:
    """The same file of the same organisation, not yet done: broken off, or being handled by someone else."""
    query = select(Batch).where(
        Batch.source == facts["source"],
        Batch.organisation == facts["organisation"],
        Batch.file_hash == facts["file_hash"],
        col(Batch.automatic).is_(facts["automatic"]),
        col(Batch.state).in_(_UNFINISHED),
    )
    return session.exec(query.order_by(col(Batch.created_at).desc())).first()


def begin_staging(store: Store, batch_id: str, rows: int, layout: list[dict[str, Any]]) -> None:
    """Throw away what an earlier, broken attempt has left, and start over."""
    with store.write() as transaction:
        session = transaction.session
        session.connection().execute(delete(ProblemRow).where(col(ProblemRow.batch_id) == batch_id))
        session.connection().execute(delete(Record).where(col(Record.batch_id) == batch_id))
        batch = find_batch(session, batch_id)
        batch.progress_read, batch.progress_of, batch.layout = 0, rows, layout


def stage_records(
    store: Store, batch_id: str, records: Sequence[Mapping[str, Any]], problems: Sequence[Mapping[str, Any]]
) -> None:
    """`records` and `problems`: rows as the tables have them."""
    with store.write() as transaction:
        if records:
            transaction.session.connection().execute(insert(Record), list(records))
        if problems:
            transaction.session.connection().execute(insert(ProblemRow), list(problems))
        find_batch(transaction.session, batch_id).progress_read += len(records)


def finish_staging(store: Store, batch_id: str, received: int) -> None:
    with store.write() as transaction:
        batch = find_batch(transaction.session, batch_id)
        if batch.state == BatchState.RECEIVED:  # or it was thrown away meanwhile
            batch.state, batch.received = BatchState.STAGED, received


def problem_row(problem: Problem, batch_id: str, position: int | None, decided: bool = False) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "position": position,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "field": problem.field,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "evidence": problem.evidence,
        "decided": decided,
    }


def confirm_batch(store: Store, batch_id: str, actor: str) -> None:
    """A person, or the rule of the command, says: publish. Does nothing to a batch that is further on."""
    with store.write(actor=actor) as transaction:
        batch = find_batch(transaction.session, batch_id)
        if batch.state == BatchState.STAGED and not is_parked(transaction.session, batch_id):
            batch.state, batch.confirmed_at = BatchState.CONFIRMED, transaction.now


def discard_batch(store: Store, batch_id: str, actor: str) -> bool:
    """放弃: thrown away before anything of it was public. False when it is further on (or was thrown away before)."""
    with store.write(actor=actor) as transaction:
        batch = find_batch(transaction.session, batch_id)
        if batch.state not in _DISCARDABLE or is_parked(transaction.session, batch_id):
            return False
        batch.state, batch.finished_at = BatchState.DISCARDED, transaction.now
        return True


def is_parked(session: Session, batch_id: str) -> bool:
    """A guard has stopped it whole: exchange.store.parked decides, nobody else."""
    drop = session.get(ParkedDrop, batch_id)
    return drop is not None and (drop.kind, drop.state) == (DropKind.RUN, DropState.WAITING)


def fail_batch(store: Store, batch_id: str, message: str) -> None:
    with store.write() as transaction:
        batch = find_batch(transaction.session, batch_id)
        if batch.state != BatchState.DISCARDED:
            batch.state, batch.error, batch.finished_at = BatchState.FAILED, message, transaction.now


def next_to_publish(session: Session) -> Batch | None:
    """One that was broken off first, then the earliest confirmed."""
    query = select(Batch).where(col(Batch.state).in_(_WAITING))
    return session.exec(query.order_by(col(Batch.state).desc(), col(Batch.confirmed_at), col(Batch.id))).first()


def next_to_stage(session: Session) -> Sequence[Batch]:
    """Received batches, the earliest first."""
    query = select(Batch).where(Batch.state == BatchState.RECEIVED)
    return session.exec(query.order_by(col(Batch.created_at), col(Batch.id))).all()


def staged_unconfirmed(session: Session) -> Sequence[Batch]:
    """Staged batches that need no person: their process died before it could confirm them."""
    return session.exec(select(Batch).where(Batch.state == BatchState.STAGED, col(Batch.automatic))).all()


def save_decisions(
    store: Store,
    batch_id: str,
    decisions: Sequence[Mapping[str, Any]],
    problems: Sequence[Mapping[str, Any]],
    *,
    compared_at: int,
    final: bool,
) -> None:
    """Write what was decided about each record, compared with the ledger at that sequence. `final` freezes it: from
    here on the batch is being published; before that it is the preview that a person sees. `decisions`: at_position,
    new_outcome, ..."""
    for some in in_slices(decisions, _DECIDED_AT_ONCE):  # they mean nothing yet: the last transaction makes them hold
        with store.write() as transaction:
            _write_decisions(transaction.session, batch_id, some)
    with store.write() as transaction:
        session = transaction.session
        session.connection().execute(
            delete(ProblemRow).where(col(ProblemRow.batch_id) == batch_id, col(ProblemRow.decided))
        )
        if problems:
            session.connection().execute(insert(ProblemRow), list(problems))
        batch = find_batch(session, batch_id)
        counted = count_outcomes(session, batch_id)
        for outcome, number in counted.items():
            setattr(batch, outcome, number)
        batch.compared_at = compared_at
        if final:
            batch.state = BatchState.PUBLISHING
        else:
            batch.preview = counted


def _write_decisions(session: Session, batch_id: str, decisions: list[Mapping[str, Any]]) -> None:
    table = Record.__table__  # type: ignore[attr-defined]
    session.connection().execute(
        update(table)
        .where(table.c.batch_id == batch_id, table.c.position == bindparam("at_position"))
        .values({name: bindparam(f"new_{name}") for name in _DECIDED}),
        decisions,
    )


def freeze_preview(store: Store, batch_id: str) -> bool:
    """Nothing has happened since the preview was worked out, so its decisions are final. False: compare again."""
    with store.write() as transaction:
        batch = find_batch(transaction.session, batch_id)
        if batch.compared_at != head_sequence(transaction.session):
            return False
        batch.state = BatchState.PUBLISHING
        return True


_DECIDED = ("outcome", "decision", "posting_id", "offer_id", "joined_because", "settled")


def count_outcomes(session: Session, batch_id: str) -> dict[str, int]:
    """Outcome → records, every outcome word included."""
    query = select(Record.outcome, func.count()).where(Record.batch_id == batch_id).group_by(col(Record.outcome))
    return dict.fromkeys(Outcome, 0) | dict(session.exec(query).all())


@dataclass(slots=True)
class DueRecord:
    """What publishing needs of a record that is not settled; it says where the record has gone."""

    position: int
    reference: str
    employer: str
    employer_key: str
    identity_key: str
    content_hash: str
    job_key: str
    wording_key: str
    breached: bool
    content: dict[str, Any]
    contact: dict[str, str] | None
    decision: str
    posting_id: str | None
    offer_id: str | None
    joined_because: dict[str, Any] | None


_DUE = [getattr(Record, field.name) for field in fields(DueRecord)]


def unsettled_records(session: Session, batch_id: str, limit: int) -> list[DueRecord]:
    query = sql_select(*_DUE).where(col(Record.batch_id) == batch_id, ~col(Record.settled))
    return [DueRecord(*row) for row in session.connection().execute(query.order_by(col(Record.position)).limit(limit))]


def candidate_rows(session: Session, batch_id: str) -> Sequence[Any]:
    """(position, sheet, row, reference, platform id, identity, content hash, rejected, breached, past, employer,
    job key, wording key)."""
    query = sql_select(
        col(Record.position),
        col(Record.sheet),
        col(Record.row),
        col(Record.reference),
        col(Record.platform_id),
        col(Record.identity_key),
        col(Record.content_hash),
        col(Record.outcome) == Outcome.REJECTED,
        col(Record.breached),
        col(Record.past),
        col(Record.employer),
        col(Record.job_key),
        col(Record.wording_key),
    ).where(col(Record.batch_id) == batch_id)
    return session.connection().execute(query.order_by(col(Record.position))).all()


def record_contents(session: Session, batch_id: str, positions: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Position → content of these records, where it is still needed."""
    contents: dict[int, dict[str, Any]] = {}
    for some in in_slices(positions):
        query = select(Record.position, Record.content).where(
            Record.batch_id == batch_id, col(Record.position).in_(some)
        )
        contents |= {position: dict(content) for position, content in session.exec(query) if content is not None}
    return contents


def problems_of(session: Session, batch_id: str) -> Iterable[ProblemRow]:
    """Problems of the file first, then by column, then by row."""
    query = select(ProblemRow).where(ProblemRow.batch_id == batch_id)
    return session.exec(
        query.order_by(
            col(ProblemRow.position).is_not(None),
            col(ProblemRow.sheet),
            col(ProblemRow.column),
            col(ProblemRow.row),
            col(ProblemRow.id),
        )
    )
