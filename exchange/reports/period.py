"""What a report is about: a quarter, half or year (期间), of one cluster or of the office (both cities).

In: a period of exchange.periods, a cluster's code or "". Out: `Subject`, whose id names the report.
"""

import re
from dataclasses import dataclass

from exchange.periods import Period, PeriodKind, period_of

OFFICE = "office"
REPORTED = (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
_ID = re.compile(r"(20\d\d)(?:Q([1-4])|H([12]))?-([a-z0-9-]{1,16})")


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
    return Subject(period_of(int(year), kind, int(quarter or half or 1)), "" if whose == OFFICE else whose)
