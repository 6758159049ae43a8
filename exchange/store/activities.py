"""Activities (活动): entered, changed, held with their evidence, cancelled; and counted as of any moment.

In: transactions and checked values. Out: changed rows with their events. What counts toward a commitment is replayed
from the ledger, so a count as of a past moment is exact.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from exchange.activities import ActivityKind, ActivityState, Holding, missing_for_holding
from exchange.clock import local_day
from exchange.evidence import MOST_FILES, Evidence
from exchange.identifiers import random_id
from exchange.ledger import EventKind
from exchange.models import Activity
from exchange.store.decisions import AlreadyThere, NotPossible
from exchange.store.recorded import record_step, steps_among
from exchange.store.transaction import Transaction

SUBJECT = "activity"


class UnknownActivity(Exception):
    """No activity has this id."""


@dataclass(frozen=True, slots=True)
class KindCount:
    """Held activities of one kind. `by_cluster` has those that belong to one; the total holds the others as well."""

    total: int = 0
    by_cluster: Mapping[str, int] = field(default_factory=dict)


def find_activity(session: Session, id: str) -> Activity:
    row = session.get(Activity, id)
    if row is None:
        raise UnknownActivity(id)
    return row


def plan_activity(transaction: Transaction, organisation: str, values: Mapping[str, Any]) -> Activity:
    """Raises AlreadyThere for one of this kind and name that this organisation already has on that day."""
    same = select(Activity.id).where(Activity.organisation == organisation, Activity.state != ActivityState.CANCELLED)
    for name in ("kind", "name", "starts_on"):
        same = same.where(getattr(Activity, name) == values[name])
    if (first := transaction.session.exec(same).first()) is not None:
        raise AlreadyThere(first)
    row = Activity(id=random_id(), state=ActivityState.PLANNED, organisation=organisation, **values)
    record_step(transaction, EventKind.ACTIVITY_PLANNED, row)
    return row


def change_activity(transaction: Transaction, id: str, values: Mapping[str, Any]) -> Activity:
    """Also after it was held: what it reported may be corrected, never below what counting asks for."""
    row = find_activity(transaction.session, id)
    if row.state == ActivityState.CANCELLED:
        raise NotPossible("活动已经取消，不能再改；请另登记一个。")
    for name, value in values.items():
        setattr(row, name, value)
    if row.state == ActivityState.HELD:
        _refuse_what_is_missing(row, local_day(transaction.now))
    record_step(transaction, EventKind.ACTIVITY_CHANGED, row)
    return row


def hold_activity(
    transaction: Transaction, id: str, participants: int | None, figures: Mapping[str, int], words: str
) -> Activity:
    row = find_activity(transaction.session, id)
    if row.state != ActivityState.PLANNED:
        raise NotPossible(f"活动{ActivityState(row.state).label}，不能再登记举办。")
    row.participants, row.figures = participants, dict(figures)
    row.words = words or row.words
    _refuse_what_is_missing(row, local_day(transaction.now))
    row.state = ActivityState.HELD
    record_step(transaction, EventKind.ACTIVITY_HELD, row)
    return row


def cancel_activity(transaction: Transaction, id: str, words: str) -> Activity:
    """A held one may be cancelled too, when it was recorded by mistake: then it counts no longer."""
    row = find_activity(transaction.session, id)
    if row.state == ActivityState.CANCELLED:
        raise NotPossible("活动已经取消过了。")
    row.state = ActivityState.CANCELLED
    record_step(transaction, EventKind.ACTIVITY_CANCELLED, row, words=words)
    return row


def add_evidence(transaction: Transaction, id: str, evidence: Evidence) -> Activity:
    """The file is kept already."""
    row = find_activity(transaction.session, id)
    if any(known["digest"] == evidence.digest for known in row.evidence):
        raise NotPossible("这份材料已经上传过了。")
    if len(row.evidence) >= MOST_FILES:
        raise NotPossible(f"最多附 {MOST_FILES} 份佐证材料。")
    row.evidence = [*row.evidence, evidence.plain()]
    record_step(transaction, EventKind.ACTIVITY_EVIDENCE, row, name=evidence.name)
    return row


def missing_for(row: Activity, today: date) -> list[str]:
    """Why it cannot be recorded as held as it stands."""
    told = Holding(
        kind=ActivityKind(row.kind),
        ends_on=row.ends_on,
        participants=row.participants,
        figures=row.figures,
        evidence=len(row.evidence),
        schools=row.schools,
        employers=row.employers,
    )
    return missing_for_holding(told, today)


def _refuse_what_is_missing(row: Activity, today: date) -> None:
    if missing := missing_for(row, today):
        raise NotPossible("".join(missing))


def list_activities(
    session: Session, year: int, kind: str = "", cluster: str = "", public: bool = False
) -> list[Activity]:
    """Those that begin or end in the year, by their first day. `public`: what everybody may see."""
    query = select(Activity).where(col(Activity.starts_on) <= date(year, 12, 31), Activity.ends_on >= date(year, 1, 1))
    if kind:
        query = query.where(Activity.kind == kind)
    if cluster:
        query = query.where(col(Activity.cluster).in_([cluster, ""]))
    if public:
        query = query.where(col(Activity.public).is_(True))
    return list(session.exec(query.order_by(col(Activity.starts_on), col(Activity.id))))


def activities_counted(session: Session, year: int, as_of: datetime | None = None) -> dict[ActivityKind, KindCount]:
    """Held activities by kind, in the year of their last day, as they stood at `as_of` (aware; now when left out)."""
    last = {step.row["id"]: step.row for step in steps_among(session, SUBJECT, as_of)}
    held = [
        row
        for row in last.values()
        if row["state"] == ActivityState.HELD and date.fromisoformat(row["ends_on"]).year == year
    ]
    clusters: dict[str, Counter[str]] = {kind: Counter() for kind in ActivityKind}
    for row in held:
        clusters[row["kind"]][row["cluster"]] += 1
    return {
        kind: KindCount(clusters[kind].total(), {code: n for code, n in sorted(clusters[kind].items()) if code})
        for kind in ActivityKind
    }


def held_with_postings(session: Session, ids: set[str]) -> dict[str, list[Activity]]:
    """Posting id → held activities that offered it, the earliest first."""
    found: dict[str, list[Activity]] = {}
    held = select(Activity).where(Activity.state == ActivityState.HELD).order_by(col(Activity.ends_on))
    for row in session.exec(held):
        for id in row.postings:
            if id in ids:
                found.setdefault(id, []).append(row)
    return found
