"""The two directions of a report (流向): goal, pace, what came in the period and the year, against the year before.

In: sums by month, the commitments and recorded figures as they stood at the report's sequence. Out:
`DirectionFigures`. A cluster's goal is its own, where the office has set one.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from config.targets import Commitment
from config.words import Direction, Uncounted
from exchange.counting import percent
from exchange.credits import COUNTED
from exchange.paces import Expectation, YearShape, expectation
from exchange.reports.figures import Amount, DirectionFigures
from exchange.reports.period import Subject
from exchange.store.counting import commitments_of, shape_before
from exchange.store.report_sums import Cube
from exchange.store.report_work import RecordedAmount, recorded_amounts


@dataclass(frozen=True, slots=True)
class Promise:
    """What is asked of the subject in one direction. No goal: `goal` is None."""

    commitment: Commitment | None = None
    goal: int | None = None
    shape: YearShape | None = None  # of the year before
    recorded: Sequence[RecordedAmount] = field(default=())  # by hand, this year and the one before

    def expected_by(self, day: date) -> Expectation | None:
        if self.commitment is None or self.goal is None:
            return None
        return expectation(self.commitment, self.goal, day, self.shape)


def directions_of(
    session: Session, subject: Subject, cube: Cube, day: date, sequence: int
) -> tuple[DirectionFigures, ...]:
    promises = _promises(session, subject, sequence)
    return tuple(_direction(subject, cube, day, one, promises.get(one, Promise())) for one in Direction)


def _promises(session: Session, subject: Subject, sequence: int) -> dict[str, Promise]:
    year, cluster = subject.period.year, subject.cluster
    by_hand = recorded_amounts(session, (year - 1, year), sequence)
    found = {}
    for commitment in commitments_of(session, year, sequence):
        direction = str(commitment.direction)
        goal = commitment.cluster_goals.get(cluster) if cluster else commitment.goal
        mine = [one for one in by_hand if one.commitment == commitment.code and one.member == cluster]
        found[direction] = Promise(commitment, goal, shape_before(session, year, direction, sequence), mine)
    return found


def _direction(
    subject: Subject, cube: Cube, day: date, direction: Direction, promise: Promise
) -> DirectionFigures:
    period, until = subject.period, range(1, day.month + 1)
    total = sum_of(cube, subject, until, direction)
    carried = sum_of(cube, subject, until, direction, Uncounted.CARRIED)
    last_year = tuple(sum_of(cube, subject, range(m, m + 1), direction, ago=1).postings for m in range(1, 13))
    comparable = any(last_year[: period.months[-1]])  # else the platform had not begun by then
    share, rank = _place(cube, subject, until, direction)
    expected = promise.expected_by(day)
    paces = [promise.expected_by(date(period.year, m, monthrange(period.year, m)[1])) for m in range(1, 13)]
    return DirectionFigures(
        direction=direction,
        goal=promise.goal,
        expected=expected.amount if expected else None,
        pace_words=expected.words if expected else "",
        new=sum_of(cube, subject, period.months, direction),
        total=total + carried if promise.commitment and promise.commitment.count_carried else total,
        carried=carried.postings,
        last_year_new=sum_of(cube, subject, period.months, direction, ago=1) if comparable else None,
        months=tuple(sum_of(cube, subject, range(m, m + 1), direction).postings for m in until),
        last_year_months=last_year if any(last_year) else (),
        pace=tuple(one.amount for one in paces if one),
        recorded=tuple(_by_hand(promise, period.year, m, day) for m in until),
        last_year_recorded=sum(one.amount for one in promise.recorded if one.year == period.year - 1),
        share=share,
        rank=rank,
    )


def _by_hand(promise: Promise, year: int, month: int, until: date) -> int:
    return sum(
        one.amount for one in promise.recorded if one.year == year and one.day.month == month and one.day <= until
    )


def sum_of(
    cube: Cube, subject: Subject, months: range, direction: str = "", reason: str = COUNTED, ago: int = 0
) -> Amount:
    year = subject.period.year - ago
    wanted = (
        amount
        for (y, m, d, c, r), amount in cube.items()
        if y == year and m in months and r == reason and direction in {"", d} and subject.cluster in {"", c}
    )
    return sum(wanted, Amount())


def _place(cube: Cube, subject: Subject, until: range, direction: str) -> tuple[float | None, int | None]:
    """(share of all postings in percent, rank among the clusters) of a cluster's report."""
    if not subject.cluster:
        return None, None
    totals: dict[str, int] = {}
    for (year, month, found, cluster, reason), amount in cube.items():
        if (year, found, reason) == (subject.period.year, direction, COUNTED) and month in until:
            totals[cluster] = totals.get(cluster, 0) + amount.postings
    mine = totals.get(subject.cluster, 0)
    if not mine:
        return None, None
    better = [number for cluster, number in totals.items() if cluster and number > mine]
    return percent(mine, sum(totals.values())), len(better) + 1
