"""Fairs as the ledger tells them: how many each cluster has held in a year, and whether the table agrees.

In: a session and a moment. Out: counts as they stood then; differences as Chinese sentences for `guanshao verify`.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from exchange.fairs.steps import COUNTED
from exchange.models import Event, Fair

_KINDS = "fair."


def held_fairs(session: Session, year: int, as_of: datetime | None = None) -> dict[str, int]:
    """Cluster → fairs of that year that were held and not cancelled, as the ledger stood at `as_of`."""
    query = select(Event.kind, Event.body).where(col(Event.kind).startswith(_KINDS)).order_by(col(Event.sequence))
    if as_of is not None:
        query = query.where(col(Event.at) <= as_of)
    told: dict[str, dict[str, Any]] = {}
    for kind, body in session.exec(query):
        replay_fair(told, kind, json.loads(body))
    states = {str(state) for state in COUNTED}
    held = (fair for fair in told.values() if fair["state"] in states)
    return dict(Counter(fair["cluster"] for fair in held if date.fromisoformat(fair["on"]).year == year))


def replay_fair(told: dict[str, dict[str, Any]], kind: str, body: dict[str, Any]) -> None:
    """Keep `told` (fair → what its last event says) true. Raises LookupError for an event that says too little."""
    if kind.startswith(_KINDS):
        told[body["fair"]] = {name: body[name] for name in ("state", "revision", "cluster", "on")}


def history_of_fair(session: Session, fair_id: str) -> Sequence[Event]:
    """The events of a fair, the latest first."""
    named = f'%"fair":"{fair_id}"%'
    query = select(Event).where(col(Event.kind).startswith(_KINDS), col(Event.body).like(named))
    return session.exec(query.order_by(col(Event.sequence).desc())).all()


def compare_fairs(session: Session, told: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    unseen = set(told)
    for fair in session.exec(select(Fair).order_by(col(Fair.id))):
        unseen.discard(fair.id)
        due = told.get(fair.id)
        if due is None:
            yield f"对接会 {fair.id} 在台账里没有事件"
        elif (due["state"], due["revision"]) != (fair.state, fair.revision):
            yield (
                f"对接会 {fair.id} 的状态是 {fair.state}（第 {fair.revision} 版），"
                f"台账里是 {due['state']}（第 {due['revision']} 版）"
            )
    for id in sorted(unseen):
        yield f"台账里的对接会 {id} 不在库里"
