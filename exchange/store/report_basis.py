"""What a report's numbers rest on: the snapshot taken when its period ended, or the ledger as of that moment.

In: a period, perhaps a snapshot that somebody chose. Out: `Basis`: a sequence number, the page it ends with, its hash.
"""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from exchange.clock import local_day
from exchange.models import Event, LedgerPage, Snapshot
from exchange.reports.figures import Basis, BasisKind
from exchange.reports.period import Period

_SOON_AFTER = timedelta(hours=24)  # a snapshot this close to the period's end is that of its end
_LAST_MOMENT = timedelta(seconds=1)  # a snapshot of the period itself bears its last moment
_OFFERED = 40


class UnknownSnapshot(Exception):
    """No such snapshot, or it was taken before the period began."""


def find_basis(session: Session, period: Period, now: datetime, chosen: str = "") -> Basis:
    """`chosen`: kind/period of a snapshot; "" takes the one of the period's end. Raises UnknownSnapshot."""
    if chosen:
        snapshot = session.get(Snapshot, tuple(chosen.split("/", 1))) if "/" in chosen else None
        if snapshot is None or local_day(snapshot.at) < period.first:
            raise UnknownSnapshot(chosen)
        return _of_snapshot(session, snapshot)
    if now < period.end:
        return _of_ledger(session, BasisKind.PARTIAL, now)
    ended = col(Snapshot.at).between(period.end - _LAST_MOMENT, min(now, period.end + _SOON_AFTER))
    order = (col(Snapshot.kind) == "hour", col(Snapshot.kind) != str(period.kind), col(Snapshot.at))  # its own first
    found = session.exec(select(Snapshot).where(ended).order_by(*order)).first()
    if found is not None:
        return _of_snapshot(session, found)
    return _of_ledger(session, BasisKind.LEDGER, period.end - timedelta(microseconds=1))


def snapshots_to_choose(session: Session, period: Period) -> list[Snapshot]:
    """The latest first; those of hours are left out."""
    query = select(Snapshot).where(Snapshot.at >= period.end - timedelta(days=31), Snapshot.kind != "hour")
    return list(session.exec(query.order_by(col(Snapshot.at).desc()).limit(_OFFERED)))


def has_begun(session: Session, period: Period) -> bool:
    """Whether anything at all had been counted when the period ended."""
    query = select(Event.at).where(col(Event.posting_id).is_not(None)).order_by(col(Event.at)).limit(1)
    first = session.exec(query).first()
    return first is not None and first < period.end


def _of_snapshot(session: Session, snapshot: Snapshot) -> Basis:
    page = session.get(LedgerPage, snapshot.page)
    sequence = page.last_sequence if page is not None else 0
    name = f"{snapshot.kind}/{snapshot.period}"
    return Basis(BasisKind.SNAPSHOT, snapshot.at, sequence, snapshot.page, snapshot.page_hash, name, snapshot.digest)


def _of_ledger(session: Session, kind: BasisKind, at: datetime) -> Basis:
    """The last page written until then: a page's events are of one moment."""
    query = select(LedgerPage).where(LedgerPage.at <= at).order_by(col(LedgerPage.number).desc()).limit(1)
    page = session.exec(query).first()
    if page is None:
        return Basis(kind, at, 0, 0, "")
    return Basis(kind, at, page.last_sequence, page.number, page.hash)
