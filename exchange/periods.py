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
_ORDINALS = "一二三四"
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
    def months(self) -> int:
        """0 for what is shorter."""
        return _MONTHS.get(self.value, 0)

    @property
    def this(self) -> str:
        """As a report calls its own period."""
        return _THIS[self][0]

    @property
    def same_last_year(self) -> str:
        return _THIS[self][1]

    @property
    def label(self) -> str:
        return {
            "hour": "每小时", "day": "每日", "month": "月末", "quarter": "季末", "half": "半年末", "year": "年末",
            "now": "临时",
        }[self.value]  # fmt: skip


_THIS = {
    PeriodKind.HOUR: ("本小时", "上年同时"), PeriodKind.DAY: ("本日", "上年同日"), PeriodKind.NOW: ("目前", "上年同时"),
    PeriodKind.MONTH: ("本月", "上年同月"), PeriodKind.QUARTER: ("本季", "上年同季"),
    PeriodKind.HALF: ("本半年", "上年同期"), PeriodKind.YEAR: ("本年", "上年"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """A month or longer has its `number` within the year, from 1."""

    kind: PeriodKind
    name: str  # 2026-11-24T10, 2026-11-24, 2026-11, 2026-Q4, 2026-H2, 2026
    start: datetime
    end: datetime  # the first moment after it

    @property
    def last_moment(self) -> datetime:
        return self.end - _INSTANT

    @property
    def first(self) -> date:
        return local_day(self.start)

    @property
    def last(self) -> date:
        return local_day(self.last_moment)

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def months(self) -> range:
        return range(self.first.month, self.last.month + 1)

    @property
    def number(self) -> int:
        return self.last.month // max(1, self.kind.months)

    @property
    def code(self) -> str:
        """2026Q3: as the ids of reports have it."""
        return self.name.replace("-", "")

    @property
    def words(self) -> str:
        """2026年第三季度."""
        if self.kind is PeriodKind.QUARTER:
            return f"{self.year}年第{_ORDINALS[self.number - 1]}季度"
        if self.kind is PeriodKind.HALF:
            return f"{self.year}年{'上下'[self.number - 1]}半年"
        return f"{self.year}年{self.first.month}月" if self.kind is PeriodKind.MONTH else f"{self.year}年"

    @property
    def before(self) -> "Period":
        """The one of its kind that ended when it began."""
        return period_at(self.kind, self.start - _INSTANT)


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


def period_of(year: int, kind: PeriodKind, number: int = 1) -> Period:
    """A month, quarter, half or year by its number within the year. Raises ValueError."""
    if not kind.months or not 1 <= number <= 12 // kind.months:
        raise ValueError(f"{year} has no {kind} {number}")
    return period_at(kind, _midnight(date(year, (number - 1) * kind.months + 1, 1)))


def period_named(name: str) -> Period:
    """2026, 2026-Q3, 2026-H1 or 2026-09. Raises ValueError."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name!r} is no year, half, quarter or month")
    year, quarter, half, month = (int(part) if part else 0 for part in found.groups())
    if quarter or half:
        return period_of(year, PeriodKind.QUARTER if quarter else PeriodKind.HALF, quarter or half)
    try:
        return period_of(year, PeriodKind.MONTH if month else PeriodKind.YEAR, month or 1)
    except ValueError:
        raise ValueError(f"{name!r} is no month") from None


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
