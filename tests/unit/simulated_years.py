"""Years as they might be: postings day by day, with the Spring Festival, busy and slack months, lumps and drift.

In: a seed. Out: `SimulatedYears`, last year and this one, day by day. Nothing here is taken from a real year: it is
drawn so widely that a forecast which holds in it does not hold by being tuned to one curve.
"""

import math
import random
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_SEASON = (0.7, 0.45, 1.6, 1.25, 1.1, 1.0, 1.0, 0.95, 1.1, 1.0, 0.95, 0.9)


@dataclass(frozen=True)
class SimulatedYears:
    before: dict[date, int]
    this: dict[date, int]


def simulate(seed: int) -> SimulatedYears:
    """2025 and 2026."""
    chance = random.Random(seed)
    level = math.exp(chance.gauss(math.log(180), 0.6))  # a week
    season = [part * math.exp(chance.gauss(0, 0.2)) for part in _SEASON]
    return SimulatedYears(
        _year(chance, 2025, level, season), _year(chance, 2026, level * math.exp(chance.gauss(0.05, 0.25)), season)
    )


def _year(chance: random.Random, year: int, level: float, season: list[float]) -> dict[date, int]:
    own = [part * math.exp(chance.gauss(0, 0.12)) for part in season]
    daily: dict[date, int] = {}
    day, drift = date(year, 1, 1), 0.0
    while day.year == year:
        if day.weekday() == 0 or (day.day == 1 and day.month == 1):
            drift = 0.75 * drift + chance.gauss(0, 0.22)
        month = day.month - 1
        turn = (own[min(11, month + 1)] - own[month]) * day.day / monthrange(year, day.month)[1]
        weekly = level * (own[month] + turn)
        if day.weekday() < 5 and chance.random() < 0.6:  # sheets come in lumps
            daily[day] = round(weekly * math.exp(drift) / 3 * chance.expovariate(1))
        day += timedelta(1)
    return daily
