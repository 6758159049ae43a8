"""Pay (薪资) as written to whole CNY a month.

In: a cell, and the heading it stood under (薪资待遇(元/天) gives bare numbers their unit). Out: `SalaryReading`.
Rules: hour × 174, day × 21.75, week × 52 / 12, year / 12, rounded half up; a stated 综合 wins; 4500+提成, 以上, 起
give the lowest only, 及以下 the highest only; a single amount is both. Words live in pay_terms.py and pay.toml.
"""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from config.packaged import read_vocabulary_toml
from config.words import SalaryPeriod
from exchange.content import Salary
from ingest.normalise.numerals import with_digits
from ingest.normalise.pay_terms import Amounts, find_amounts
from ingest.normalise.text import fold, is_blank, squeeze

MONTHLY = {
    SalaryPeriod.HOUR: 174.0,
    SalaryPeriod.DAY: 21.75,
    SalaryPeriod.WEEK: 52 / 12,
    SalaryPeriod.MONTH: 1.0,
    SalaryPeriod.YEAR: 1 / 12,
}
PLAUSIBLE = {  # CNY in the period itself; outside of it the cell is not pay
    SalaryPeriod.HOUR: (3, 5_000),
    SalaryPeriod.DAY: (20, 50_000),
    SalaryPeriod.WEEK: (100, 200_000),
    SalaryPeriod.MONTH: (300, 1_000_000),
    SalaryPeriod.YEAR: (3_000, 10_000_000),
}
_MONTHS = re.compile(r"(?:[·•*x×,，+/]|\(|年底)?(1[2-9]|2[0-4])(?:个月)?薪\)?|[*x×](1[2-9]|2[0-4])(?:个月)?$")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DATE = re.compile(r"(?:19|20)\d\d(?:年|[-./]\d{1,2}(?:[-./月]|$))|^(?:19|20)2[1-9]$")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_ONLY_FROM = re.compile(
    r"^\)?(?:元|块)?(?:[/每](?:个)?[月天日时年周])?(?:底薪|无责底薪|基本工资|责任底薪|保底)?(?:\+|起|以上|及以上|或以上|往上|保底|加提成|加绩效|加计件|加奖金|加全勤|打底|封底|底薪|上不封顶|外加|不封顶)"
)
_FROM_BEFORE = re.compile(r"(?:底薪|基本工资|基本薪资|不低于|不少于|最低|保底|起薪|大于|≥|>=?|高于)[^\d,;，。]{0,4}$")
_ONLY_TO = re.compile(r"^(?:元|块)?(?:[/每](?:个)?[月天日时年周])?(?:及以下|以下|以内|或以下|封顶|之内|及以内)")
_TO_BEFORE = re.compile(r"(?:不超过|最高|高达|可达|小于|≤|<=?|上限|至多)[^\d,;，。]{0,4}$")


@dataclass(frozen=True, slots=True)
class SalaryReading:
    salary: Salary | None  # None exactly when the cell is pay that is no pay
    code: str = ""  # salary.missing, salary.unreadable or nothing


@dataclass(frozen=True, slots=True)
class _Words:
    total: re.Pattern[str]
    negotiable: re.Pattern[str]
    piece: re.Pattern[str]
    periods: tuple[tuple[SalaryPeriod, re.Pattern[str]], ...]


@cache
def _words() -> _Words:
    words = read_vocabulary_toml("pay.toml")
    return _Words(
        re.compile(f"(?:{'|'.join(words['total'])})(?={words['total_gap']}\\d)"),
        re.compile("|".join(words["negotiable"])),
        re.compile("|".join(words["piece"])),
        tuple((SalaryPeriod(name), re.compile("|".join(said))) for name, said in words["periods"].items()),
    )


def read_salary(text: str, heading: str = "") -> SalaryReading:
    """Pay from one cell. `heading` gives period and unit to cells that are bare numbers."""
    return _read(text, heading)


def read_salary_bounds(low: str, high: str, heading: str = "") -> SalaryReading:
    """Pay from two cells: 最低薪资 and 最高薪资."""
    if is_blank(low) or is_blank(high):
        suffix = "以下" if is_blank(low) else "以上"
        one = squeeze(high if is_blank(low) else low)
        return read_salary(one + suffix if any(sign.isdigit() for sign in one) else one, heading)
    low, high = squeeze(low), squeeze(high)
    return read_salary(low if low == high else f"{low}-{high}", heading)


@lru_cache(maxsize=16384)
def _read(text: str, heading: str) -> SalaryReading:
    if is_blank(text):
        return SalaryReading(Salary(), "salary.missing")
    kept = squeeze(text)
    folded = with_digits(_THOUSANDS.sub("", fold(text)))
    months = _MONTHS.search(folded)
    if months:
        folded = folded[: months.start()] + folded[months.end() :]
    salary = _read_amounts(folded, fold(heading)) or _read_words(folded)
    if salary is None:
        return SalaryReading(None, "salary.unreadable")
    return SalaryReading(replace(salary, text=kept, months=int(months[1] or months[2]) if months else None))


def _read_words(folded: str) -> Salary | None:
    """面议 and 计件 without a usable number."""
    words = _words()
    if words.negotiable.search(folded):
        return Salary(negotiable=True)
    if words.piece.search(folded):
        return Salary(period=SalaryPeriod.PIECE)
    return None


def _read_amounts(folded: str, heading: str) -> Salary | None:
    if _DATE.search(folded) or _PHONE.search(folded):
        return None
    total = _words().total.search(folded)
    amounts = find_amounts(folded[total.end() :] if total else folded)
    if amounts is None:
        return None
    if total:
        amounts = replace(amounts, before="")
    return _priced(amounts, folded, heading, is_total=total is not None)


def _priced(amounts: Amounts, folded: str, heading: str, is_total: bool) -> Salary | None:
    if amounts.period is SalaryPeriod.PIECE:
        return Salary(period=SalaryPeriod.PIECE, original_min=amounts.low, original_max=amounts.high)
    period = amounts.period or (SalaryPeriod.MONTH if is_total else _period_said(folded))
    if amounts.bare or period is None:
        amounts = _with_heading_unit(amounts, heading)
    period = _fitting(period or _period_said(heading) or SalaryPeriod.MONTH, amounts)
    amounts = _in_order(amounts)
    smallest, largest = PLAUSIBLE[period]
    if not (smallest <= amounts.high <= largest and 0 <= amounts.low <= amounts.high):
        return None
    low, high = _bounds(amounts)
    factor = MONTHLY[period]
    return Salary(
        min=_whole(low * factor) if low else None,
        max=_whole(high * factor) if high else None,
        period=period,
        original_min=low or None,
        original_max=high or None,
    )


def _bounds(amounts: Amounts) -> tuple[float | None, float | None]:
    """Lowest and highest as the words round the amount limit them."""
    if not amounts.single:
        return amounts.low, amounts.high
    if _ONLY_TO.search(amounts.after) or _TO_BEFORE.search(amounts.before):
        return None, amounts.high
    if _ONLY_FROM.search(amounts.after) or _FROM_BEFORE.search(amounts.before):
        return amounts.low, None
    return amounts.low, amounts.high


def _period_said(text: str) -> SalaryPeriod | None:
    return next((period for period, said in _words().periods if said.search(text)), None)


def _fitting(period: SalaryPeriod, amounts: Amounts) -> SalaryPeriod:
    """日结 and 时薪 also stand beside monthly figures (月薪 6000 paid daily): the amount decides."""
    said_with_amount = amounts.period is not None
    if said_with_amount or period not in {SalaryPeriod.HOUR, SalaryPeriod.DAY}:
        return period
    return SalaryPeriod.MONTH if amounts.high >= 2000 else period


def _with_heading_unit(amounts: Amounts, heading: str) -> Amounts:
    """5-8 under 薪资(千元) is 5000-8000; 12 under 年薪(万元) is 120000."""
    if amounts.high >= 1000:
        return amounts
    times = 10_000 if "万" in heading else 1_000 if re.search("千元|[(/]k", heading) else 1
    return replace(amounts, low=amounts.low * times, high=amounts.high * times)


def _in_order(amounts: Amounts) -> Amounts:
    """8000-5000 was typed the wrong way round; 15000-200 was not."""
    if amounts.low > amounts.high and amounts.low <= amounts.high * 5:
        return replace(amounts, low=amounts.high, high=amounts.low)
    return amounts


def _whole(amount: float) -> int:
    """Rounded half up; the small addend keeps 4567.5 from being 4567.4999."""
    return int(amount + 0.5 + 1e-7)
