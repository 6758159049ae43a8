"""Paces (进度): how much of a year's goal should be done by a day, and what that rests on.

In: a commitment, a local day, perhaps the shape of the year before. Out: `Expectation`. Another pace is a member of
config.commitments.Pace and a branch in `expectation`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from config.targets import Commitment, Pace

WITHOUT_LAST_YEAR = "上年没有完整的计数，按全年均匀"
_FROM_ITS_BEGINNING = 2  # months: a year first counted later than this is no measure of another
_ALMOST = 1e-9  # shares are fractions: 100 % must not become 99.999


@dataclass(frozen=True, slots=True)
class YearShape:
    """How a whole year came in: `shares[i]` is the part that had come by the end of its day `i` (0: 1 January)."""

    year: int
    total: int
    shares: tuple[float, ...]

    def share_by(self, day: date) -> float:
        """By the same day of that year; 29 February is its 28th."""
        return self.shares[min((_same_day(day, self.year) - date(self.year, 1, 1)).days, len(self.shares) - 1)]

    def between(self, after: date, until: date) -> float:
        """Postings that came after the first and until the second day."""
        return self.total * (self.share_by(until) - self.share_by(after))


@dataclass(frozen=True, slots=True)
class Expectation:
    amount: int
    share: float  # of the goal, 0 to 1
    words: str  # what it rests on


def year_shape(daily: Mapping[date, int], year: int) -> YearShape | None:
    """None when the year was not counted from its beginning, or nothing was."""
    total = sum(daily.values())
    first = min((day for day, number in daily.items() if number), default=None)
    if total <= 0 or first is None or (first.year == year and first.month > _FROM_ITS_BEGINNING):
        return None
    days = [date(year, 1, 1) + timedelta(number) for number in range((date(year, 12, 31) - date(year, 1, 1)).days + 1)]
    before = sum(number for day, number in daily.items() if day < days[0])
    sums = list(accumulate((daily.get(day, 0) for day in days), initial=before))[1:]
    shares = (min(1.0, max(0.0, done / total)) for done in accumulate(sums, max))  # what is expected never shrinks
    return YearShape(year, total, tuple(shares))


def expectation(commitment: Commitment, goal: int, day: date, shape: YearShape | None = None) -> Expectation:
    """What of this goal should be done by the end of the day. Postings are rounded; of fairs, meetings and reports
    only whole ones are expected."""
    share, words = commitment.share_by(day), commitment.pace.label
    if commitment.pace is Pace.LAST_YEAR:
        if shape is None:
            words = WITHOUT_LAST_YEAR
        elif day.year == commitment.year:
            share = shape.share_by(day)
    amount = round(goal * share) if commitment.is_by_postings else int(goal * share + _ALMOST)
    return Expectation(amount, share, words)


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
