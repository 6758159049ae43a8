"""Counting: sums of credits, as of now from the tallies; as of a past moment from the days before it and the credits
of its own day, which is as exact.

In: a year, perhaps a moment. Out: `Count`. What is not counted is summed by its reason. Nothing here reads more rows
of a large store than of a small one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.divisions import DONGGUAN, all_divisions
from config.targets import Commitment
from config.words import City, Direction, Uncounted
from exchange.clock import LOCAL, local_day
from exchange.counting import ClusterCount, CommitmentCount, Count, count_commitment
from exchange.credits import COUNTED
from exchange.models import ClusterRow, Credit, DayTally, LedgerPage, Tally
from exchange.paces import YearShape, year_shape
from exchange.store.ledger import head_sequence
from exchange.store.promised import commitments_of, pairing_on, promises_at

__all__ = [
    "UNASSIGNED", "UNASSIGNED_NAME", "cluster_divisions", "commitments_of", "count", "daily_counted", "sequence_at",
]  # fmt: skip
UNASSIGNED = "unassigned"
UNASSIGNED_NAME = "未归组团"
# (direction, cluster, reason) → (postings, openings)
Sums = Mapping[tuple[str, str, str], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the past or now, as the ledger knows it."""

    at: datetime
    sequence: int  # the last event until then
    is_now: bool

    @property
    def day(self) -> date:
        return local_day(self.at)

    @property
    def past_sequence(self) -> int | None:
        """None: the tables hold."""
        return None if self.is_now else self.sequence


def moment_of(session: Session, now: datetime, as_of: datetime | None = None) -> Moment:
    head = head_sequence(session)
    if as_of is None:
        return Moment(now, head, True)
    sequence = sequence_at(session, as_of)
    return Moment(as_of, sequence, sequence == head)


def count(session: Session, year: int, now: datetime, as_of: datetime | None = None) -> Count:
    """The counts of one year as they stand, or as they stood at `as_of` (aware)."""
    return count_at(session, year, moment_of(session, now, as_of))


def count_at(session: Session, year: int, moment: Moment) -> Count:
    sums = sums_at(session, year, moment)
    promised = commitments_of(session, year, moment.past_sequence)
    counted = tuple(_count_commitment(session, commitment, sums, moment) for commitment in promised)
    uncounted: dict[str, int] = defaultdict(int)
    for (_, _, reason), (postings, _) in sums.items():
        if reason != COUNTED and postings:
            uncounted[reason] += postings
    clusters = _clusters(cluster_names_at(session, moment), sums, promised)
    return Count(year, moment.at, moment.sequence, counted, clusters, dict(sorted(uncounted.items())))


def sequence_at(session: Session, moment: datetime) -> int:
    """The ledger's last sequence at that moment. Pages carry the moment of their events, which never goes back."""
    query = select(LedgerPage.last_sequence).where(LedgerPage.at <= moment)
    return session.exec(query.order_by(col(LedgerPage.at).desc(), col(LedgerPage.number).desc()).limit(1)).first() or 0


def sums_at(session: Session, year: int, moment: Moment) -> Sums:
    return _sums_now(session, year) if moment.is_now else _sums_up_to(session, year, moment.sequence)


def daily_counted(session: Session, year: int, direction: str, up_to: int) -> dict[date, int]:
    """Local day → postings counted (less what was taken back), by the day of the event."""
    query = sql_select(col(DayTally.day), func.sum(col(DayTally.postings))).where(
        col(DayTally.year) == year, col(DayTally.reason) == COUNTED, col(DayTally.direction) == direction
    )
    boundary = day_boundary(session, up_to)
    if boundary is None:
        return {}
    whole = query.group_by(col(DayTally.day))
    if up_to == head_sequence(session):
        return {day: int(number) for day, number in session.connection().execute(whole) if number}
    before = session.connection().execute(whole.where(col(DayTally.day) < boundary.day))
    daily = {day: int(number) for day, number in before if number}
    of_the_day = select(func.sum(Credit.sign)).where(
        Credit.year == year, Credit.reason == COUNTED, Credit.direction == direction,
        col(Credit.sequence).between(boundary.first, up_to),
    )  # fmt: skip
    last = session.exec(of_the_day).one()
    return {**daily, boundary.day: int(last)} if last else daily


def shape_before(session: Session, year: int, direction: str, up_to: int) -> YearShape | None:
    """How the postings of the year before came in; None when it was not counted from its beginning."""
    return year_shape(daily_counted(session, year - 1, direction, up_to), year - 1)


def _sums_now(session: Session, year: int) -> Sums:
    key = (col(Tally.direction), col(Tally.cluster), col(Tally.reason))
    query = sql_select(*key, func.sum(col(Tally.postings)), func.sum(col(Tally.openings))).where(
        col(Tally.year) == year
    )
    return _as_sums(session.connection().execute(query.group_by(*key)))


def _sums_up_to(session: Session, year: int, sequence: int) -> Sums:
    """Whole days before that event's day, and the credits of the day up to it."""
    boundary = day_boundary(session, sequence)
    if boundary is None:
        return {}
    key = (col(DayTally.direction), col(DayTally.cluster), col(DayTally.reason))
    days = sql_select(*key, func.sum(col(DayTally.postings)), func.sum(col(DayTally.openings)))
    days = days.where(col(DayTally.year) == year, col(DayTally.day) < boundary.day).group_by(*key)
    key = (col(Credit.direction), col(Credit.cluster), col(Credit.reason))
    rest = sql_select(*key, func.sum(col(Credit.sign)), func.sum(col(Credit.sign) * col(Credit.openings)))
    within = col(Credit.sequence).between(boundary.first, sequence)
    rest = rest.where(within, col(Credit.year) == year).group_by(*key)
    connection = session.connection()
    return _as_sums([*connection.execute(days), *connection.execute(rest)])


def _as_sums(rows: Iterable[Any]) -> Sums:
    sums: dict[tuple[str, str, str], tuple[int, int]] = {}
    for direction, cluster, reason, postings, openings in rows:
        before = sums.get((direction, cluster, reason), (0, 0))
        sums[direction, cluster, reason] = before[0] + int(postings), before[1] + int(openings)
    return sums


class Boundary(NamedTuple):
    """The local day that a sequence number falls on, and the first event of that day."""

    day: date
    first: int


def day_boundary(session: Session, sequence: int) -> Boundary | None:
    """None before the first event."""
    query = select(LedgerPage.at).where(LedgerPage.last_sequence >= sequence)
    at = session.exec(query.order_by(col(LedgerPage.last_sequence)).limit(1)).first() if sequence else None
    if at is None:
        return None
    day = local_day(at)
    of_the_day = select(LedgerPage.first_sequence).where(LedgerPage.at >= datetime.combine(day, time(), LOCAL))
    first = session.exec(of_the_day.order_by(col(LedgerPage.at), col(LedgerPage.number)).limit(1)).one()
    return Boundary(day, first)


def total_of(sums: Sums, direction: str, reason: str) -> tuple[int, int]:
    found = [value for (d, _, r), value in sums.items() if d == direction and r == reason]
    return sum(postings for postings, _ in found), sum(openings for _, openings in found)


def _count_commitment(session: Session, commitment: Commitment, sums: Sums, moment: Moment) -> CommitmentCount:
    direction = str(commitment.direction)
    counted, openings = total_of(sums, direction, COUNTED)
    carried, carried_openings = total_of(sums, direction, Uncounted.CARRIED)
    daily = daily_counted(session, commitment.year, direction, moment.sequence)
    if commitment.count_carried:
        openings += carried_openings
    shape = shape_before(session, commitment.year, direction, moment.sequence)
    return count_commitment(commitment, counted, carried, openings, moment.day, daily, shape)


def cluster_names_at(session: Session, moment: Moment) -> dict[str, str]:
    """Code → name, by code."""
    if not moment.is_now and (named := promises_at(session, moment.sequence).clusters):
        return dict(sorted(named.items()))
    return {row.code: row.name for row in session.exec(select(ClusterRow).order_by(col(ClusterRow.code)))}


def pairing_at(session: Session, moment: Moment) -> dict[str, str]:
    """Division → cluster on the day of that moment, as it was known then."""
    if moment.is_now:
        return pairing_on(session, moment.day)
    known = sorted(promises_at(session, moment.sequence).pairings.items(), key=lambda item: item[0][1])
    latest = {division: cluster for (division, since), cluster in known if since <= moment.day.isoformat()}
    return {division: cluster for division, cluster in latest.items() if cluster}


def _clusters(names: Mapping[str, str], sums: Sums, promised: Iterable[Commitment]) -> tuple[ClusterCount, ...]:
    """Every cluster in both directions, 未归组团 included, so that the clusters add up to the total."""
    goals = {str(commitment.direction): commitment.cluster_goals for commitment in promised}
    counts = []
    for code, name in [*names.items(), ("", UNASSIGNED_NAME)]:
        for direction in Direction:
            postings, openings = sums.get((direction, code, COUNTED), (0, 0))
            goal = goals.get(direction, {}).get(code)
            counts.append(ClusterCount(code or UNASSIGNED, name, direction, goal, postings, openings))
    return tuple(counts)


def cluster_divisions(pairing: Mapping[str, str], cluster: str) -> tuple[list[str], list[str]]:
    """(names of its Dongguan towns, names of its Shaoguan counties) as paired."""
    mine = [d for d in all_divisions() if pairing.get(d.code) == cluster]
    return [d.name for d in mine if d.parent == DONGGUAN], [d.name for d in mine if d.city is City.SHAOGUAN]
