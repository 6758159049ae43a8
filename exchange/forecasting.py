"""Forecast (预计年末): where a year's count ends, and how far off that may be.

In: what is counted day by day, perhaps the shape of the year before. Out: `Forecast` with its method in words. The
range is meant to hold in eight years of ten; tests/unit/test_exchange_forecasting.py plays years through and says
how often it did.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, stdev

from exchange.paces import YearShape

METHOD = "按近 8 周平均进度外推，区间按周波动估计，约八成把握"
METHOD_WITH_SHAPE = "近 8 周平均进度与上年同期走势各半外推，区间按周波动估计，约八成把握"
_WEEKS = 8
_LEAST_DAYS = 14  # no forecast from less than this
_NINETIETH = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415)  # Student's t by degrees of freedom, 1 to 7
_OF_SHAPE = 0.5
_DRIFT = {False: 0.40, True: 0.36}  # how far, as a part of it, the rest of a year goes another way than its last weeks
_FESTIVAL = ((3, 15), 1.5)  # until then the last weeks hold the Spring Festival and say less
_MOST_RATIO = 4.0  # this year's weeks against last year's: beyond that the comparison says nothing


@dataclass(frozen=True, slots=True)
class Forecast:
    value: int
    low: int
    high: int
    method: str = METHOD


def forecast(
    done: int, day: date, year: int, daily: Mapping[date, int], shape: YearShape | None = None
) -> Forecast | None:
    """None before the year, after it, or with too little to go on. `daily`: counted postings per local day."""
    first = min((d for d, number in daily.items() if number and d.year == year), default=day)
    if day.year != year or (day - first).days < _LEAST_DAYS:
        return None
    weeks = _weekly(daily, day, min(_WEEKS, (day - first).days // 7))
    left = (date(year, 12, 31) - day).days / 7
    rest = max(0.0, left * fmean(weeks))
    if shape is not None:
        rest += _OF_SHAPE * (_rest_by_shape(sum(weeks), day, len(weeks), done, shape) - rest)
    spread = _spread(weeks, left, rest, shape is not None)
    if (day.month, day.day) < _FESTIVAL[0]:
        spread *= _FESTIVAL[1]
    method = METHOD if shape is None else METHOD_WITH_SHAPE
    middle = done + rest
    return Forecast(round(middle), max(done, round(middle - spread)), round(middle + spread), method)


def _weekly(daily: Mapping[date, int], day: date, weeks: int) -> Sequence[int]:
    """Sums of the last full weeks, the latest first."""
    return [sum(daily.get(day - timedelta(days=7 * week + offset), 0) for offset in range(7)) for week in range(weeks)]


def _rest_by_shape(recent: int, day: date, weeks: int, done: int, shape: YearShape) -> float:
    """What last year still brought after this day, as much more or less as this year has brought so far."""
    year_end = date(day.year, 12, 31)
    last_recent = shape.between(day - timedelta(7 * weeks), day)
    last_done = shape.total * shape.share_by(day)
    ratios = [now / then for now, then in ((recent, last_recent), (done, last_done)) if then > 0]
    ratio = fmean(ratios) if ratios else 1.0
    return shape.between(day, year_end) * min(_MOST_RATIO, max(0.0, ratio))


def _spread(weeks: Sequence[int], left: float, rest: float, with_shape: bool) -> float:
    """Chance of the weeks to come, doubt about their mean, and that years turn."""
    varying = max(stdev(weeks) ** 2, fmean(weeks), 1.0)
    chance = left * varying + left**2 * varying / len(weeks)
    drift = (_DRIFT[with_shape] * rest * min(1.0, left / 26) ** 0.25) ** 2
    return math.sqrt(chance + drift) * _NINETIETH[len(weeks) - 2]
