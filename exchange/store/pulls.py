"""Runs (抓取记录): a pull that began, and how it ended. What is read of them later is in pull_history.

In: a source, what a pull found. Out: rows of pull_run with the figures of their batch. A run that began and never ended
was broken off with its process; the next one of the source says so.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from config.words import BatchState, Outcome
from exchange.clock import local_day
from exchange.models import Batch, ProblemRow, PullPlan, PullRun, RunState, SourceRow
from exchange.store.batches import find_batch
from exchange.store.database import Store
from exchange.store.fill_rates import fill_rates
from exchange.store.pull_history import runs_of
from exchange.store.transaction import Transaction

BROKEN_OFF = "run.broken_off"
BROKEN_OFF_WORDS = "抓取中途停了：进程被结束，或机器重启。没有因此结束任何岗位，下一次会重新抓。"


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended: with batches (a change feed may bring several), with nothing new, or with a fault (code and
    Chinese message). `closed`: ended by the source's word, beside what its batches have closed."""

    batch_ids: tuple[str, ...] = ()
    code: str = ""
    message: str = ""
    closed: int = 0
    requests: int | None = None
    bytes: int | None = None


def begin_run(store: Store, source: str, actor: str) -> int:
    """Called with the source's lock held: whatever of it still seems to run is dead."""
    with store.write() as transaction:
        session, now = transaction.session, transaction.now
        _mark_broken(session, source)
        run = PullRun(source=source, actor=actor, day=local_day(now), started_at=now)
        session.add(run)
        row = session.get(SourceRow, source)
        if row is not None:
            row.last_run_at = now
        plan = session.get(PullPlan, source)
        if plan is not None:
            plan.wanted_at, plan.wanted_by = None, ""
        session.flush()
        assert run.id is not None
        return run.id


def end_run(store: Store, run_id: int, end: RunEnd) -> None:
    with store.write() as transaction:
        session = transaction.session
        run = session.get(PullRun, run_id)
        if run is None or run.state != RunState.RUNNING:
            return
        run.finished_at, run.code, run.message = transaction.now, end.code, end.message
        run.requests, run.bytes = end.requests, end.bytes
        run.batch_id, run.state = next(reversed(end.batch_ids), None), RunState.FAILED if end.code else RunState.DONE
        if not end.code:
            run.closed = end.closed
            _take_figures(session, run, [find_batch(session, id) for id in end.batch_ids])
        row = session.get(SourceRow, run.source)
        if row is not None:
            row.last_run_at = transaction.now  # times that passed meanwhile are not caught up
            row.last_error = run.message
        _note_good(transaction, run)


def publish_parked_run(transaction: Transaction, batch: Batch) -> None:
    """A person has approved a run that was parked whole, and its batch is published now."""
    query = select(PullRun).where(PullRun.batch_id == batch.id, PullRun.state == RunState.PARKED)
    for run in transaction.session.exec(query):
        _take_figures(transaction.session, run, [batch])
        _note_good(transaction, run)


def broken_off(store: Store, source: str) -> bool:
    """Called with the source's lock held: mark what its process has left. True when it should be done once more."""
    with store.write() as transaction:
        before = runs_of(transaction.session, source, 2)
        if not _mark_broken(transaction.session, source):
            return False
        return len(before) < 2 or before[1].code != BROKEN_OFF  # twice in a row: it may be what kills the process


def _mark_broken(session: Session, source: str) -> bool:
    left = session.exec(select(PullRun).where(PullRun.source == source, PullRun.state == RunState.RUNNING)).all()
    for run in left:
        run.state, run.code, run.message = RunState.FAILED, BROKEN_OFF, BROKEN_OFF_WORDS
        session.add(run)
    row = session.get(SourceRow, source)
    if left and row is not None:
        row.last_error = BROKEN_OFF_WORDS
    return bool(left)


def _take_figures(session: Session, run: PullRun, batches: Sequence[Batch]) -> None:
    problems: Counter[str] = Counter()
    filled: Counter[str] = Counter()  # field -> records
    run.received = sum(batch.received for batch in batches)
    for batch in batches:
        problems.update(_problem_kinds(session, batch.id))
        filled.update({field: share * batch.received for field, share in fill_rates(session, batch.id).items()})
    run.problems = dict(sorted(problems.items()))
    run.filled = {field: round(records / run.received, 4) for field, records in sorted(filled.items())}
    states = {batch.state for batch in batches}
    if states & {BatchState.FAILED, BatchState.DISCARDED}:
        errors = [batch.error for batch in batches if batch.error]
        run.state, run.code, run.message = RunState.FAILED, "run.not_published", next(iter(errors), "这一批没有发布。")
    elif states & {BatchState.RECEIVED, BatchState.STAGED}:
        run.state = RunState.PARKED
    else:
        _take_outcomes(run, batches)
    session.add(run)


def _take_outcomes(run: PullRun, batches: Sequence[Batch]) -> None:
    run.state = RunState.DONE
    run.closed += sum(batch.closed for batch in batches)
    run.parked = sum(batch.parked_closures for batch in batches)
    for outcome in Outcome:
        setattr(run, outcome, sum(getattr(batch, outcome) for batch in batches))


def _note_good(transaction: Transaction, run: PullRun) -> None:
    row = transaction.session.get(SourceRow, run.source)
    if row is not None and run.state == RunState.DONE and not run.message:  # what was missing must be asked for again
        row.last_good_at = transaction.now


def _problem_kinds(session: Session, batch_id: str) -> dict[str, int]:
    query = select(ProblemRow.code, func.count()).where(ProblemRow.batch_id == batch_id)
    return dict(session.exec(query.group_by(col(ProblemRow.code))).all())
