"""The counts (计数) as values: goal, done, pace, forecast. Pure arithmetic over what the ledger holds.

In: sums of credits and commitments. Out: `Count`, the shape of `guanshao count --json` and of /targets.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import pstdev

from config.targets import Commitment

METHOD = "按近 8 周平均进度外推，区间为周波动的 80% 范围"
_WEEKS = 8
_EIGHTY_PERCENT = 1.2816  # standard deviations on either side
_LEAST_DAYS = 14  # no forecast from less than this


@dataclass(frozen=True, slots=True)
class Forecast:
    value: int
    low: int
    high: int
    method: str = METHOD


@dataclass(frozen=True, slots=True)
class CommitmentCount:
    code: str
    name: str
    direction: str
    unit: str
    goal: int
    counted: int
    of_which_carried: int
    openings: int
    percent: float
    expected_by_now: int
    forecast: Forecast | None

    @property
    def expected_percent(self) -> float:
        return percent(self.expected_by_now, self.goal)

    @property
    def lead(self) -> float:
        """Percentage points ahead of the pace; negative when behind."""
        return round(self.percent - self.expected_percent, 1)


@dataclass(frozen=True, slots=True)
class ClusterCount:
    """One cluster in one direction; `cluster` is "unassigned" for 未归组团."""

    cluster: str
    name: str
    direction: str
    goal: int | None
    postings: int
    openings: int


@dataclass(frozen=True, slots=True)
class Count:
    year: int
    as_of: datetime
    ledger_sequence: int
    commitments: tuple[CommitmentCount, ...]
    clusters: tuple[ClusterCount, ...]
    uncounted: Mapping[str, int]


def percent(done: int, goal: int) -> float:
    return round(100 * done / goal, 1) if goal else 0.0


def count_commitment(
    commitment: Commitment, counted: int, carried: int, openings: int, day: date, daily: Mapping[date, int]
) -> CommitmentCount:
    """`day`: the local day of the moment asked about; `daily`: counted postings per local day of the year."""
    done = counted + (carried if commitment.count_carried else 0)
    return CommitmentCount(
        code=commitment.code,
        name=commitment.name,
        direction=commitment.direction,
        unit=commitment.unit,
        goal=commitment.goal,
        counted=done,
        of_which_carried=carried if commitment.count_carried else 0,
        openings=openings,
        percent=percent(done, commitment.goal),
        expected_by_now=commitment.expected_by(day),
        forecast=forecast(done, day, commitment.year, daily),
    )


def forecast(done: int, day: date, year: int, daily: Mapping[date, int]) -> Forecast | None:
    """Where the year ends if the last weeks go on. None before the year, after it, or with too little to go on."""
    first = min((d for d, number in daily.items() if number), default=day)
    if day.year != year or (day - first).days < _LEAST_DAYS:
        return None
    weeks = _weekly(daily, day, min(_WEEKS, (day - first).days // 7))
    left = (date(year, 12, 31) - day).days / 7
    middle = done + left * sum(weeks) / len(weeks)
    spread = _EIGHTY_PERCENT * pstdev(weeks) * math.sqrt(left)
    return Forecast(round(middle), max(done, round(middle - spread)), round(middle + spread))


def _weekly(daily: Mapping[date, int], day: date, weeks: int) -> Sequence[int]:
    """Sums of the last full weeks, the latest first."""
    return [sum(daily.get(day - timedelta(days=7 * week + offset), 0) for offset in range(7)) for week in range(weeks)]
