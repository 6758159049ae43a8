"""The year's line as figures for an SVG: what was counted day by day beside the pace, and where the year may end.

In: a commitment, its daily counts, the local day. Out: `YearChart`, points in a box of WIDTH × HEIGHT that the
template draws. Solid and dashed lines tell the two apart, so that it prints without colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from config.targets import Commitment
from exchange.counting import CommitmentCount

WIDTH, HEIGHT = 360, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 12, 12, 24
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class YearChart:
    title: str
    done: str  # points of a polyline
    pace: str
    last: tuple[float, float]  # where the line of what is done ends
    outlook: tuple[float, float, float] | None  # heights of the forecast: low, middle, high
    months: tuple[Tick, ...]
    amounts: tuple[Tick, ...]
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def year_chart(commitment: Commitment, counted: CommitmentCount, daily: Mapping[date, int], day: date) -> YearChart:
    """`daily`: postings counted on each local day of the year; the line ends on `day`."""
    year = commitment.year
    top = max(commitment.goal, counted.counted, counted.forecast.high if counted.forecast else 0, 1)
    step = _step(top)
    scale = _Scale(year, step * -(-top // step))
    done = _running_total(daily, year, min(day, date(year, 12, 31)))
    ends = [date(year, month, 1) - timedelta(days=1) for month in range(2, 13)] + [date(year, 12, 31)]
    pace = [scale.point(date(year, 1, 1), 0)] + [scale.point(end, commitment.expected_by(end)) for end in ends]
    points = [scale.point(when, total) for when, total in done] or [scale.point(date(year, 1, 1), 0)]
    forecast = counted.forecast
    return YearChart(
        title=commitment.name,
        done=_polyline(points),
        pace=_polyline(pace),
        last=points[-1],
        outlook=(scale.y(forecast.low), scale.y(forecast.value), scale.y(forecast.high)) if forecast else None,
        months=tuple(Tick(scale.x(date(year, month, 1)), f"{month}月") for month in (1, 3, 5, 7, 9, 11)),
        amounts=tuple(Tick(scale.y(n), f"{n:,}") for n in range(0, scale.top + 1, step)),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    year: int
    top: int

    def x(self, when: date) -> float:
        first = date(self.year, 1, 1)
        share = (when - first).days / (date(self.year, 12, 31) - first).days
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

    def y(self, amount: float) -> float:
        return round(HEIGHT - _BOTTOM - amount / self.top * (HEIGHT - _TOP - _BOTTOM), 1)

    def point(self, when: date, amount: float) -> tuple[float, float]:
        return self.x(when), self.y(amount)


def _running_total(daily: Mapping[date, int], year: int, until: date) -> list[tuple[date, int]]:
    """One point before and one at each day that changed something, so that the line has steps and few points."""
    total, points = 0, [(date(year, 1, 1), 0)]
    for when in sorted(day for day, number in daily.items() if number and day <= until):
        points += [(when, total), (when, total + daily[when])]
        total += daily[when]
    return [*points, (until, total)] if until.year == year else []


def _step(top: int) -> int:
    """A round number of which three to six make the axis."""
    magnitude = 10 ** max(0, len(str(top)) - 2)
    steps = (int(step * magnitude) for step in (*_STEPS, *(10 * s for s in _STEPS)) if int(step * magnitude))
    return next(step for step in steps if top / step <= 5)


def _polyline(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
