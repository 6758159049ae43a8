"""Counting: sums of credits, as of now from the tallies and as of any past moment from the credits themselves.

In: a year, perhaps a moment. Out: `Count`. What is not counted is summed by its reason.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.divisions import DONGGUAN, all_divisions
from config.targets import Commitment, Pace
from config.words import City, Direction, Uncounted
from exchange.clock import local_day
from exchange.counting import ClusterCount, CommitmentCount, Count, count_commitment
from exchange.credits import COUNTED
from exchange.models import ClusterRow, CommitmentRow, Credit, Event, Tally
from exchange.store.ledger import head_sequence

UNASSIGNED = "unassigned"
UNASSIGNED_NAME = "未归组团"
# (direction, cluster, reason) → (postings, openings)
Sums = Mapping[tuple[str, str, str], tuple[int, int]]


def count(session: Session, year: int, now: datetime, as_of: datetime | None = None) -> Count:
    """The counts of one year as they stand, or as they stood at `as_of` (aware)."""
    moment = as_of or now
    sequence = head_sequence(session) if as_of is None else sequence_at(session, as_of)
    sums = _sums_now(session, year) if as_of is None else _sums_up_to(session, year, sequence)
    day = local_day(moment)
    commitments = tuple(
        _count_commitment(session, commitment, sums, day, sequence) for commitment in commitments_of(session, year)
    )
    uncounted: dict[str, int] = defaultdict(int)
    for (_, _, reason), (postings, _) in sums.items():
        if reason != COUNTED and postings:
            uncounted[reason] += postings
    return Count(year, moment, sequence, commitments, _clusters(session, sums), dict(sorted(uncounted.items())))


def sequence_at(session: Session, moment: datetime) -> int:
    """The ledger's last sequence at that moment."""
    return session.exec(select(func.max(Event.sequence)).where(col(Event.at) <= moment)).one() or 0


def commitments_of(session: Session, year: int) -> list[Commitment]:
    rows = session.exec(select(CommitmentRow).where(CommitmentRow.year == year).order_by(col(CommitmentRow.code)))
    return [
        Commitment(
            code=row.code,
            name=row.name,
            direction=Direction(row.direction),
            unit=row.unit,
            goal=row.goal,
            year=row.year,
            pace=Pace(row.pace),
            count_carried=row.count_carried,
            monthly_shares=tuple(row.monthly_shares or ()),
        )
        for row in rows
    ]


def daily_counted(session: Session, year: int, direction: str, up_to: int) -> dict[date, int]:
    """Local day → postings counted (less what was taken back), by the day of the event."""
    query = (
        select(Event.at, func.sum(Credit.sign))
        .join(Credit, col(Credit.sequence) == Event.sequence)
        .where(Credit.year == year, Credit.reason == COUNTED, Credit.direction == direction, Credit.sequence <= up_to)
        .group_by(col(Event.at))
    )
    daily: dict[date, int] = defaultdict(int)
    for at, number in session.exec(query):
        daily[local_day(at)] += number
    return dict(daily)


def _sums_now(session: Session, year: int) -> Sums:
    query = (
        sql_select(
            col(Tally.direction),
            col(Tally.cluster),
            col(Tally.reason),
            func.sum(col(Tally.postings)),
            func.sum(col(Tally.openings)),
        )
        .where(col(Tally.year) == year)
        .group_by(col(Tally.direction), col(Tally.cluster), col(Tally.reason))
    )
    return {(row[0], row[1], row[2]): (row[3], row[4]) for row in session.connection().execute(query)}


def _sums_up_to(session: Session, year: int, sequence: int) -> Sums:
    query = (
        sql_select(
            col(Credit.direction),
            col(Credit.cluster),
            col(Credit.reason),
            func.sum(col(Credit.sign)),
            func.sum(col(Credit.sign) * col(Credit.openings)),
        )
        .where(col(Credit.year) == year, col(Credit.sequence) <= sequence)
        .group_by(col(Credit.direction), col(Credit.cluster), col(Credit.reason))
    )
    return {(row[0], row[1], row[2]): (row[3], row[4]) for row in session.connection().execute(query)}


def _total(sums: Sums, direction: str, reason: str) -> tuple[int, int]:
    found = [value for (d, _, r), value in sums.items() if d == direction and r == reason]
    return sum(postings for postings, _ in found), sum(openings for _, openings in found)


def _count_commitment(
    session: Session, commitment: Commitment, sums: Sums, day: date, sequence: int
) -> CommitmentCount:
    counted, openings = _total(sums, commitment.direction, COUNTED)
    carried, carried_openings = _total(sums, commitment.direction, Uncounted.CARRIED)
    daily = daily_counted(session, commitment.year, commitment.direction, sequence)
    if commitment.count_carried:
        openings += carried_openings
    return count_commitment(commitment, counted, carried, openings, day, daily)


def _clusters(session: Session, sums: Sums) -> tuple[ClusterCount, ...]:
    """Every cluster in both directions, 未归组团 included, so that the clusters add up to the total."""
    names = {row.code: row.name for row in session.exec(select(ClusterRow).order_by(col(ClusterRow.code)))}
    counts = []
    for code, name in [*names.items(), ("", UNASSIGNED_NAME)]:
        for direction in Direction:
            postings, openings = sums.get((direction, code, COUNTED), (0, 0))
            counts.append(ClusterCount(code or UNASSIGNED, name, direction, None, postings, openings))
    return tuple(counts)


def cluster_divisions(pairing: Mapping[str, str], cluster: str) -> tuple[list[str], list[str]]:
    """(names of its Dongguan towns, names of its Shaoguan counties) as paired."""
    mine = [d for d in all_divisions() if pairing.get(d.code) == cluster]
    return [d.name for d in mine if d.parent == DONGGUAN], [d.name for d in mine if d.city is City.SHAOGUAN]
