"""What a report is about: a quarter, half or year (期间), of one cluster or of the office (both cities).

In: a year and a number, a cluster's code or "". Out: `Period` and `Subject` with their days, months and Chinese names.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from exchange.clock import LOCAL

OFFICE = "office"
_ORDINALS = "一二三四"
_ID = re.compile(r"(20\d\d)(?:Q([1-4])|H([12]))?-([a-z0-9-]{1,16})")


class PeriodKind(StrEnum):
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}[self]

    @property
    def this(self) -> str:
        return {PeriodKind.QUARTER: "本季", PeriodKind.HALF: "本半年", PeriodKind.YEAR: "本年"}[self]

    @property
    def same_last_year(self) -> str:
        return {PeriodKind.QUARTER: "上年同季", PeriodKind.HALF: "上年同期", PeriodKind.YEAR: "上年"}[self]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`number` counts from 1 within the year."""

    year: int
    kind: PeriodKind
    number: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12 // self.kind.months:
            raise ValueError(f"{self.year} has no {self.kind} {self.number}")

    @property
    def months(self) -> range:
        last = self.number * self.kind.months
        return range(last - self.kind.months + 1, last + 1)

    @property
    def first(self) -> date:
        return date(self.year, self.months[0], 1)

    @property
    def last(self) -> date:
        month = self.months[-1]
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def end(self) -> datetime:
        """The first moment after it, in local time."""
        after = self.last + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=LOCAL)

    @property
    def code(self) -> str:
        letter = {PeriodKind.QUARTER: f"Q{self.number}", PeriodKind.HALF: f"H{self.number}", PeriodKind.YEAR: ""}
        return f"{self.year}{letter[self.kind]}"

    @property
    def name(self) -> str:
        if self.kind is PeriodKind.QUARTER:
            return f"{self.year}年第{_ORDINALS[self.number - 1]}季度"
        return f"{self.year}年{'上下'[self.number - 1]}半年" if self.kind is PeriodKind.HALF else f"{self.year}年"

    @property
    def before(self) -> "Period":
        """The one of its kind that ended when it began."""
        year, number = (self.year, self.number - 1) if self.number > 1 else (self.year - 1, 12 // self.kind.months)
        return Period(year, self.kind, number)

    @property
    def quarters(self) -> "tuple[Period, ...]":
        return tuple(Period(self.year, PeriodKind.QUARTER, month // 3) for month in self.months if month % 3 == 0)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose report of which period. `cluster` is "" for the office, which looks at both cities."""

    period: Period
    cluster: str = ""

    @property
    def id(self) -> str:
        return f"{self.period.code}-{self.cluster or OFFICE}"


def parse_subject(id: str) -> Subject:
    """The other way round from `Subject.id`. Raises ValueError."""
    found = _ID.fullmatch(id)
    if found is None:
        raise ValueError(f"{id} names no report")
    year, quarter, half, whose = found.groups()
    kind = PeriodKind.QUARTER if quarter else PeriodKind.HALF if half else PeriodKind.YEAR
    return Subject(Period(int(year), kind, int(quarter or half or 1)), "" if whose == OFFICE else whose)


def ended_periods(day: date) -> list[Period]:
    """The last quarter, half and year that were over when this local day began."""
    found = []
    for kind in PeriodKind:
        periods = [Period(y, kind, n) for y in (day.year - 1, day.year) for n in range(1, 12 // kind.months + 1)]
        found += [one for one, following in pairwise(periods) if one.last < day <= following.last]
    return found
