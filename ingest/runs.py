"""A noted run: one pull of a source from begin to end, written down, and never two of one source at a time.

In: a source and who pulls it. Out: a `Run` that is told which batch came of it. The source's lock dies with its holder,
so a run that nobody ends is known to be broken off.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from config.sources import Source
from exchange.context import Exchange
from exchange.locks import pulling
from exchange.store.pulls import RunEnd, begin_run, end_run
from ingest.adapters import PullFault
from ingest.http import HttpFault
from ingest.table import FileFault

BUSY = "pull.running"
_WAIT_SECONDS = 1.0  # whoever only looks whether a source is being pulled holds the lock for a moment
log = logging.getLogger(__name__)


@dataclass
class Run:
    batch_ids: list[str] = field(default_factory=list)  # stays empty where the source has nothing new
    closed: int = 0  # ended by the source's word, beside what its batches have closed
    shortcoming: str = ""  # what did not come, although the rest did
    requests: int | None = None
    bytes: int | None = None


@contextmanager
def noted_run(exchange: Exchange, source: Source, actor: str, wait: float = _WAIT_SECONDS) -> Iterator[Run]:
    """Notes how it ended; a fault goes on to the caller. Raises PullFault when another process pulls this source and
    does not end within `wait` seconds."""
    with exchange.lock(pulling(source.id), wait) as mine:
        if not mine:
            raise PullFault(BUSY, f"来源“{source.name}”正在抓取，这次没有再抓；请等它抓完再试。")
        number, run = begin_run(exchange.store, source.id, actor), Run()
        try:
            yield run
        except (PullFault, HttpFault, FileFault) as fault:
            end_run(exchange.store, number, _end(run, fault.code, fault.message))
            raise
        except KeyboardInterrupt:
            end_run(exchange.store, number, _end(run, "run.stopped", "抓取被人中止，没有因此结束任何岗位。"))
            raise
        except Exception:  # edge: whatever went wrong must not look as if it still ran
            words = "抓取时程序出错，没有因此结束任何岗位；详细原因在后台日志里，请交给维护人员。"
            end_run(exchange.store, number, _end(run, "run.crashed", words))
            log.exception("pull of %s crashed (batches %s)", source.id, run.batch_ids)
            raise
        end_run(exchange.store, number, _end(run, message=run.shortcoming))


def _end(run: Run, code: str = "", message: str = "") -> RunEnd:
    return RunEnd(tuple(run.batch_ids), code, message, run.closed, run.requests, run.bytes)
