"""The grammar of pay (薪资): amounts, units, periods and the words round them.

In: folded text. Out: `Amounts` found in one stretch of it: numbers in CNY of their period.
To teach it a word: the tables at the top. pay.py decides what the amounts mean.
"""

import re
from dataclasses import dataclass

from config.words import SalaryPeriod

UNITS = {"万": 10_000, "w": 10_000, "千": 1_000, "k": 1_000, "百": 100, "": 1}
PERIODS: tuple[tuple[SalaryPeriod, str], ...] = (
    (SalaryPeriod.PIECE, "件|个|次|双|套|单|打|条|台|吨|票|趟|斤|平方|方|米|课"),
    (SalaryPeriod.HOUR, "小时|个小时|钟头|h|hour|hr|时|钟"),
    (SalaryPeriod.DAY, "天|日|班|工作日|day|d"),
    (SalaryPeriod.WEEK, "周|星期|week"),
    (SalaryPeriod.MONTH, "月|个月|month|mon|m"),
    (SalaryPeriod.YEAR, "年|year|y"),
)
_PERIOD_WORDS = "|".join(sorted((word for _, words in PERIODS for word in words.split("|")), key=len, reverse=True))
_PERIOD_OF = {word: period for period, words in PERIODS for word in words.split("|")}
_MONEY = "(?:元|块钱|块|圆|rmb|人民币|cny|¥)?"
_OPEN = r"(?:人民币|rmb|cny|¥|约|大约|\()*"
_NUMBER = r"(\d+(?:\.\d+)?)"
_EACH = rf"(?:(?:[/每\\]|一|1(?=[天个月年小]))(?:1?个|人)?({_PERIOD_WORDS})(?!薪|底))?"
_EXTRA = r"(?:起|以上|左右|多|余|\+)?"
_RANGE = re.compile(
    rf"{_OPEN}(?<![\d.]){_NUMBER}([万千kw百]?){_MONEY}{_EACH}{_EXTRA}(?:-|至|到)+{_OPEN}{_NUMBER}([万千kw百]?)({_MONEY}){_EACH}"
)
_SINGLE = re.compile(rf"(?<![\d.]){_NUMBER}([万千kw百]?)({_MONEY}){_EACH}")
_BARE_PERIOD = re.compile(rf"^(?:\)|左右|以上|及以上|起)?[/每]?(?:一?个)?({_PERIOD_WORDS})(?![\d薪休])")
_NO_MONEY = re.compile(
    r"^(?:个?小时|个|天|人|名|岁|周岁|号|点|%|次|班|薪|月份|月|年|日|期|级|楼|室|栋|℃|分钟|分|h|倍|险|金|休|位|-\d+(?:岁|人|点|天|小时|年))"
)

_AFTER_LETTER = re.compile("[a-z]$")  # the 9 of a9 is no money


@dataclass(frozen=True, slots=True)
class Amounts:
    """One amount or a range, in CNY of `period` (None when the text does not say)."""

    low: float
    high: float
    single: bool
    bare: bool  # neither a unit (千, 万) nor money (元) nor a period stood with it
    period: SalaryPeriod | None
    before: str  # the text round it
    after: str


def find_amounts(text: str) -> Amounts | None:
    """The first range in the text or, without one, its first single amount that is money."""
    for found in _RANGE.finditer(text):
        amounts = _from_range(found, text)
        if not (amounts.bare and _NO_MONEY.match(amounts.after)):
            return amounts
    for found in _SINGLE.finditer(text):
        after = text[found.end() :]
        bare = not (found[2] or found[3] or found[4])
        if bare and (_NO_MONEY.match(after) or _AFTER_LETTER.search(text[: found.start()])):
            continue
        value = _times(float(found[1]), found[2])
        period, after = _period(found[4], after)
        return Amounts(value, value, True, bare and period is None, period, text[: found.start()], after)
    return None


def _from_range(found: re.Match[str], text: str) -> Amounts:
    low_unit, high_unit = found[2], found[5]
    low, high = float(found[1]), float(found[4])
    if not low_unit and high_unit and low <= high and low * UNITS[high_unit] <= high * UNITS[high_unit]:
        low_unit = high_unit if low < 1000 else ""
    elif low_unit and not high_unit and high < 1000:
        high_unit = low_unit
    period, after = _period(found[7] or found[3], text[found.end() :])
    bare = not (found[2] or found[5] or found[6] or period)
    return Amounts(_times(low, low_unit), _times(high, high_unit), False, bare, period, text[: found.start()], after)


def _period(written: str | None, after: str) -> tuple[SalaryPeriod | None, str]:
    if written:
        return _PERIOD_OF[written], after
    if following := _BARE_PERIOD.match(after):
        return _PERIOD_OF[following[1]], after
    return None, after


def _times(number: float, unit: str) -> float:
    return round(number * UNITS[unit], 2)
