"""Which sources are due: worked out from the last runs in the store, so that it survives every restart.

In: sources in force, what the store knows of their runs and plans, a moment. Out: `DuePull`s, those that people want
first. What was due while no worker ran is due once; a paused source is due only when somebody wants it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.schedule import JITTER_SECONDS, due_at
from config.sources import Source
from exchange.context import Exchange
from exchange.models import PullPlan
from exchange.store.sources import all_sources, in_force, plans

WORKER = "worker"


@dataclass(frozen=True, slots=True)
class DuePull:
    source: Source
    actor: str
    since: datetime


def due_pulls(exchange: Exchange) -> list[DuePull]:
    """By the store's clock, the longest due first."""
    now = exchange.store.clock()
    with exchange.store.read() as session:
        sources = in_force(session, exchange.configuration)
        ordered = plans(session)
        last = {row.id: row.last_run_at for row in all_sources(session)}
    return sorted(_due(sources, ordered, last, now), key=lambda due: (due.actor == WORKER, due.since, due.source.id))


def _due(
    sources: Iterable[Source], ordered: Mapping[str, PullPlan], last: Mapping[str, datetime | None], now: datetime
) -> Iterable[DuePull]:
    for source in sources:
        plan = ordered.get(source.id)
        if not source.is_active or plan is None:
            continue
        if plan.wanted_at is not None:
            yield DuePull(source, plan.wanted_by, plan.wanted_at)
        elif source.schedule and plan.paused_at is None:
            slot = due_at(source.schedule, plan.since, last.get(source.id))
            if slot + jitter(source.id, slot) <= now:
                yield DuePull(source, WORKER, slot)


def jitter(source: str, slot: datetime) -> timedelta:
    """The same for one source and time on every machine, however often it is asked."""
    digest = hashlib.sha256(f"{source} {slot.timestamp():.0f}".encode()).digest()
    return timedelta(seconds=int.from_bytes(digest[:4], "big") / 2**32 * JITTER_SECONDS)
