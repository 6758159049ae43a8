"""How each source is doing: its state, runs, next time, drift and parked drop. Read by pages, `sources` and `doctor`.

In: an exchange and a reading session. Out: one `SourceHealth` a source in force, in the order of sources.toml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from config.schedule import OVERDUE_AFTER, due_at, next_fire
from config.sources import AdapterKind, Source
from exchange.breaker import Breaker, breaker_of
from exchange.context import Exchange
from exchange.drift import LOOK_BACK, Drift, drifts
from exchange.locks import pulling
from exchange.models import ParkedDrop, PullPlan, PullRun, RunState, SourceRow
from exchange.pull_words import SourceState
from exchange.store.parked import waiting_drops
from exchange.store.pull_history import filled_since, last_filled, runs_of
from exchange.store.sources import all_sources, in_force, plans


@dataclass(frozen=True, slots=True)
class SourceHealth:
    source: Source
    state: SourceState
    last_good_at: datetime | None
    last_run_at: datetime | None
    last_error: str
    last_run: PullRun | None
    is_broken_off: bool  # the last run began, and nobody is at it any more
    next_at: datetime | None  # None: never by itself
    plan: PullPlan | None
    drop: ParkedDrop | None
    drifts: tuple[Drift, ...]  # every field, the largest move first
    breaker: Breaker

    @property
    def large_drifts(self) -> list[Drift]:
        return [drift for drift in self.drifts if drift.is_large]

    @property
    def is_paused(self) -> bool:
        return self.plan is not None and self.plan.paused_at is not None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read once for all sources."""

    rows: Mapping[str, SourceRow]
    plans: Mapping[str, PullPlan]
    drops: Mapping[str, ParkedDrop]


def sources_health(exchange: Exchange, session: Session) -> list[SourceHealth]:
    known = _known(session)
    return [_health(exchange, session, source, known) for source in in_force(session, exchange.configuration)]


def source_health(exchange: Exchange, session: Session, id: str) -> SourceHealth | None:
    """None for one that is not pulled, or not in force."""
    found = [s for s in in_force(session, exchange.configuration) if s.id == id and s.is_pulled]
    return _health(exchange, session, found[0], _known(session)) if found else None


def _known(session: Session) -> _Known:
    rows = {row.id: row for row in all_sources(session)}
    return _Known(rows, plans(session), {drop.source: drop for drop in waiting_drops(session)})


def _health(exchange: Exchange, session: Session, source: Source, known: _Known) -> SourceHealth:
    row, plan = known.rows.get(source.id), known.plans.get(source.id)
    last = next(iter(runs_of(session, source.id, 1)), None)
    broken = last is not None and last.state == RunState.RUNNING and _is_free(exchange, source.id)
    next_at = _next_at(exchange, source, plan, row)
    overdue = next_at is not None and next_at + OVERDUE_AFTER < exchange.store.clock()
    return SourceHealth(
        source=source,
        state=_state(source, last, broken, overdue, plan, known.drops.get(source.id)),
        last_good_at=row.last_good_at if row else None,
        last_run_at=row.last_run_at if row else None,
        last_error=row.last_error if row else "",
        last_run=last,
        is_broken_off=broken,
        next_at=next_at,
        plan=plan,
        drop=known.drops.get(source.id),
        drifts=tuple(_drifts(session, source)),
        breaker=breaker_of(session, source.with_port(exchange.settings.demonstration_port)),
    )


def _is_free(exchange: Exchange, source: str) -> bool:
    with exchange.lock(pulling(source), 0) as free:
        return free


def _next_at(exchange: Exchange, source: Source, plan: PullPlan | None, row: SourceRow | None) -> datetime | None:
    """Also a time that has passed: then the source is due, or overdue."""
    if not source.schedule or not source.enabled or (plan is not None and plan.paused_at is not None):
        return None
    if plan is None:
        return next_fire(source.schedule, exchange.store.clock())
    return due_at(source.schedule, plan.since, row.last_run_at if row else None)


def _state(
    source: Source, last: PullRun | None, broken: bool, overdue: bool, plan: PullPlan | None, drop: ParkedDrop | None
) -> SourceState:
    fits = {
        SourceState.DISABLED: source.is_pulled and not source.enabled,
        SourceState.RUNNING: last is not None and last.state == RunState.RUNNING and not broken,
        SourceState.WANTED: plan is not None and plan.wanted_at is not None,
        SourceState.PARKED: drop is not None,
        SourceState.PAUSED: plan is not None and plan.paused_at is not None,
        SourceState.FAILED: broken or (last is not None and last.state == RunState.FAILED),
        SourceState.OVERDUE: overdue,
        SourceState.NEW: last is None,
    }
    return next((state for state, holds in fits.items() if holds), SourceState.GOOD)


def _drifts(session: Session, source: Source) -> list[Drift]:
    """Of lists: the few changes that a peer brings say nothing of how well its fields are filled."""
    latest = None if source.adapter is AdapterKind.EXCHANGE else last_filled(session, source.id)
    if latest is None or latest.id is None:
        return []
    return drifts(latest.filled, filled_since(session, source.id, latest.started_at - LOOK_BACK, latest.id))
