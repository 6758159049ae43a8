"""Moments as feeds, sitemaps and file names write them.

In: text. Out: an aware moment, or None for what says none. A day alone is its last second in local time: what was
changed on that day may have been changed then.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from config.setting_table import TIME_ZONE

_LOCAL = ZoneInfo(TIME_ZONE)
_DAY = re.compile(r"(20\d\d)\s*[-._/年]?\s*(1[0-2]|0?[1-9])\s*[-._/月]?\s*([12]\d|3[01]|0?[1-9])(?!\d)")


def read_moment(text: str) -> datetime | None:
    """RFC 3339 (Atom, sitemaps) or RFC 822 (RSS)."""
    text = text.strip()
    if len(text) <= len("2026-11-24"):
        return find_day(text)
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except (ValueError, TypeError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=_LOCAL if read != parsedate_to_datetime else UTC)
    return find_day(text)


def find_day(text: str) -> datetime | None:
    """The day that a name or a heading holds: 岗位表20261120.xlsx, 2026年11月."""
    found = _DAY.search(text)
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3]), 23, 59, 59, tzinfo=_LOCAL) if found else None
    except ValueError:
        return None
