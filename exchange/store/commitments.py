"""Commitments (任务) as the office edits them: every change is an event with the old and the new values, who and why.

In: a transaction and the wanted `Commitment`. Out: the row, its event; and the history, read from the events. Goals
of a past moment are read by exchange.store.promised; a frozen report or snapshot keeps its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from config.commitments import are_monthly_shares
from config.targets import Commitment, Pace, Scope
from exchange.ledger import EventKind
from exchange.models import ClusterRow, CommitmentRow
from exchange.promises import commitment_of, plain_of
from exchange.store.decisions import NotPossible
from exchange.store.promised import find_commitment, setting_events
from exchange.store.transaction import Transaction

_FIXED = {
    "code": "代码", "year": "年份", "counted_by": "计数方式", "scope": "范围", "unit": "单位", "direction": "流向",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CommitmentChange:
    """One `commitment.set`: `was` holds the old values of what it changed, None when it made the commitment."""

    sequence: int
    at: datetime
    actor: str
    organisation: str
    words: str
    was: Mapping[str, Any] | None
    commitment: Commitment


def change_commitment(transaction: Transaction, code: str, year: int, words: str, **changes: Any) -> Commitment:
    """Set these fields of a commitment that is there. Raises NotPossible."""
    known = find_commitment(transaction.session, code, year)
    if known is None:
        raise NotPossible(f"{year} 年没有登记任务 {code}。")
    return set_commitment(transaction, replace(known, **changes), words)


def set_commitment(transaction: Transaction, wanted: Commitment, words: str) -> Commitment:
    """Make or change it; nothing is written when nothing differs. Raises NotPossible."""
    session = transaction.session
    known = find_commitment(session, wanted.code, wanted.year)
    _check(session, wanted, known, words)
    new, old = plain_of(wanted), plain_of(known) if known else None
    was = {name: value for name, value in old.items() if new[name] != value} if old is not None else None
    if was == {}:
        return wanted
    row = session.get(CommitmentRow, (wanted.code, wanted.year)) or CommitmentRow(**_columns(wanted))
    for name, value in _columns(wanted).items():
        setattr(row, name, value)
    session.add(row)
    transaction.record_event(EventKind.COMMITMENT_SET, {**new, "was": was, "words": words.strip()})
    return wanted


def commitment_history(session: Session, code: str, year: int) -> list[CommitmentChange]:
    """The latest first."""
    return [
        CommitmentChange(
            event.sequence,
            event.at,
            event.actor,
            event.organisation,
            body.get("words", ""),
            body.get("was"),
            commitment_of(_BEFORE | body),
        )
        for event, body in setting_events(session, EventKind.COMMITMENT_SET)
        if (body["code"], int(body["year"])) == (code, year)
    ]


def commitments_in(session: Session, years: tuple[int, int]) -> list[Commitment]:
    """Of every kind, by code and year, first and last year included."""
    query = select(CommitmentRow).where(col(CommitmentRow.year).between(*years))
    rows = session.exec(query.order_by(col(CommitmentRow.code), col(CommitmentRow.year)))
    return [commitment_of(row.model_dump()) for row in rows]


def _columns(commitment: Commitment) -> dict[str, Any]:
    return plain_of(commitment) | {"due_on": commitment.due_on}


_BEFORE = {  # what events before 0005 do not say
    name: value
    for name, value in plain_of(Commitment("", "", None, "postings", 1, 2000)).items()
    if name not in {"code", "name", "direction", "unit", "goal", "year"}
}


def _check(session: Session, wanted: Commitment, known: Commitment | None, words: str) -> None:
    if not words.strip():
        raise NotPossible("请写明为什么这样改。")
    if known is None:
        _check_new(session, wanted)
    for name, label in _FIXED.items() if known else ():
        if getattr(wanted, name) != getattr(known, name):
            raise NotPossible(f"任务的{label}不能改；需要时请另立一项任务。")
    if wanted.goal < 1 or any(goal < 1 for goal in wanted.cluster_goals.values()):
        raise NotPossible("目标应为正整数。")
    if (wanted.pace is Pace.MONTHLY) != bool(wanted.monthly_shares) or (
        wanted.monthly_shares and not are_monthly_shares(wanted.monthly_shares)
    ):
        raise NotPossible("按月比例应为十二个月的百分比，合计 100；其他进度不写比例。")
    if wanted.due_on is not None and wanted.due_on.year != wanted.year:
        raise NotPossible(f"完成时间应在 {wanted.year} 年内。")
    clusters: set[str] = set(session.exec(select(ClusterRow.code)))
    strange = set(wanted.cluster_goals) - clusters
    if strange:
        raise NotPossible(f"没有这个组团：{'、'.join(sorted(strange))}。")


def _check_new(session: Session, wanted: Commitment) -> None:
    """A further year of a commitment is like its others; postings are promised by the plan alone."""
    other = session.exec(select(CommitmentRow).where(CommitmentRow.code == wanted.code)).first()
    if other is None and wanted.is_by_postings:
        raise NotPossible("按岗位计数的任务只有两项，不能另立。")
    if other is None and wanted.scope is Scope.ALL and wanted.cluster_goals:
        raise NotPossible("两市合计、不按岗位计数的任务不设组团目标。")
    if other is not None:
        like = commitment_of(other.model_dump())
        for name in ("counted_by", "scope", "unit", "direction"):
            if getattr(like, name) != getattr(wanted, name):
                raise NotPossible(f"任务的{_FIXED[name]}应与其他年份一致。")
