"""The year's line as figures for an SVG: what was counted day by day beside pace and last year, and where it may end.

In: daily counts, a pace, perhaps a forecast and last year's days. Out: `YearChart`, points in a box of WIDTH × HEIGHT
that the template draws; `sparkline` for tables. Line styles and words at their ends tell lines apart without colour.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from config.targets import Commitment
from exchange.forecasting import Forecast
from exchange.paces import YearShape, expectation

WIDTH, HEIGHT = 420, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 42, 64, 14, 24
_STEPS = (1, 2, 2.5, 5, 10)
_LINE_HEIGHT = 12.0  # of the words at the ends of lines
_NEAR_THE_END = 46  # where the words of this year's line would meet those at the right
SPARK_WIDTH, SPARK_HEIGHT = 96, 22
Daily = Mapping[date, int]
Pace = Sequence[tuple[date, float]]


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """`daily`: postings counted on each local day of the year, `last_year` the same of the year before; the line ends
    on `day`. Without a goal there is no pace."""

    title: str
    year: int
    day: date
    daily: Daily
    done: int
    goal: int = 0
    pace: Pace = ()
    forecast: Forecast | None = None
    last_year: Daily = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class YearChart:
    title: str
    year: int
    done: str  # points of a polyline
    pace: str  # "" without a goal
    last_year: str  # "" when nothing was counted then
    last: tuple[float, float]  # where the line of what is done ends
    outlook: tuple[float, float, float] | None  # heights of the forecast: low, middle, high
    months: tuple[Tick, ...]
    amounts: tuple[Tick, ...]
    labels: tuple[Tick, ...]  # beside the ends of lines, at the right
    done_label: str  # beside the last point; "" when it is among `labels`
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def pace_of(commitment: Commitment, goal: int, shape: YearShape | None) -> Pace:
    """What is expected by the end of each month."""
    year = commitment.year
    ends = [date(year, month, 1) - timedelta(days=1) for month in range(2, 13)] + [date(year, 12, 31)]
    return [(date(year, 1, 1), 0), *((end, expectation(commitment, goal, end, shape).amount) for end in ends)]


def year_chart(facts: ChartFacts) -> YearChart:
    year = facts.year
    before = _running_total(_moved(facts.last_year, year), year, date(year, 12, 31)) if facts.last_year else []
    highest = max((total for _, total in before), default=0)
    top = max(facts.goal, facts.done, facts.forecast.high if facts.forecast else 0, highest, 1)
    step = _step(top)
    scale = _Scale(year, step * -(-top // step))
    done = _running_total(facts.daily, year, min(facts.day, date(year, 12, 31)))
    points = [scale.point(when, total) for when, total in done] or [scale.point(date(year, 1, 1), 0)]
    forecast, last = facts.forecast, points[-1]
    is_near = last[0] > WIDTH - _RIGHT - _NEAR_THE_END
    return YearChart(
        title=facts.title,
        year=year,
        done=_polyline(points),
        pace=_polyline(scale.point(when, amount) for when, amount in facts.pace),
        last_year=_polyline(scale.point(when, total) for when, total in before),
        last=last,
        outlook=(scale.y(forecast.low), scale.y(forecast.value), scale.y(forecast.high)) if forecast else None,
        months=tuple(Tick(scale.x(date(year, month, 1)), f"{month}月") for month in (1, 3, 5, 7, 9, 11)),
        amounts=tuple(Tick(scale.y(n), f"{n:,}") for n in range(0, scale.top + 1, step)),
        labels=_labels(facts, scale, before, last if is_near else None),
        done_label="" if is_near else f"{year}年",
    )


def sparkline(weekly: Sequence[int]) -> str:
    """Points of a polyline in SPARK_WIDTH × SPARK_HEIGHT; a week in which more was taken back than counted is 0."""
    amounts = [max(0, number) for number in weekly]
    most, steps = max([*amounts, 1]), max(len(amounts) - 1, 1)
    wide, high = (SPARK_WIDTH - 2) / steps, (SPARK_HEIGHT - 4) / most
    return _polyline(
        (round(1 + number * wide, 1), round(SPARK_HEIGHT - 2 - amount * high, 1))
        for number, amount in enumerate(amounts)
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


def _labels(
    facts: ChartFacts, scale: _Scale, before: Sequence[tuple[date, int]], last: tuple[float, float] | None
) -> tuple[Tick, ...]:
    """Words at the heights of the lines' ends, moved apart where they would meet."""
    wanted = [Tick(last[1], f"{facts.year}年")] if last else []
    if facts.forecast:
        wanted.append(Tick(scale.y(facts.forecast.value), "预计年末"))
    if facts.pace:
        wanted.append(Tick(scale.y(facts.pace[-1][1]), "应达"))
    if before:
        wanted.append(Tick(scale.y(before[-1][1]), f"{facts.year - 1}年"))
    placed: list[Tick] = []
    for tick in sorted(wanted, key=lambda tick: -tick.at):  # from the bottom up
        lowest = placed[-1].at - _LINE_HEIGHT if placed else float(HEIGHT - _BOTTOM)
        placed.append(Tick(round(min(tick.at, lowest), 1), tick.label))
    return tuple(placed)


def _moved(daily: Daily, year: int) -> dict[date, int]:
    """The same days in another year; 29 February is its 28th, what came after the year is its last day."""
    moved: dict[date, int] = {}
    for when, number in daily.items():
        day = date(year, when.month, min(when.day, 28)) if when.month == 2 else when.replace(year=year)
        day = date(year, 12, 31) if when.year >= year else day
        moved[day] = moved.get(day, 0) + number
    return moved


def _running_total(daily: Daily, year: int, until: date) -> list[tuple[date, int]]:
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


def _polyline(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
