"""Sources (来源) as the store knows them: which are in force, and what people order: pause, resume, run now.

In: the configuration, a store, who orders. Out: rows of pull_plan. Who the sources are is in sources.toml; what became
of their pulls is in exchange.store.pulls.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from config.sources import Source
from config.startup import Configuration
from exchange.models import PullPlan, SourceRow
from exchange.store.database import Store
from exchange.store.setup import is_demonstration
from exchange.store.transaction import Transaction


def last_good_run(store: Store, source: str) -> datetime | None:
    """When a pull last ended with nothing missing."""
    with store.read() as session:
        row = session.get(SourceRow, source)
        return row.last_good_at if row else None


def all_sources(session: Session) -> Sequence[SourceRow]:
    return session.exec(select(SourceRow).order_by(col(SourceRow.id))).all()


def in_force(session: Session, configuration: Configuration) -> list[Source]:
    """All of sources.toml, less the demonstration's own in a real store."""
    demonstration = is_demonstration(session)
    return [s for s in configuration.sources.values() if demonstration or not s.demonstration]


def plans(session: Session) -> dict[str, PullPlan]:
    return {plan.source: plan for plan in session.exec(select(PullPlan))}


def follow_plans(store: Store, sources: Sequence[str]) -> None:
    """A source seen for the first time is due from now on: no time before is caught up."""
    with store.read() as session:
        unknown = set(sources) - plans(session).keys()
    if unknown:
        with store.write() as transaction:
            for source in sorted(unknown):
                _plan(transaction, source)


def pause_source(store: Store, source: str, actor: str) -> bool:
    """No pull by itself until it is resumed. False when it was paused before."""
    with store.write(actor) as transaction:
        plan = _plan(transaction, source)
        if plan.paused_at is not None:
            return False
        plan.paused_at, plan.paused_by = transaction.now, actor
        return True


def resume_source(store: Store, source: str, actor: str) -> bool:
    """From its next time on; what was due meanwhile is not caught up. False when it was not paused."""
    with store.write(actor) as transaction:
        plan = _plan(transaction, source)
        if plan.paused_at is None:
            return False
        plan.paused_at, plan.paused_by, plan.since = None, "", transaction.now
        return True


def want_run(store: Store, source: str, actor: str) -> None:
    """The worker pulls it within seconds, also when it is paused."""
    with store.write(actor) as transaction:
        plan = _plan(transaction, source)
        plan.wanted_at, plan.wanted_by = transaction.now, actor


def _plan(transaction: Transaction, source: str) -> PullPlan:
    plan = transaction.session.get(PullPlan, source)
    if plan is None:
        plan = PullPlan(source=source, since=transaction.now)
        transaction.session.add(plan)
    return plan
