"""When the worker does what by itself: cron times in Asia/Shanghai. Sources bring their own cron line.

In: nothing, or a cron line. Out: `JOBS`, job name → cron fields of APScheduler, and when a cron line is due next.
A missed run is caught up once. A new job is a line in JOBS and its action in ingest.scheduler.
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache

from apscheduler.triggers.cron import CronTrigger

from config.setting_table import TIME_ZONE

GRACE_SECONDS = 3600
JITTER_SECONDS = 20  # so that pulls of many sources do not start in the same second
PULLS_AT_ONCE = 4  # one that hangs must not keep the others waiting
OVERDUE_AFTER = timedelta(minutes=10)  # a pull this late is told to the operator

JOBS: dict[str, dict[str, str]] = {
    "expire": {"hour": "0", "minute": "3"},
    "compare-peers": {"hour": "23", "minute": "40"},
    "snapshot-hour": {"minute": "0"},
    "snapshot-day": {"hour": "0", "minute": "1"},  # and of the month, quarter, half and year that ended with it
    "draft-reports": {"hour": "0", "minute": "20"},  # finds none to draft but after a quarter's end
    "confirmations": {"hour": "4", "minute": "10"},
    "clean-captures": {"hour": "3", "minute": "17"},
}
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")  # as cron numbers them; 7 is Sunday again
_NUMBERED_DAYS = re.compile(r"([0-7])(?:-([0-7]))?(?:/([1-7]))?")


@lru_cache(maxsize=512)
def cron_trigger(line: str) -> CronTrigger:
    """Five fields in local time. Raises ValueError. Days of the week are cron's: APScheduler 3 calls Monday 0."""
    fields = line.split()
    if len(fields) == 5:
        fields[4] = ",".join(_named_days(part) for part in fields[4].split(","))
    return CronTrigger.from_crontab(" ".join(fields), timezone=TIME_ZONE)


def next_fire(line: str, after: datetime) -> datetime:
    """The first moment after `after` that the cron line names."""
    found = cron_trigger(line).get_next_fire_time(None, after + timedelta(microseconds=1))
    if not isinstance(found, datetime):
        raise ValueError(f"{line!r} names no moment after {after}")
    return found


def due_at(line: str, since: datetime, last_run: datetime | None) -> datetime:
    """When a source is or was due: the first time of its line after its last run, or since it is known."""
    return next_fire(line, since if last_run is None else max(since, last_run))


def _named_days(part: str) -> str:
    numbered = _NUMBERED_DAYS.fullmatch(part)
    if numbered is None:
        return part
    first, last, step = numbered.groups()
    return ",".join(_DAYS[day % 7] for day in range(int(first), int(last or first) + 1, int(step or 1)))
