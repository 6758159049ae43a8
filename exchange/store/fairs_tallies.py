"""The day's counts: taken in once each, whatever the order and however often they are sent; and their sums.

In: tallies with ids made where they were counted. Out: rows of `fair_tally`, sums for pages and the report.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from exchange.fairs.results import Result
from exchange.fairs.steps import COUNTABLE, is_counting
from exchange.fairs.words import FairState, TallyKind
from exchange.models import Exhibitor, Fair, FairResult, FairTally
from exchange.store.decisions import NotPossible
from exchange.store.lists import in_slices
from exchange.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Counted:
    """One press of a button."""

    id: str
    exhibitor_id: str
    kind: TallyKind
    amount: int
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class TakenIn:
    accepted: tuple[str, ...]  # there now, whether they came just now or before
    refused: tuple[str, ...]  # of an employer that is not on the list


def take_tallies(transaction: Transaction, fair: Fair, actor: str, counted: Sequence[Counted]) -> TakenIn:
    """Raises NotPossible when the fair is not being counted."""
    state = FairState(fair.state)
    if state not in COUNTABLE:
        raise NotPossible(f"这场对接会{state.word}，不能计数。")
    if not is_counting(state, fair.starts_at, transaction.now):
        raise NotPossible("还没有到举办的日子，不能计数。")
    session = transaction.session
    employers = {"", *session.exec(select(Exhibitor.id).where(Exhibitor.fair_id == fair.id))}
    known = _known(session, [one.id for one in counted])
    accepted, refused = [], []
    for one in counted:
        suits = one.exhibitor_id in employers and one.kind.of_whole_fair != bool(one.exhibitor_id)
        if one.id not in known and not suits:
            refused.append(one.id)
            continue
        accepted.append(one.id)
        if one.id not in known:
            known.add(one.id)
            session.add(
                FairTally(
                    id=one.id,
                    fair_id=fair.id,
                    exhibitor_id=one.exhibitor_id,
                    kind=one.kind,
                    amount=one.amount,
                    counted_at=one.counted_at,
                    received_at=transaction.now,
                    actor=actor,
                )
            )
    return TakenIn(tuple(accepted), tuple(refused))


def _known(session: Session, ids: Sequence[str]) -> set[str]:
    known: set[str] = set()
    for some in in_slices(ids):
        known |= set(session.exec(select(FairTally.id).where(col(FairTally.id).in_(some))))
    return known


def tally_sums(session: Session, fair_id: str) -> dict[tuple[str, TallyKind], int]:
    """(exhibitor or "", kind) → sum."""
    query = (
        select(FairTally.exhibitor_id, FairTally.kind, func.sum(FairTally.amount))
        .where(FairTally.fair_id == fair_id)
        .group_by(col(FairTally.exhibitor_id), col(FairTally.kind))
    )
    return {(exhibitor, TallyKind(kind)): int(total) for exhibitor, kind, total in session.exec(query)}


def counted_of(session: Session, fair_id: str) -> dict[TallyKind, int]:
    """Of the whole fair; never less than nothing."""
    totals = dict.fromkeys(TallyKind, 0)
    for (_, kind), total in tally_sums(session, fair_id).items():
        totals[kind] += total
    return {kind: max(0, total) for kind, total in totals.items()}


def reported_of(session: Session, fair_id: str) -> list[Result]:
    rows = session.exec(select(FairResult).where(FairResult.fair_id == fair_id)).all()
    found = {row.kind: row for row in rows}
    return [
        Result(kind, found[kind].counted, found[kind].reported, found[kind].reason)
        for kind in TallyKind
        if kind in found
    ]
