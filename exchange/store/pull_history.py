"""What is read of runs (抓取记录): the latest of a source, its days, how well its fields were filled before.

In: a reading session. Out: rows and plain values. Nothing here writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from config.words import Outcome
from exchange.models import PullRun, RunState

_WELL = col(PullRun.state).in_([RunState.DONE, RunState.PARKED])

def runs_of(session: Session, source: str, limit: int, offset: int = 0) -> Sequence[PullRun]:
    """The latest first."""
    query = select(PullRun).where(PullRun.source == source).order_by(col(PullRun.id).desc())
    return session.exec(query.offset(offset).limit(limit)).all()


def recent_faults(session: Session, source: str, limit: int) -> Sequence[PullRun]:
    """The latest first."""
    query = select(PullRun).where(PullRun.source == source, PullRun.state == RunState.FAILED)
    return session.exec(query.order_by(col(PullRun.id).desc()).limit(limit)).all()


def last_filled(session: Session, source: str) -> PullRun | None:
    """The latest run that brought records."""
    query = select(PullRun).where(PullRun.source == source, PullRun.received > 0, _WELL)
    return session.exec(query.order_by(col(PullRun.id).desc()).limit(1)).first()


def filled_since(session: Session, source: str, since: datetime, before: int) -> list[Mapping[str, float]]:
    """Fill rates of the runs after `since` and before that run, the latest first; without any, of the one before it."""
    query = select(PullRun.started_at, PullRun.filled).where(
        PullRun.source == source, col(PullRun.id) < before, PullRun.received > 0
    )
    query = query.where(_WELL).order_by(col(PullRun.id).desc())
    within = [filled for _, filled in session.exec(query.where(PullRun.started_at >= since))]
    return within or [filled for _, filled in session.exec(query.limit(1))]


@dataclass(frozen=True, slots=True)
class DayOfRuns:
    """One local day of a source: runs, good ones, records of the largest of these; per outcome the sum and the most."""

    day: date
    runs: int
    good: int
    received: int
    total: dict[str, int]
    most: dict[str, int]


def days_of_runs(session: Session, sources: Sequence[str], since: date) -> dict[str, list[DayOfRuns]]:
    """Source → its days with runs, the earliest first."""
    sums = [func.sum(getattr(PullRun, outcome)) for outcome in Outcome]
    most = [func.max(getattr(PullRun, outcome)) for outcome in Outcome]
    is_good = col(PullRun.state) == RunState.DONE
    good = func.sum(case((is_good, 1), else_=0))
    received = func.max(case((is_good, col(PullRun.received)), else_=0))
    query = select(PullRun.source, PullRun.day, func.count(), good, received, *sums, *most)  # type: ignore[call-overload]
    query = query.where(col(PullRun.source).in_(sources), PullRun.day >= since)
    days: dict[str, list[DayOfRuns]] = {}
    for source, day, runs, well, listed, *figures in session.exec(
        query.group_by(col(PullRun.source), col(PullRun.day)).order_by(col(PullRun.day))
    ):
        total = dict(zip(map(str, Outcome), figures[: len(Outcome)], strict=True))
        largest = dict(zip(map(str, Outcome), figures[len(Outcome) :], strict=True))
        days.setdefault(source, []).append(DayOfRuns(day, runs, int(well), listed, total, largest))
    return days
