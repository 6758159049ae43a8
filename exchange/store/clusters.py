"""Clusters (组团) side by side: done, this month, this quarter, week by week; and what a period brought, corrections
apart.

In: a session, a year, a moment. Out: `ClusterStanding`s and `PeriodCount`s, 未归组团 included, so that they add up.
Read from the sums per day: as quick for a large store as for a small one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from config.targets import Commitment, Thresholds
from config.words import Direction
from exchange.counting import percent
from exchange.credits import COUNTED
from exchange.models import Credit, DayTally
from exchange.paces import YearShape, expectation
from exchange.standings import State, state_of
from exchange.store.counting import (
    UNASSIGNED,
    UNASSIGNED_NAME,
    Moment,
    cluster_names_at,
    day_boundary,
    shape_before,
)
from exchange.store.promised import commitments_of

_YEARS_BACK = 5  # so much later something may still be taken back of a year


class Figures(NamedTuple):
    """Both units."""

    postings: int = 0
    openings: int = 0


@dataclass(frozen=True, slots=True)
class ClusterStanding:
    """One cluster in one direction; `cluster` is "unassigned" for 未归组团. `goal` and what rests on it are None where
    the office has set none."""

    cluster: str
    name: str
    direction: str
    year: Figures
    month: Figures  # of the day asked about, by the day on which it was counted
    quarter: Figures
    weekly: tuple[int, ...]  # postings of each week since 1 January, the last perhaps not whole
    goal: int | None = None
    expected: int | None = None
    state: State | None = None

    @property
    def percent(self) -> float | None:
        return percent(self.year.postings, self.goal) if self.goal else None


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """What one cluster's count in one direction changed by in a period: `net` = what was newly counted in it, less
    `corrected`, what was taken back of earlier months (更正, negative)."""

    cluster: str
    name: str
    direction: str
    net: Figures
    corrected: Figures


class DayRow(NamedTuple):
    year: int  # the credit's
    day: date
    direction: str
    cluster: str
    month: int  # the credit's
    postings: int
    openings: int

    @property
    def is_correction(self) -> bool:
        return (self.year, self.month) != (self.day.year, self.day.month)


def cluster_standings(
    session: Session, year: int, moment: Moment, thresholds: Thresholds
) -> tuple[ClusterStanding, ...]:
    """By cluster, both directions of each, 未归组团 last."""
    day = min(moment.day, date(year, 12, 31))
    rows: dict[tuple[str, str], list[DayRow]] = defaultdict(list)
    for row in counted_days(session, moment, year=year):
        rows[row.cluster, row.direction].append(row)
    promised = {str(c.direction): c for c in commitments_of(session, year, moment.past_sequence)}
    shapes = {d: shape_before(session, year, d, moment.sequence) for d in promised}
    return tuple(
        _standing(
            code, name, direction, rows.get((code, direction), []), day,
            promised.get(direction), shapes.get(direction), thresholds,
        )
        for code, name in _names(session, moment)
        for direction in Direction
    )  # fmt: skip


def period_counts(session: Session, first: date, last: date, moment: Moment) -> tuple[PeriodCount, ...]:
    """What the local days `first` to `last` changed, of whatever year."""
    rows: dict[tuple[str, str], list[DayRow]] = defaultdict(list)
    for row in counted_days(session, moment, between=(first, last)):
        rows[row.cluster, row.direction].append(row)
    return tuple(
        PeriodCount(
            code or UNASSIGNED,
            name,
            direction,
            _sum(rows.get((code, direction), ())),
            _sum(row for row in rows.get((code, direction), ()) if row.is_correction and _is_before(row, first)),
        )
        for code, name in _names(session, moment)
        for direction in Direction
    )


def counted_days(
    session: Session, moment: Moment, year: int | None = None, between: tuple[date, date] | None = None
) -> Iterator[DayRow]:
    """Sums of counted postings per day as of the moment, of one year's credits or of the days in a period."""
    columns: list[Any] = [col(getattr(DayTally, name)) for name in DayRow._fields]
    query = sql_select(*columns).where(col(DayTally.reason) == COUNTED)
    if year is not None:
        query = query.where(col(DayTally.year) == year)
    if between is not None:
        known = col(DayTally.year).in_(range(between[0].year - _YEARS_BACK, between[1].year + 1))
        query = query.where(known, col(DayTally.day).between(*between))
    boundary = None if moment.is_now else day_boundary(session, moment.sequence)
    if boundary is None and not moment.is_now:
        return  # before the first event
    if boundary is not None:
        query = query.where(col(DayTally.day) < boundary.day)
    for row in session.connection().execute(query):
        yield DayRow(*row)
    if boundary is not None and (between is None or between[0] <= boundary.day <= between[1]):
        yield from _part_of_a_day(session, boundary.day, boundary.first, moment.sequence, year)


def _part_of_a_day(session: Session, day: date, first: int, last: int, year: int | None) -> Iterator[DayRow]:
    c = Credit
    key: tuple[Any, ...] = (col(c.year), col(c.direction), col(c.cluster), col(c.month))
    sums: list[Any] = [*key, func.sum(col(c.sign)), func.sum(col(c.sign) * col(c.openings))]
    query = sql_select(*sums).where(col(c.sequence).between(first, last), col(c.reason) == COUNTED).group_by(*key)
    for of, direction, cluster, month, postings, openings in session.connection().execute(query):
        if year in {None, of}:
            yield DayRow(of, day, direction, cluster, month, int(postings), int(openings))


def _standing(
    code: str, name: str, direction: Direction, rows: list[DayRow], day: date, commitment: Commitment | None,
    shape: YearShape | None, thresholds: Thresholds,
) -> ClusterStanding:  # fmt: skip
    quarter = (day.month - 1) // 3
    done = _sum(rows)
    goal = commitment.cluster_goals.get(code) if commitment else None
    expected = expectation(commitment, goal, day, shape).amount if commitment and goal else None
    return ClusterStanding(
        cluster=code or UNASSIGNED,
        name=name,
        direction=direction,
        year=done,
        month=_sum(row for row in rows if (row.day.year, row.day.month) == (day.year, day.month)),
        quarter=_sum(row for row in rows if row.day.year == day.year and (row.day.month - 1) // 3 == quarter),
        weekly=_weekly(rows, day),
        goal=goal,
        expected=expected,
        state=(
            state_of(done.postings, goal, expected, day, commitment.due, thresholds)
            if commitment and goal and expected is not None
            else None
        ),
    )


def _weekly(rows: Iterable[DayRow], day: date) -> tuple[int, ...]:
    first = date(day.year, 1, 1)
    weeks = [0] * ((day - first).days // 7 + 1)
    for row in rows:
        if first <= row.day <= day:
            weeks[(row.day - first).days // 7] += row.postings
    return tuple(weeks)


def _is_before(row: DayRow, first: date) -> bool:
    return (row.year, row.month) < (first.year, first.month)


def _sum(rows: Iterable[DayRow]) -> Figures:
    postings = openings = 0
    for row in rows:
        postings, openings = postings + row.postings, openings + row.openings
    return Figures(postings, openings)


def _names(session: Session, moment: Moment) -> list[tuple[str, str]]:
    names: Mapping[str, str] = cluster_names_at(session, moment)
    return [*names.items(), ("", UNASSIGNED_NAME)]


def weeks_of(year: int) -> list[date]:
    """First days of the weeks that `weekly` sums up."""
    first = date(year, 1, 1)
    return [first + timedelta(7 * number) for number in range(53)]
