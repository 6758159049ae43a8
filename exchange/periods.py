"""Periods (时段) of the calendar that snapshots and reports are about: hours, days, months, quarters, halves, years.

In: a kind and a moment or a name such as 2026-Q3. Out: `Period`s with their local first and last moments.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from exchange.clock import LOCAL, local_day

_INSTANT = timedelta(microseconds=1)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_NAME = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})))?")


class PeriodKind(StrEnum):
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    NOW = "now"  # a snapshot that somebody asked for

    @property
    def label(self) -> str:
        return {
            "hour": "每小时", "day": "每日", "month": "月末", "quarter": "季末", "half": "半年末", "year": "年末",
            "now": "临时",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    kind: PeriodKind
    name: str  # 2026-11-24T10, 2026-11-24, 2026-11, 2026-Q4, 2026-H2, 2026
    start: datetime
    end: datetime  # the first moment after it

    @property
    def last_moment(self) -> datetime:
        return self.end - _INSTANT

    @property
    def first_day(self) -> date:
        return local_day(self.start)

    @property
    def last_day(self) -> date:
        return local_day(self.last_moment)


def period_at(kind: PeriodKind, moment: datetime) -> Period:
    """The period of this kind that the moment lies in. An instant (NOW) is its own period since its midnight."""
    local = moment.astimezone(LOCAL)
    if kind is PeriodKind.NOW:
        return Period(kind, local.strftime("%Y-%m-%dT%H:%M:%S"), _midnight(local.date()), local + _INSTANT)
    if kind is PeriodKind.HOUR:
        start = local.replace(minute=0, second=0, microsecond=0)
        return Period(kind, start.strftime("%Y-%m-%dT%H"), start, start + timedelta(hours=1))
    if kind is PeriodKind.DAY:
        return Period(kind, local.strftime("%Y-%m-%d"), _midnight(local.date()), _midnight(local.date() + timedelta(1)))
    months = _MONTHS[kind]
    number = (local.month - 1) // months
    first, after = date(local.year, number * months + 1, 1), (number + 1) * months
    following = date(local.year + after // 12, after % 12 + 1, 1)
    return Period(kind, _name(kind, first, number + 1), _midnight(first), _midnight(following))


def period_named(name: str) -> Period:
    """2026, 2026-Q3, 2026-H1 or 2026-09. Raises ValueError."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name!r} is no year, half, quarter or month")
    year, quarter, half, month = (int(part) if part else 0 for part in found.groups())
    if quarter:
        return period_at(PeriodKind.QUARTER, _midnight(date(year, 3 * quarter - 2, 1)))
    if half:
        return period_at(PeriodKind.HALF, _midnight(date(year, 6 * half - 5, 1)))
    return period_at(PeriodKind.MONTH if month else PeriodKind.YEAR, _midnight(date(year, month or 1, 1)))


def ended_periods(kind: PeriodKind, since: datetime, now: datetime) -> Iterator[Period]:
    """Those that end after `since` and are over by `now`, the earliest first."""
    period = period_at(kind, since)
    while period.end <= now:
        yield period
        period = period_at(kind, period.end)


def last_ended(kind: PeriodKind, now: datetime) -> Period:
    return period_at(kind, period_at(kind, now).start - _INSTANT)


def _name(kind: PeriodKind, first: date, number: int) -> str:
    if kind is PeriodKind.MONTH:
        return first.strftime("%Y-%m")
    marks = {PeriodKind.QUARTER: f"-Q{number}", PeriodKind.HALF: f"-H{number}"}
    return f"{first.year}{marks.get(kind, '')}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)
