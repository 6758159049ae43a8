"""Fairs in the store: finding them, planning, changing; every change is an event and a new revision.

In: a transaction or a reading session. Out: rows of `fair`. Steps from one state to the next are in fairs_steps.py.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from exchange.clock import local_day
from exchange.fairs.duty import LicenceDuty, licence_duty
from exchange.fairs.steps import LOCKED, after_change, is_editable, is_locked
from exchange.fairs.words import FairState
from exchange.identifiers import random_id
from exchange.ledger import EventKind
from exchange.models import Fair
from exchange.store.decisions import AlreadyThere, NotPossible
from exchange.store.transaction import Transaction

_LOCKED_WORDS = "已申请安全许可或已发布，时间、地点和规模不能再改；确要改的，请取消后另办一场。"


class UnknownFair(Exception):
    """No fair has this id."""


def find_fair(session: Session, fair_id: str) -> Fair:
    fair = session.get(Fair, fair_id)
    if fair is None:
        raise UnknownFair(fair_id)
    return fair


def fair_as_seen(transaction: Transaction, fair_id: str, seen: int) -> Fair:
    """Raises NotPossible when somebody has changed it since it was shown."""
    fair = find_fair(transaction.session, fair_id)
    if fair.revision != seen:
        raise NotPossible("您看过之后，这场对接会又有变化（可能别人改过）。请再看一遍，然后重做。")
    return fair


def fairs_of(session: Session, organisations: frozenset[str] | None, clusters: frozenset[str]) -> Sequence[Fair]:
    """Those of these organisations (None: all) or clusters, the latest first."""
    query = select(Fair).order_by(col(Fair.starts_at).desc(), col(Fair.id))
    if organisations is not None:
        query = query.where(col(Fair.organisation).in_(organisations) | col(Fair.cluster).in_(clusters))
    return session.exec(query).all()


def public_fairs(
    session: Session, since: datetime | None = None, until: datetime | None = None, cluster: str = ""
) -> Sequence[Fair]:
    """Those that were ever published and end after `since` and begin before `until`, by time."""
    query = select(Fair).where(col(Fair.published_at).is_not(None))
    if since is not None:
        query = query.where(col(Fair.ends_at) > since)
    if until is not None:
        query = query.where(col(Fair.starts_at) < until)
    if cluster:
        query = query.where(Fair.cluster == cluster)
    return session.exec(query.order_by(col(Fair.starts_at), col(Fair.id))).all()


def next_fairs(session: Session, now: datetime, limit: int) -> Sequence[Fair]:
    """Published and not yet over."""
    coming = public_fairs(session, since=now)
    return [fair for fair in coming if fair.state == FairState.PUBLISHED][:limit]


def plan_fair(transaction: Transaction, organisation: str, actor: str, given: Mapping[str, Any]) -> Fair:
    """Raises AlreadyThere for one of this name that this organisation already has at that time."""
    same = select(Fair.id).where(Fair.organisation == organisation, Fair.name == given["name"])
    same = same.where(Fair.starts_at == given["starts_at"], Fair.state != FairState.CANCELLED)
    if (first := transaction.session.exec(same).first()) is not None:
        raise AlreadyThere(first)
    fair = Fair(
        id=random_id(),
        state=FairState.PLANNED,
        organisation=organisation,
        planned_by=actor,
        created_at=transaction.now,
        changed_at=transaction.now,
        **given,
    )
    transaction.session.add(fair)
    transaction.record_event(EventKind.FAIR_PLANNED, body_of(fair), organisation=organisation)
    return fair


def change_fair(transaction: Transaction, fair: Fair, actor: str, given: Mapping[str, Any]) -> list[str]:
    """The names of what changed, none when all is as it was. Raises NotPossible for what is locked."""
    if not is_editable(FairState(fair.state)):
        raise NotPossible(f"这场对接会{FairState(fair.state).word}，不能再改。")
    changed = [name for name, value in given.items() if getattr(fair, name) != value]
    if is_locked(FairState(fair.state), fair.licence_applied_on) and set(changed) & set(LOCKED):
        raise NotPossible(_LOCKED_WORDS)
    for name in changed:
        setattr(fair, name, given[name])
    if changed:
        note_change(transaction, fair, actor, changed)
    return changed


def note_change(transaction: Transaction, fair: Fair, actor: str, what: Sequence[str], **facts: Any) -> None:
    """Anything about the fair, its exhibitors or its papers: what was checked must be checked again."""
    fair.planned_by = actor
    move(transaction, fair, after_change(FairState(fair.state)), EventKind.FAIR_CHANGED, what=sorted(what), **facts)


def move(transaction: Transaction, fair: Fair, state: FairState, kind: EventKind, **facts: Any) -> None:
    fair.state = state
    fair.revision += 1
    fair.changed_at = transaction.now
    transaction.session.add(fair)
    transaction.record_event(kind, {**body_of(fair), **facts}, organisation=fair.organisation)


def body_of(fair: Fair) -> dict[str, Any]:
    """What every event of a fair says, so that its state and the count of fairs follow from the ledger alone."""
    return {
        "fair": fair.id,
        "state": str(fair.state),
        "revision": fair.revision,
        "cluster": fair.cluster,
        "on": local_day(fair.starts_at).isoformat(),
    }


def duty_of(fair: Fair) -> LicenceDuty:
    return licence_duty(fair.expected, fair.by_government, fair.online, local_day(fair.starts_at))


def set_licence(transaction: Transaction, fair: Fair, actor: str, applied_on: date | None, number: str) -> None:
    """安全许可: when it was applied for and its number. Without either, an application was taken back."""
    if not is_editable(FairState(fair.state)):
        raise NotPossible(f"这场对接会{FairState(fair.state).word}，不能再改。")
    if applied_on is None and FairState(fair.state) is FairState.PUBLISHED:
        raise NotPossible("已经发布，许可的申请日期不能去掉。")
    fair.licence_applied_on, fair.licence_number = applied_on, number
    facts = {"applied_on": applied_on.isoformat() if applied_on else None, "number": number}
    note_change(transaction, fair, actor, ["licence"], licence=facts)
