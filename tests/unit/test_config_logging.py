"""Log lines: UTC whatever the machine's zone, one a record, with the values given to them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from config.logging import configure
from config.settings import load_settings


@pytest.fixture(autouse=True)
def root_logger_afterwards() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


def _logged(log_format: str, log_level: str = "INFO") -> str:
    stream = io.StringIO()
    configure(load_settings({"GUANSHAO_LOG_FORMAT": log_format, "GUANSHAO_LOG_LEVEL": log_level}), stream)
    log = logging.getLogger("ingest.pipeline")
    log.debug("too fine")
    log.info("%s rows read\nand checked", 12, extra={"batch": "b1"})
    log.handle(logging.makeLogRecord({"name": "a", "levelno": 30, "levelname": "WARNING", "msg": "m", "created": 0.5}))
    try:
        raise ValueError("没有这一列")
    except ValueError:
        log.exception("failed", extra={"batch": "b2"})
    return stream.getvalue()


def test_json_lines_can_be_read_by_machines() -> None:
    first, second, third = (json.loads(line) for line in _logged("json").splitlines())
    assert first["message"] == "12 rows read\nand checked"
    assert (first["level"], first["logger"], first["batch"]) == ("INFO", "ingest.pipeline", "b1")
    assert second["time"] == "1970-01-01T00:00:00.500Z"
    assert "没有这一列" in third["exception"]


def test_text_lines_say_time_level_and_values() -> None:
    text = _logged("text")
    assert "1970-01-01T00:00:00.500Z WARNING a m\n" in text
    assert " INFO ingest.pipeline 12 rows read" in text
    assert "batch=b1" in text
    assert "ValueError: 没有这一列" in text


def test_the_level_is_that_of_the_setting() -> None:
    assert "too fine" in _logged("text", "DEBUG")
    assert "rows read" not in _logged("text", "WARNING")
