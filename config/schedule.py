"""When the worker does what by itself: cron times in Asia/Shanghai. Sources bring their own cron line.

In: nothing. Out: `JOBS`, job name → cron fields of APScheduler. A missed run is caught up once within `GRACE`.
"""

GRACE_SECONDS = 3600
JITTER_SECONDS = 20  # so that pulls of many sources do not start in the same second

JOBS: dict[str, dict[str, str]] = {
    "expire": {"hour": "0", "minute": "3"},
    "compare-peers": {"hour": "23", "minute": "40"},
    "snapshot-hour": {"minute": "0"},
    "snapshot-day": {"hour": "0", "minute": "1"},
}
