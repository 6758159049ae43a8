"""The worker (后台): stages and publishes what waits, follows the index, pulls sources and takes snapshots on time.

In: an `Exchange`. Out: nothing but what it does, until it is told to stop. It acts in exactly one process: the
others wait for its lock, which dies with it.
"""

import logging
import threading
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from config.schedule import GRACE_SECONDS, JITTER_SECONDS, JOBS
from config.setting_table import TIME_ZONE
from config.sources import Source
from exchange.clock import iso
from exchange.context import Exchange
from exchange.health import HEARTBEAT
from exchange.indexing import follow
from exchange.locks import SCHEDULING
from exchange.store import batches
from exchange.store.facts import set_fact
from exchange.store.lifecycle import expire_offers
from exchange.store.setup import is_demonstration
from exchange.store.snapshots import take_snapshot
from ingest import pipeline
from ingest.adapters import PullFault
from ingest.http import HttpClient, HttpFault
from ingest.intake import pull
from ingest.peers_comparing import compare_all
from ingest.table import FileFault
from ingest.watching import Watcher

_HEARTBEAT_SECONDS = 10
_WATCH_SECONDS = 2
log = logging.getLogger(__name__)


def work(exchange: Exchange, stop: threading.Event) -> None:
    """Wait for the worker's lock, then act until `stop` is set."""
    waiting = True
    while not stop.is_set():
        with exchange.lock(SCHEDULING, 0.5) as mine:
            if mine:
                _act(exchange, stop)
            elif waiting:
                log.info("another worker acts; this one waits")
                waiting = False


def _act(exchange: Exchange, stop: threading.Event) -> None:
    scheduler = _schedule(exchange)
    scheduler.start()
    log.info("worker acts")
    try:
        stop.wait()
    finally:
        scheduler.shutdown(wait=True)


def _schedule(exchange: Exchange) -> BackgroundScheduler:
    scheduler = BackgroundScheduler(
        timezone=TIME_ZONE,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS},
    )
    often: tuple[tuple[str, float, Callable[[], object]], ...] = (
        ("batches", exchange.settings.worker_poll_seconds, lambda: handle_batches(exchange)),
        ("index", exchange.settings.worker_poll_seconds, lambda: follow(exchange, wait=0)),
        ("heartbeat", _HEARTBEAT_SECONDS, lambda: beat(exchange)),
        ("inbox", _WATCH_SECONDS, Watcher(exchange).poll),
    )
    for name, seconds, action in often:
        scheduler.add_job(action, IntervalTrigger(seconds=seconds), id=name)
    timed: dict[str, Callable[[], object]] = {
        "expire": lambda: expire_offers(exchange.store),
        "snapshot-hour": lambda: take_snapshot(exchange.store, "hour"),
        "snapshot-day": lambda: take_snapshot(exchange.store, "day"),
    }
    peers = CronTrigger(**JOBS["compare-peers"], timezone=TIME_ZONE, jitter=JITTER_SECONDS)
    scheduler.add_job(compare_all, peers, args=(exchange, sources_in_force(exchange)), id="compare-peers")
    for name, action in timed.items():
        scheduler.add_job(action, CronTrigger(**JOBS[name], timezone=TIME_ZONE), id=name)
        scheduler.add_job(action, id=f"{name}-at-start")  # what was missed while no worker ran
    scheduler.add_job(lambda: beat(exchange), id="first-heartbeat")
    for source in sources_in_force(exchange):
        if source.schedule:
            trigger = CronTrigger.from_crontab(source.schedule, timezone=TIME_ZONE)
            trigger.jitter = JITTER_SECONDS
            scheduler.add_job(pull_quietly, trigger, args=(exchange, source), id=f"pull-{source.id}")
    return scheduler


def sources_in_force(exchange: Exchange) -> list[Source]:
    """All of sources.toml, less the demonstration's own in a real store."""
    with exchange.store.read() as session:
        demonstration = is_demonstration(session)
    return [s for s in exchange.configuration.sources.values() if demonstration or not s.demonstration]


def handle_batches(exchange: Exchange) -> None:
    """Stage what was received, publish what was confirmed, and what a dead command has left on its way."""
    with exchange.store.read() as session:
        received = batches.next_to_stage(session)
        left = batches.staged_unconfirmed(session)
        waiting = batches.next_to_publish(session) is not None
    for batch in received:
        pipeline.stage(exchange, batch, wait=0)
        if batch.automatic:
            left = [*left, batch]
    for batch in left:
        pipeline.confirm(exchange, batch.id, batch.actor)
        waiting = True
    if waiting:
        pipeline.publish_waiting(exchange)


def beat(exchange: Exchange) -> None:
    set_fact(exchange.store, HEARTBEAT, iso(exchange.store.clock()))


def pull_quietly(exchange: Exchange, source: Source) -> None:
    """A source that fails is noted and logged; the others go on."""
    settings = exchange.settings
    with HttpClient(settings.http_user_agent, timeout=settings.http_timeout) as client:
        try:
            summary = pull(exchange, source, client, actor="worker")
        except (PullFault, HttpFault, FileFault) as fault:
            log.warning("source %s: %s", source.id, fault.message)
        else:
            log.info("source %s: %s", source.id, summary.outcomes)
