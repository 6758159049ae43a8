"""Pay in a query: 5000以上, 5000+, 5-8千, 五六千, 6k, 1万, 三千五, 月薪5000, 月入过万, 5000以下.

Acts as salary_min, with the lower figure, or as salary_max (以下). Pay by the day or hour is short_pay.py's. A bare
year (2026), an age or 13薪 stays text.
"""

import re

from search.understanding.spans import Query, Span, Strength

LEAST, MOST = 1000, 200_000  # CNY a month that a person may mean
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10}
_UNITS = {"k": 1000, "千": 1000, "w": 10000, "万": 10000, None: 1}
_NUMBER = r"\d+(?:\.\d+)?|[一二两三四五六七八九十]"
_UP = r"及以上|以上|起|\+|往上|左右|多|以下|以内|及以下|之内|封顶"
_DOWN = frozenset(("以下", "以内", "及以下", "之内", "封顶"))
_NO_PAY = r"\d|[a-z]|\s?(?:元|块)?\s?/?(?:天|日|小时|时|h|年|个|人|名|岁|薪|期|号|楼|级|班|℃|%|吨|米|公里|平)"
_MONTHLY = re.compile(
    rf"""(?<![\d.a-z])
    (?:(?P<word>月薪|工资|薪资|薪水|底薪|月入|月收入|综合工资|综合|待遇)\s?)?(?:不低于|至少|最少|大于|过)?
    (?P<low>{_NUMBER})(?P<next>[一二三四五六七八九](?=[千万]))?
    (?:\s?(?P<low_unit>[kw千万])(?P<half>[一二三四五六七八九半])?)?元?
    (?:\s?[-~至到–—]\s?(?P<high>{_NUMBER})(?:\s?(?P<high_unit>[kw千万]))?)?
    (?:元|块钱|块)?(?:/月|每月|一个月|一月|/m)?
    (?P<up>{_UP})?
    (?!{_NO_PAY})""",
    re.VERBOSE,
)
_PAST_TEN_THOUSAND = re.compile(r"(?:月薪|工资|收入|月入|薪资)?(?:过|上|破)万(?!江)")
_HAS_FIGURE = re.compile(
    r"\d|[一二两三四五六七八九十][千万]|[一二两三四五六七八九][一二三四五六七八九][千万]|[过上破]万"
)


def find_pay(query: Query) -> list[Span]:
    if not _HAS_FIGURE.search(query.text):
        return []
    return [*_monthly(query), *_past_ten_thousand(query)]


def _monthly(query: Query) -> list[Span]:
    spans = []
    for found in _MONTHLY.finditer(query.text):
        amount = _amount(found)
        if amount is not None and _is_pay(found, amount, query):
            parameter = "salary_max" if found["up"] in _DOWN else "salary_min"
            spans.append(Span(found.start(), found.end(), parameter, str(amount), Strength.SALARY))
    return spans


def _amount(found: re.Match[str]) -> int | None:
    """The lower figure, of 以下 the higher; 5-8千 lends its unit to both, 五六千 is 五千, 三千五 is 3500."""
    unit = found["low_unit"] or (found["high_unit"] if found["high"] else None)
    low = found["low"]
    if low in _DIGITS and unit is None:
        return None
    number = _DIGITS[low] if low in _DIGITS else float(low)
    half = 0 if found["half"] is None else 5 if found["half"] == "半" else _DIGITS[found["half"]]
    amount = round((number + half / 10) * _UNITS[unit])
    if found["up"] in _DOWN and found["high"] and found["high"] not in _DIGITS:
        amount = round(float(found["high"]) * _UNITS[found["high_unit"] or unit])
    return amount if LEAST <= amount <= MOST else None


def _is_pay(found: re.Match[str], amount: int, query: Query) -> bool:
    if any(found[part] for part in ("word", "low_unit", "high", "up")) or "元" in found[0] or "月" in found[0]:
        return True
    looks_like_year = 1950 <= amount <= 2049 and amount % 100 != 0
    return not looks_like_year and query.stands_alone(found.start(), found.end())


def _past_ten_thousand(query: Query) -> list[Span]:
    return [
        Span(found.start(), found.end(), "salary_min", "10000", Strength.SALARY)
        for found in _PAST_TEN_THOUSAND.finditer(query.text)
    ]
