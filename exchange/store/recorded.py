"""Rows whose every step is an event that words the row in full: activities, supply notices, relocations, policies.

In: a changed row and what was done. Out: the event; the steps of one row; differences for `verify`, which needs no
more than the last event of each row. To add a model: a line in RECORDED and kinds that begin with its word.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from exchange.ledger import EventKind
from exchange.models import Activity, Event, Policy, Relocation, SupplyNotice
from exchange.store.transaction import Transaction

# the first part of the kinds of events → (model, what people call it)
RECORDED: dict[str, tuple[type[SQLModel], str]] = {
    "activity": (Activity, "活动"),
    "supply": (SupplyNotice, "供给信息"),
    "relocation": (Relocation, "转移企业"),
    "policy": (Policy, "补贴政策"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a row's life, in the order of the ledger."""

    at: datetime
    sequence: int
    kind: str
    actor: str
    organisation: str
    row: dict[str, Any]  # as it stood then
    told: dict[str, Any]  # what was said with it


def record_step(transaction: Transaction, kind: EventKind, row: Any, /, **told: Any) -> None:
    """Keep the row and note the step. JSON columns must have been set anew, not changed in place."""
    transaction.session.add(row)
    transaction.session.flush()
    body = {"id": row.id, "row": row.model_dump(mode="json"), "told": told}
    transaction.record_event(kind, body, organisation=row.organisation)


def steps_among(session: Session, subject: str, up_to: datetime | None = None) -> Iterator[Step]:
    """Every step of all rows of one model, in order; those after `up_to` (aware) are left out."""
    kinds = [kind for kind in EventKind if kind.split(".")[0] == subject]
    query = select(Event).where(col(Event.posting_id).is_(None), col(Event.kind).in_(kinds))
    if up_to is not None:
        query = query.where(col(Event.at) <= up_to)
    for event in session.exec(query.order_by(col(Event.sequence))):
        body = json.loads(event.body)
        yield Step(event.at, event.sequence, event.kind, event.actor, event.organisation, body["row"], body["told"])


def steps_of(session: Session, subject: str, id: str) -> list[Step]:
    """The latest first."""
    return [step for step in steps_among(session, subject) if step.row["id"] == id][::-1]


def verify_recorded(session: Session) -> Iterator[str]:
    """A row must say what its last event says."""
    for subject, (model, name) in RECORDED.items():
        told = {step.row["id"]: step.row for step in steps_among(session, subject)}
        for row in session.exec(select(model)):
            plain = row.model_dump(mode="json")
            last = told.pop(plain["id"], None)
            if last is None:
                yield f"{name} {plain['id']} 在台账里没有事件"
            elif last != plain:
                fields = "、".join(sorted(field for field in plain if plain[field] != last.get(field)))
                yield f"{name} {plain['id']} 的 {fields} 与台账里的最后一步不符"
        for id in told:
            yield f"台账里的{name} {id} 不在库里"
