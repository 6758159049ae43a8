"""Time: aware and UTC inside; the local day (Asia/Shanghai) is computed here and nowhere else.

In: the system clock, or another given to the store in tests. Out: moments and local days.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def local_day(moment: datetime) -> date:
    """The day in Asia/Shanghai: 16:30 UTC on 31 December belongs to the new year."""
    return moment.astimezone(LOCAL).date()


def iso(moment: datetime) -> str:
    """ISO 8601 with the local offset, to the second, as answers show it."""
    return moment.astimezone(LOCAL).isoformat(timespec="seconds")
