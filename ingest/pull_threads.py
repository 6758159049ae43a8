"""Pulls of the worker, each in a thread of its own: one that hangs stops no other and no batch from being published.

In: an exchange, `poll` called again and again. Out: pulls of what is due, some at once, never two of one source. The
threads do not keep the process alive: a pull that is left behind is broken off, and done once more by the next worker.
"""

import logging
import threading
import time

from config.schedule import PULLS_AT_ONCE
from config.sources import Source
from exchange.context import Exchange
from exchange.locks import pulling
from exchange.store.pulls import broken_off
from exchange.store.sources import follow_plans, in_force, plans, want_run
from ingest.adapters import PullFault
from ingest.due import WORKER, DuePull, due_pulls
from ingest.http import HttpFault, client_for
from ingest.pulling import pull
from ingest.table import FileFault

log = logging.getLogger(__name__)


class Pulls:
    def __init__(self, exchange: Exchange, at_once: int = PULLS_AT_ONCE) -> None:
        self._exchange = exchange
        self._at_once = at_once
        self._running: dict[str, threading.Thread] = {}
        self._guard = threading.Lock()

    def begin(self) -> None:
        """Sources seen for the first time are due from now on; what a dead worker left half done is wanted again."""
        store = self._exchange.store
        with store.read() as session:
            sources = [s for s in in_force(session, self._exchange.configuration) if s.is_pulled]
            paused = {source for source, plan in plans(session).items() if plan.paused_at is not None}
        follow_plans(store, [source.id for source in sources])
        for source in sources:
            with self._exchange.lock(pulling(source.id), 0) as free:
                again = free and broken_off(store, source.id) and source.schedule and source.id not in paused
            if again:
                want_run(store, source.id, WORKER)

    def poll(self) -> None:
        """Start what is due, as far as there is room; the rest stays due."""
        for due in due_pulls(self._exchange):
            with self._guard:
                if due.source.id in self._running or len(self._running) >= self._at_once:
                    continue
                with self._exchange.lock(pulling(due.source.id), 0) as free:
                    if not free:
                        continue  # somebody pulls it by hand
                thread = threading.Thread(target=self._run, args=(due,), name=f"pull-{due.source.id}", daemon=True)
                self._running[due.source.id] = thread
            thread.start()

    def leave(self, patience: float) -> bool:
        """Give what still runs a last chance to end. True when nothing is left behind."""
        end = time.monotonic() + patience
        with self._guard:
            threads = dict(self._running)
        for thread in threads.values():
            thread.join(max(0.0, end - time.monotonic()))
        left = [source for source, thread in threads.items() if thread.is_alive()]
        if left:
            log.warning("left behind, to be pulled again by the next worker: %s", ", ".join(left))
        return not left

    def _run(self, due: DuePull) -> None:
        try:
            pull_quietly(self._exchange, due.source, due.actor)
        finally:
            with self._guard:
                self._running.pop(due.source.id, None)


def pull_quietly(exchange: Exchange, source: Source, actor: str = WORKER) -> None:
    """A source that fails is noted and logged; the others go on."""
    with client_for(exchange, source) as client:
        try:
            summary = pull(exchange, source, client, actor=actor)
        except (PullFault, HttpFault, FileFault) as fault:
            log.warning("source %s: %s", source.id, fault.message)
        except Exception:  # edge: the run is noted as crashed and logged; the thread ends, the worker goes on
            log.info("source %s crashed", source.id)
        else:
            log.info("source %s: %s", source.id, summary.outcomes)
