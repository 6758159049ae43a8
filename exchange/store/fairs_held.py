"""Fairs as the ledger tells them: how many each cluster has held in a year, and whether the table agrees.

In: a session and a moment. Out: counts as they stood then; differences as Chinese sentences for `guanshao verify`.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from exchange.fairs.steps import COUNTED
from exchange.ledger import EventKind
from exchange.models import Event, Fair, FairDocument

_KINDS = "fair."


def held_fairs(session: Session, year: int, as_of: datetime | None = None) -> dict[str, int]:
    """Cluster → fairs of that year that were held and not cancelled, as the ledger stood at `as_of`."""
    told = _told(session, as_of)
    states = {str(state) for state in COUNTED}
    held = (fair for fair in told.values() if fair["state"] in states)
    return dict(Counter(fair["cluster"] for fair in held if date.fromisoformat(fair["on"]).year == year))


def _told(session: Session, as_of: datetime | None = None) -> dict[str, dict[str, Any]]:
    """Fair → what its last event says."""
    apart = (col(Event.posting_id).is_(None), col(Event.kind).startswith(_KINDS))  # few, and found by an index
    query = select(Event.body).where(*apart).order_by(col(Event.sequence))
    if as_of is not None:
        query = query.where(col(Event.at) <= as_of)
    bodies = (json.loads(body) for body in session.exec(query))
    return {body["fair"]: {name: body[name] for name in ("state", "revision", "cluster", "on")} for body in bodies}


def _compare_documents(session: Session) -> Iterator[str]:
    """Each paper is one that an event brought and none took away."""
    told: Counter[tuple[str, str]] = Counter()  # one file may be two papers
    query = select(Event.body).where(col(Event.posting_id).is_(None), Event.kind == EventKind.FAIR_CHANGED)
    for body in map(json.loads, session.exec(query.order_by(col(Event.sequence)))):
        if "document" in body:
            told[body["fair"], body["document"]["digest"]] += 1
        if "removed" in body:
            told[body["fair"], body["removed"]] -= 1
    there = Counter(session.exec(select(FairDocument.fair_id, FairDocument.digest)).all())
    for fair, digest in sorted((there - told) + (told - there)):
        known = there[fair, digest] > told[fair, digest]
        yield f"对接会 {fair} 的材料 {digest} {'在台账里没有事件' if known else '不在库里'}"


def history_of_fair(session: Session, fair_id: str) -> Sequence[Event]:
    """The events of a fair, the latest first."""
    named = f'%"fair":"{fair_id}"%'
    query = select(Event).where(col(Event.kind).startswith(_KINDS), col(Event.body).like(named))
    return session.exec(query.order_by(col(Event.sequence).desc())).all()


def compare_fairs(session: Session) -> Iterator[str]:
    told = _told(session)
    yield from _compare_documents(session)
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
