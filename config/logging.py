"""Logging of every process: one line a record on standard error, as text or as JSON, with UTC times.

In: settings. Out: a configured root logger. Values given as `extra={"batch": …}` are part of the line.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

from config.settings import Settings

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
QUIET = ("apscheduler", "urllib3", "alembic", "waitress")  # libraries whose INFO lines say nothing to an operator


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Set the root logger up, replacing what was set up before. Safe to call twice."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else TextLines())
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(settings.log_level)))


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _extra(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _OWN}


class TextLines(logging.Formatter):
    """2026-11-24T02:03:04.567Z INFO ingest.pipeline batch done batch=b12."""

    def format(self, record: logging.LogRecord) -> str:
        extra = "".join(f" {name}={value}" for name, value in _extra(record).items())
        line = f"{_time(record)} {record.levelname} {record.name} {record.getMessage()}{extra}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonLines(logging.Formatter):
    """{"time":…,"level":…,"logger":…,"message":…} and the extra values."""

    def format(self, record: logging.LogRecord) -> str:
        content: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_extra(record),
        }
        if record.exc_info:
            content["exception"] = self.formatException(record.exc_info)
        return json.dumps(content, ensure_ascii=False, default=str)
