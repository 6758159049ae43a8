"""How hosts are doing: whose turn it is, which are left alone (circuit breaker), what their robots.txt says.

In: a host by name (host:port). Out: a `Turn`. The state is in the store, so that every process that pulls keeps
the same pace and leaves the same hosts alone. Moments are the store's clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from config.words import BreakerState
from exchange.models import Host
from exchange.store.database import Store

LONGEST_OPEN = 6 * 3600.0  # seconds
_LONGEST_ASKED = 24 * 3600.0  # a Retry-After beyond a day is no plan but a mistake
_PROBE = timedelta(minutes=5)  # in which the one trying request must have been answered; its process may die


@dataclass(frozen=True, slots=True)
class BreakerRules:
    faults: int  # in a row, and the host is left alone
    seconds: float  # for so long the first time


@dataclass(frozen=True, slots=True)
class Turn:
    """When to go: after `wait` seconds, or not before `refused_until`."""

    wait: float = 0.0
    refused_until: datetime | None = None
    because: str = ""  # the last fault, in Chinese
    is_clean: bool = True  # no faults are noted that an answer would clear
    is_free: bool = True  # of `look`: one may go at once, without taking a turn


def look(store: Store, name: str) -> Turn:
    """Whether one may go without taking a turn: enough where no pause is kept."""
    with store.read() as session:
        row = session.get(Host, name)
    if row is None:
        return Turn()
    waits = row.next_at is not None and row.next_at > store.clock()
    return Turn(is_clean=not row.faults, is_free=row.state == BreakerState.CLOSED and not waits)


def take_turn(store: Store, name: str, pause: float, longest_wait: float) -> Turn:
    """Take the next free moment; the one after is `pause` seconds later. Of an open host's takers one may try."""
    with store.write() as transaction:
        now, row = transaction.now, _row(transaction.session, name)
        if row.open_until is not None and row.open_until > now:
            return Turn(refused_until=row.open_until, because=row.last_fault)
        moment = row.next_at if row.next_at is not None and row.next_at > now else now
        if (moment - now).total_seconds() > longest_wait:
            return Turn(refused_until=moment, because=row.last_fault)
        if row.state != BreakerState.CLOSED:
            row.state, row.open_until = BreakerState.HALF_OPEN, moment + _PROBE
        row.next_at = moment + timedelta(seconds=pause)
        clean = row.state == BreakerState.CLOSED and not row.faults
        return Turn(wait=(moment - now).total_seconds(), is_clean=clean)


def note_answer(store: Store, name: str) -> None:
    """The host answers: whatever was held against it is forgotten."""
    with store.write() as transaction:
        row = _row(transaction.session, name)
        row.state, row.faults, row.open_until, row.open_seconds = BreakerState.CLOSED, 0, None, 0.0


def note_fault(store: Store, name: str, message: str, rules: BreakerRules, retry_after: float | None = None) -> None:
    """One more fault in a row. `retry_after`: seconds the host asked for, kept by every process."""
    with store.write() as transaction:
        now, row = transaction.now, _row(transaction.session, name)
        row.faults, row.last_fault = row.faults + 1, message
        if retry_after:
            asked = now + timedelta(seconds=min(retry_after, _LONGEST_ASKED))
            row.next_at = asked if row.next_at is None else max(row.next_at, asked)
        if row.state == BreakerState.HALF_OPEN or (row.state == BreakerState.CLOSED and row.faults >= rules.faults):
            row.state = BreakerState.OPEN
            row.open_seconds = min(max(rules.seconds, 2 * row.open_seconds), LONGEST_OPEN)
            row.open_until = now + timedelta(seconds=row.open_seconds)


def robots_of(session: Session, name: str, since: datetime) -> tuple[int, str] | None:
    """(status, text) of a robots.txt that was read after `since`."""
    row = session.get(Host, name)
    if row is None or row.robots_at is None or row.robots_status is None or row.robots_at < since:
        return None
    return row.robots_status, row.robots


def keep_robots(store: Store, name: str, status: int, text: str) -> None:
    with store.write() as transaction:
        row = _row(transaction.session, name)
        row.robots_status, row.robots, row.robots_at = status, text, transaction.now


def all_hosts(session: Session) -> Sequence[Host]:
    return session.exec(select(Host).order_by(col(Host.name))).all()


def _row(session: Session, name: str) -> Host:
    row = session.get(Host, name)
    if row is None:
        row = Host(name=name)
        session.add(row)
    return row
