"""How long a posting is valid (有效期).

In: the cell's text and today's local day. Out: `ValidityReading`. Forms: 2026-03-05, 2026.3.5, 20260305,
2026年3月5日, 3月5日 (the next such day within half a year), Excel serials, 3个月, 长期有效, ranges (their end).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ingest.normalise.numerals import with_digits
from ingest.normalise.text import fold, is_blank

_OPEN_ENDED = re.compile("长期|招满|招到|招齐|满员|不限|永久|常年|常招|随时|有效$")
_FULL = re.compile(r"(20\d{2})(?:-|\.|/|年|、)(\d{1,2})(?:-|\.|/|月|、)(\d{1,2})")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")
_MONTH_DAY = re.compile(r"(?<![\d年])(\d{1,2})(?:月|[./-])(\d{1,2})(?:日|号|$)")
_YEAR_MONTH = re.compile(r"(20\d{2})(?:年|[./-])(\d{1,2})(?:月(?:底|末|份|中旬|上旬|下旬)?|$)")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SPAN = re.compile(r"(\d+|半)(?:个)?(天|周|星期|月|年)(?:之内|以内|内)?(?:有效)?$")
_DAYS = {"天": 1, "周": 7, "星期": 7, "月": 30, "年": 365}
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's 1900 date system
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # 2000-01-01 and 2099-12-31


@dataclass(frozen=True, slots=True)
class ValidityReading:
    until: date | None = None  # None takes the default
    code: str = ""  # validity.past, validity.unreadable or nothing


@lru_cache(maxsize=8192)
def read_validity(text: str, today: date) -> ValidityReading:
    if is_blank(text):
        return ValidityReading()
    folded = with_digits(fold(text))
    until = _full_date(folded) or _serial(folded) or _short_date(folded, today)
    if until is None or "起" in folded:
        until = _span(folded, until or today) or until
    if until is not None:
        return ValidityReading(until, "validity.past" if until < today else "")
    return ValidityReading() if _OPEN_ENDED.search(folded) else ValidityReading(code="validity.unreadable")


def _full_date(folded: str) -> date | None:
    """The last full date named: the end of 2026.3.1-2026.4.30, also of 2026年3月1日至4月30日."""
    found = [*_FULL.finditer(folded)] or [*_COMPACT.finditer(folded)]
    if not found:
        return _end_of_month(folded)
    first = found[-1]
    end = _day(int(first[1]), int(first[2]), int(first[3]))
    rest = folded[first.end() :].lstrip("日号")
    if end is not None and rest[:1] in {"-", "至", "到"} and (later := _MONTH_DAY.search(rest[1:])):
        end = _day(end.year, int(later[1]), int(later[2])) or end
    return end


def _end_of_month(folded: str) -> date | None:
    found = _YEAR_MONTH.search(folded)
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, monthrange(year, month)[1])


def _serial(folded: str) -> date | None:
    found = _SERIAL.fullmatch(folded)
    if not found or not _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        return None
    return _EPOCH + timedelta(days=int(found[1]))


def _span(folded: str, today: date) -> date | None:
    found = _SPAN.search(folded)
    if not found:
        return None
    days = _DAYS[found[2]] // 2 if found[1] == "半" else int(found[1][:4]) * _DAYS[found[2]]
    return today + timedelta(days=days) if 0 < days <= 3660 else None


def _short_date(folded: str, today: date) -> date | None:
    """A day without a year: the next one if it comes within half a year, else this year's."""
    found = [*_MONTH_DAY.finditer(folded)]
    if not found:
        return None
    month, day = int(found[-1][1]), int(found[-1][2])
    this, following = _day(today.year, month, day), _day(today.year + 1, month, day)
    if this is not None and this < today and following is not None and following <= today + timedelta(days=183):
        return following
    return this


def _day(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)
