"""Supply notices (供给信息): offered, changed, answered for, closed; expired by date.

In: transactions and checked values. Out: rows with their events. Figures only: no person is ever named.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from config.divisions import division
from config.words import City
from exchange.clock import local_day
from exchange.identifiers import random_id
from exchange.ledger import EventKind
from exchange.models import SupplyNotice
from exchange.store.database import Store
from exchange.store.decisions import AlreadyThere, NotPossible
from exchange.store.recorded import record_step
from exchange.store.transaction import Transaction
from exchange.supply import SupplyOutcome, SupplyState

MOST_OUTCOMES = 200


class UnknownNotice(Exception):
    """No supply notice has this id."""


def find_notice(session: Session, id: str) -> SupplyNotice:
    row = session.get(SupplyNotice, id)
    if row is None:
        raise UnknownNotice(id)
    return row


def state_on(row: SupplyNotice, today: date) -> SupplyState:
    """Also before the nightly job has ended what is past."""
    state = SupplyState(row.state)
    return SupplyState.EXPIRED if state is SupplyState.OPEN and row.until_on < today else state


def offer_supply(transaction: Transaction, organisation: str, values: Mapping[str, Any]) -> SupplyNotice:
    """Raises AlreadyThere for an open one of this organisation that says the very same."""
    mine = select(SupplyNotice).where(SupplyNotice.organisation == organisation, SupplyNotice.state == SupplyState.OPEN)
    for known in transaction.session.exec(mine.where(SupplyNotice.division == values["division"])):
        if all(getattr(known, name) == value for name, value in values.items()):
            raise AlreadyThere(known.id)
    row = SupplyNotice(id=random_id(), state=SupplyState.OPEN, organisation=organisation, **values)
    record_step(transaction, EventKind.SUPPLY_OFFERED, row)
    return row


def change_supply(transaction: Transaction, id: str, values: Mapping[str, Any]) -> SupplyNotice:
    """A later last day opens an expired one again; what was closed stays closed."""
    row = find_notice(transaction.session, id)
    if row.state == SupplyState.CLOSED:
        raise NotPossible("这条供给信息已经结束，请另登记一条。")
    for name, value in values.items():
        setattr(row, name, value)
    row.state = SupplyState.OPEN if row.until_on >= local_day(transaction.now) else SupplyState.EXPIRED
    record_step(transaction, EventKind.SUPPLY_CHANGED, row)
    return row


def record_outcome(
    transaction: Transaction, id: str, kind: SupplyOutcome, number: int, posting_id: str, words: str, organisation: str
) -> SupplyNotice:
    """Any bureau of either city may say what it knows, also after the notice ended: hires come late."""
    row = find_notice(transaction.session, id)
    told = Counter[str]()
    for outcome in row.outcomes:
        told[outcome["kind"]] += outcome["number"]
    if kind is SupplyOutcome.HIRED and told[kind] + number > row.workers:
        raise NotPossible(f"录用合计会是 {told[kind] + number} 人，多于供给的 {row.workers} 人，请核对。")
    if len(row.outcomes) >= MOST_OUTCOMES:
        raise NotPossible("这条供给信息的记录太多了，请结束它后另登记一条。")
    outcome = {
        "kind": str(kind),
        "number": number,
        "posting": posting_id,
        "words": words,
        "on": local_day(transaction.now).isoformat(),
        "by": organisation,
    }
    row.outcomes = [*row.outcomes, outcome]
    record_step(transaction, EventKind.SUPPLY_OUTCOME, row, **outcome)
    return row


def close_supply(transaction: Transaction, id: str, because: str) -> SupplyNotice:
    row = find_notice(transaction.session, id)
    if row.state == SupplyState.CLOSED:
        raise NotPossible("这条供给信息已经结束了。")
    row.state, row.closed_because = SupplyState.CLOSED, because
    record_step(transaction, EventKind.SUPPLY_CLOSED, row, words=because)
    return row


def expire_supply(store: Store) -> int:
    """The nightly job. Returns how many ended."""
    with store.write(actor="system") as transaction:
        today = local_day(transaction.now)
        past = select(SupplyNotice).where(SupplyNotice.state == SupplyState.OPEN, col(SupplyNotice.until_on) < today)
        rows = transaction.session.exec(past.order_by(col(SupplyNotice.id))).all()
        for row in rows:
            row.state = SupplyState.EXPIRED
            record_step(transaction, EventKind.SUPPLY_EXPIRED, row)
        return len(rows)


def list_notices(
    session: Session, state: SupplyState, city: City | None, today: date, limit: int
) -> list[SupplyNotice]:
    """Notices of workers from this city (either when None), the soonest to end first; ended ones the latest first."""
    query = select(SupplyNotice)
    if state is SupplyState.CLOSED:
        query = query.where(SupplyNotice.state == state).order_by(col(SupplyNotice.until_on).desc())
    elif state is SupplyState.EXPIRED:
        query = query.where(SupplyNotice.state != SupplyState.CLOSED, col(SupplyNotice.until_on) < today)
        query = query.order_by(col(SupplyNotice.until_on).desc())
    else:
        query = query.where(SupplyNotice.state == SupplyState.OPEN, col(SupplyNotice.until_on) >= today)
        query = query.order_by(col(SupplyNotice.until_on), col(SupplyNotice.id))
    rows = session.exec(query)
    found = [row for row in rows if city is None or division(row.division).city is city]
    return found[:limit]


def outcome_totals(row: SupplyNotice) -> dict[SupplyOutcome, int]:
    totals = Counter[str]()
    for outcome in row.outcomes:
        totals[outcome["kind"]] += outcome["number"]
    return {kind: totals[kind] for kind in SupplyOutcome}
