"""Pay in a query: 5000以上, 5000+, 5-8千, 6000-8000, 6k, 1万, 月薪5000. Acts as salary_min, with the lower figure.

Pay by the day or hour (200元/天, 日结) stays text, as does a bare year (2026); 5000以下 cannot be asked and stays text.
"""

import re

from search.understanding.spans import Query, Span, Strength

LEAST, MOST = 1000, 200_000  # CNY a month that a person may mean
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10}
_UNITS = {"k": 1000, "千": 1000, "w": 10000, "万": 10000, None: 1}
_NUMBER = r"\d+(?:\.\d+)?|[一二两三四五六七八九十]"
_PAY = re.compile(
    rf"""(?<![\d.a-z])
    (?P<word>月薪|工资|薪资|薪水|底薪|月入|综合工资|综合)?
    (?P<low>{_NUMBER})(?:\s?(?P<low_unit>[kw千万]))?元?
    (?:\s?[-~至到–—]\s?(?P<high>{_NUMBER})(?:\s?(?P<high_unit>[kw千万]))?)?
    (?:元|块钱|块)?(?:/月|每月|一个月|/m)?
    (?P<up>及以上|以上|起|\+|往上|左右|多)?
    (?!\d|[a-z]|\s?(?:元|块)?\s?/?(?:天|日|小时|时|h|年|个|人|岁|薪|以下|以内|及以下|期|号|楼|级|班|℃|%|吨|米))""",
    re.VERBOSE,
)


def find_pay(query: Query) -> list[Span]:
    spans = []
    for found in _PAY.finditer(query.text):
        amount = _amount(found)
        if amount is not None and _is_pay(found, amount, query):
            spans.append(Span(found.start(), found.end(), "salary_min", str(amount), Strength.SALARY))
    return spans


def _amount(found: re.Match[str]) -> int | None:
    """The lower figure; 5-8千 lends its unit to both."""
    unit = found["low_unit"] or (found["high_unit"] if found["high"] else None)
    low = found["low"]
    if low in _DIGITS and unit is None:
        return None
    number = _DIGITS[low] if low in _DIGITS else float(low)
    amount = round(number * _UNITS[unit])
    return amount if LEAST <= amount <= MOST else None


def _is_pay(found: re.Match[str], amount: int, query: Query) -> bool:
    if any(found[part] for part in ("word", "low_unit", "high", "up")) or "元" in found[0] or "月" in found[0]:
        return True
    looks_like_year = 1950 <= amount <= 2049 and amount % 100 != 0
    return not looks_like_year and query.stands_alone(found.start(), found.end())
