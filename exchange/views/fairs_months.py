"""A month of fairs as weeks of days, Monday first.

In: a month and fairs. Out: rows of `MonthDay` for a table; a fair of several days stands on each.
"""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from exchange.clock import LOCAL, local_day
from exchange.views.fairs_shown import ShownFair

_MONDAY = 0


@dataclass(frozen=True, slots=True)
class MonthDay:
    day: date
    is_inside: bool  # of the month itself
    fairs: tuple[ShownFair, ...]


@dataclass(frozen=True, slots=True)
class Month:
    first: date

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time(), LOCAL)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.next, time(), LOCAL)

    @property
    def next(self) -> date:
        return (self.first + timedelta(days=32)).replace(day=1)

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    def weeks(self, fairs: Sequence[ShownFair]) -> list[list[MonthDay]]:
        weeks = Calendar(_MONDAY).monthdatescalendar(self.first.year, self.first.month)
        return [[self._day(day, fairs) for day in week] for week in weeks]

    def _day(self, day: date, fairs: Sequence[ShownFair]) -> MonthDay:
        inside = day.month == self.first.month
        there = (s for s in fairs if local_day(s.fair.starts_at) <= day <= local_day(s.fair.ends_at))
        return MonthDay(day, inside, tuple(there) if inside else ())
