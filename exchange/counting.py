"""The counts (计数) as values: goal, done, pace, forecast. Pure arithmetic over what the ledger holds.

In: sums of credits and commitments. Out: `Count`, the shape of `guanshao count --json` and of /targets.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from config.targets import Commitment
from exchange.forecasting import Forecast, forecast
from exchange.paces import YearShape, expectation

__all__ = [
    "ClusterCount", "CommitmentCount", "Count", "Forecast", "count_commitment", "forecast", "percent"
]  # fmt: skip


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
    commitment: Commitment,
    counted: int,
    carried: int,
    openings: int,
    day: date,
    daily: Mapping[date, int],
    shape: YearShape | None = None,
) -> CommitmentCount:
    """`day`: the local day of the moment asked about; `daily`: counted postings per local day of the year; `shape`:
    how those of the year before came in."""
    done = counted + (carried if commitment.count_carried else 0)
    return CommitmentCount(
        code=commitment.code,
        name=commitment.name,
        direction=str(commitment.direction or ""),
        unit=commitment.unit,
        goal=commitment.goal,
        counted=done,
        of_which_carried=carried if commitment.count_carried else 0,
        openings=openings,
        percent=percent(done, commitment.goal),
        expected_by_now=expectation(commitment, commitment.goal, day, shape).amount,
        forecast=forecast(done, day, commitment.year, daily, shape),
    )
