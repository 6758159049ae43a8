"""Snapshots (快照): counts and standings as they stood at the end of a period, with the ledger page they cover.

In: a store and a kind of period. Out: one row for each period that is over, never changed again; of all but the hourly
ones an event keeps the digest, so that one that was altered or taken away is found. As counts of any past moment are
exact, a snapshot that was missed is made later and is the same.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from config.targets import Thresholds
from exchange.clock import iso
from exchange.ledger import EventKind, digest, moment_text
from exchange.models import LedgerPage, Snapshot
from exchange.periods import Period, PeriodKind, ended_periods, last_ended, period_at
from exchange.schemas.counting import count_to_json
from exchange.store.clusters import cluster_standings, period_counts
from exchange.store.counting import Moment, count_at, moment_of
from exchange.store.database import Store
from exchange.store.standings import standings
from exchange.store.transaction import Transaction

HOURS_KEPT = timedelta(days=8)
TIMED = (PeriodKind.DAY, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
_USUAL = Thresholds()


def take_snapshot(store: Store, kind: PeriodKind, thresholds: Thresholds = _USUAL) -> bool:
    """Of the last period of this kind that is over. False when it has one already."""
    with store.write(actor="system") as transaction:
        return _take(transaction, last_ended(kind, transaction.now), thresholds) is not None


def take_snapshot_now(store: Store, thresholds: Thresholds = _USUAL, actor: str = "system") -> Snapshot:
    """Of this moment, for somebody who asks (a report that cannot wait for the quarter's end)."""
    with store.write(actor=actor) as transaction:
        period = period_at(PeriodKind.NOW, transaction.now)
        _take(transaction, period, thresholds)  # unless somebody asked in the same second
        return transaction.session.get_one(Snapshot, (str(period.kind), period.name))


def take_missed_snapshots(store: Store, thresholds: Thresholds = _USUAL) -> int:
    """Every day, month, quarter, half and year since the ledger began that is over and has none; and the last hour."""
    with store.read() as session:
        first = session.get(LedgerPage, 1)
        known = set(session.exec(select(Snapshot.kind, Snapshot.period)).all())
    if first is None:
        return 0
    now = store.clock()
    due = [p for kind in TIMED for p in ended_periods(kind, first.at, now) if (str(p.kind), p.name) not in known]
    taken = 0
    for period in due:
        with store.write(actor="system") as transaction:
            taken += _take(transaction, period, thresholds) is not None
    return taken + take_snapshot(store, PeriodKind.HOUR, thresholds)


def find_snapshot(session: Session, kind: PeriodKind, period: str) -> Snapshot | None:
    return session.get(Snapshot, (str(kind), period))


def snapshots_of(session: Session, kinds: Iterable[PeriodKind], year: int) -> list[Snapshot]:
    """Of a year, the latest first."""
    query = select(Snapshot).where(col(Snapshot.kind).in_(list(kinds)), col(Snapshot.period).startswith(f"{year}"))
    return list(session.exec(query.order_by(col(Snapshot.at).desc(), col(Snapshot.kind))))


def snapshot_digest(snapshot: Snapshot) -> str:
    """Over all that it says; a report carries it."""
    plain = {
        "kind": str(snapshot.kind), "period": snapshot.period, "at": moment_text(snapshot.at), "page": snapshot.page,
        "page_hash": snapshot.page_hash, "counts": snapshot.counts,
    }  # fmt: skip
    return digest(plain)


def snapshot_json(session: Session, period: Period, moment: Moment, thresholds: Thresholds) -> dict[str, Any]:
    """The shape of `guanshao count --json`, and beside it every commitment's standing, the clusters, and what the
    period itself brought."""
    year = period.last.year
    return {
        **count_to_json(count_at(session, year, moment)),
        "standings": _plain(asdict(one) for one in standings(session, year, moment, thresholds).commitments),
        "cluster_standings": _plain(asdict(one) for one in cluster_standings(session, year, moment, thresholds)),
        "period": {
            "first_day": period.first.isoformat(),
            "last_day": period.last.isoformat(),
            "counts": _plain(
                asdict(one) for one in period_counts(session, period.first, period.last, moment)
            ),
        },
    }


def _take(transaction: Transaction, period: Period, thresholds: Thresholds) -> Snapshot | None:
    session = transaction.session
    if find_snapshot(session, period.kind, period.name) is not None:
        return None
    at = min(period.last_moment, transaction.now)
    moment = moment_of(session, at, at)
    page = session.exec(select(LedgerPage).where(LedgerPage.last_sequence == moment.sequence)).first()
    snapshot = Snapshot(
        kind=str(period.kind),
        period=period.name,
        at=at,
        page=page.number if page else 0,
        page_hash=page.hash if page else "",
        counts=snapshot_json(session, period, moment, thresholds),
    )
    snapshot.digest = snapshot_digest(snapshot)
    session.add(snapshot)
    if period.kind is PeriodKind.HOUR:
        _forget_hours(session, transaction.now)
    else:
        told = {"kind": snapshot.kind, "period": snapshot.period, "page": snapshot.page, "digest": snapshot.digest}
        transaction.record_event(EventKind.SNAPSHOT_TAKEN, told)
    return snapshot


def _forget_hours(session: Session, now: datetime) -> None:
    old = col(Snapshot.at) < now - HOURS_KEPT
    session.connection().execute(delete(Snapshot).where(col(Snapshot.kind) == str(PeriodKind.HOUR), old))


def _plain(value: Any) -> Any:
    """JSON of what dataclasses hold."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (str, int, float)) or value is None:
        return value
    return [_plain(one) for one in value]
