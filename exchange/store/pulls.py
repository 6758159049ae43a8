"""Runs (抓取记录): a pull that began, and how it ended. What is read of them later is in pull_history.

In: a source, what a pull found. Out: rows of pull_run with the figures of their batch. A run that began and never ended
was broken off with its process; the next one of the source says so.
"""

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
BROKEN_OFF_WORDS = "抓取中途停了：进程被结束，或机器重启。没有结束任何岗位，下一次会重新抓。"


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended: with a batch, with nothing new (no batch), or with a fault (code and Chinese message)."""

    batch_id: str | None = None
    code: str = ""
    message: str = ""
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
        run.batch_id, run.state = end.batch_id, RunState.FAILED if end.code else RunState.DONE
        if not end.code and end.batch_id is not None:
            _take_figures(session, run, find_batch(session, end.batch_id))
        row = session.get(SourceRow, run.source)
        if row is not None:
            row.last_run_at = transaction.now  # times that passed meanwhile are not caught up
            row.last_error = run.message
        _note_good(transaction, run)


def publish_parked_run(transaction: Transaction, batch: Batch) -> None:
    """A person has approved a run that was parked whole, and its batch is published now."""
    query = select(PullRun).where(PullRun.batch_id == batch.id, PullRun.state == RunState.PARKED)
    for run in transaction.session.exec(query):
        _take_figures(transaction.session, run, batch)
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


def _take_figures(session: Session, run: PullRun, batch: Batch) -> None:
    run.received = batch.received
    run.problems, run.filled = _problem_kinds(session, batch.id), fill_rates(session, batch.id)
    if batch.state in {BatchState.RECEIVED, BatchState.STAGED}:
        run.state = RunState.PARKED
    elif batch.state in {BatchState.FAILED, BatchState.DISCARDED}:
        run.state, run.code, run.message = RunState.FAILED, "run.not_published", batch.error or "这一批没有发布。"
    else:
        run.state, run.closed, run.parked = RunState.DONE, batch.closed, batch.parked_closures
        for outcome in Outcome:
            setattr(run, outcome, getattr(batch, outcome))
    session.add(run)


def _note_good(transaction: Transaction, run: PullRun) -> None:
    row = transaction.session.get(SourceRow, run.source)
    if row is not None and run.state == RunState.DONE:
        row.last_good_at = transaction.now


def _problem_kinds(session: Session, batch_id: str) -> dict[str, int]:
    number = func.count()
    query = select(ProblemRow.code, number).where(ProblemRow.batch_id == batch_id).group_by(col(ProblemRow.code))
    return dict(session.exec(query.order_by(number.desc(), col(ProblemRow.code))).all())
