"""Pay by the day or the hour in a query: 日结300, 200元/天, 一天200, 时薪20, 20-25元/小时. Acts as salary_min.

It becomes CNY a month as the normaliser makes it: × 21.75, × 174, of the lower figure. Pay by the hour is the first to
be let go: part-time pay by the hour is never compared with a month's (CONTRACT: salary_min).
"""

import re
from dataclasses import dataclass

from search.understanding.spans import Query, Span, Strength

_RANGE = r"(?P<low>\d{1,4}(?:\.\d+)?)(?:\s?[-~至到–—]\s?\d{1,4}(?:\.\d+)?)?\s?(?:元|块钱|块)?"
_UP = r"(?:及以上|以上|起|\+|左右|多)?"


@dataclass(frozen=True, slots=True)
class _Period:
    times: float  # of a month
    least: float  # CNY a person may mean
    most: float
    before: str
    after: str
    strength: Strength

    def patterns(self) -> tuple[re.Pattern[str], ...]:
        return (
            re.compile(rf"(?<![\d.])(?:{self.before})\s?{_RANGE}(?:{self.after})?{_UP}(?![\d.]|\s?[-~]?\d)"),
            re.compile(rf"(?<![\d.a-z\-]){_RANGE}\s?(?:{self.after}){_UP}(?!\d|[班工制后内假])"),
        )


_DAY = _Period(
    21.75,
    50,
    3000,
    "日结工?资?|日薪|日工资|[一每]天|[一每]日",
    r"(?:/|(?<=[元块钱]))(?:天|日)(?:结|薪)?|[一每]天|日结",
    Strength.SALARY,
)
_HOUR = _Period(
    174,
    8,
    500,
    "时薪|小时工资?|[一每]个?小时|工价",
    r"(?:/|(?<=[元块钱]))(?:小时|时|h)|[一每]个?小时",
    Strength.HOURLY_PAY,
)
_FORMS = tuple((pattern, period) for period in (_DAY, _HOUR) for pattern in period.patterns())
_HINT = re.compile(r"[天日时/].*\d|\d.*[天日时/]")


def find_short_pay(query: Query) -> list[Span]:
    if not _HINT.search(query.text):
        return []
    return [
        Span(found.start(), found.end(), "salary_min", str(int(low * period.times + 0.5)), period.strength)
        for pattern, period in _FORMS
        for found in pattern.finditer(query.text)
        if period.least <= (low := float(found["low"])) <= period.most
    ]
