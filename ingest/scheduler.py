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
from exchange.captures import clean_captures
from exchange.clock import iso
from exchange.context import Exchange
from exchange.health import HEARTBEAT
from exchange.indexing import follow, refresh_confirmations
from exchange.locks import SCHEDULING
from exchange.periods import PeriodKind
from exchange.reports.steps import draft_due
from exchange.store import batches
from exchange.store.facts import set_fact
from exchange.store.lifecycle import expire_offers
from exchange.store.snapshots import take_missed_snapshots, take_snapshot
from exchange.store.sources import in_force
from exchange.store.supply import expire_supply
from ingest import pipeline
from ingest.peers_comparing import compare_in_background
from ingest.pull_threads import Pulls
from ingest.watching import Watcher

_HEARTBEAT_SECONDS = 10
_WATCH_SECONDS = 2
_PULLS_SECONDS = 2  # how soon "run now" is taken up
_LEAVE_SECONDS = 8.0  # for pulls that still run; `guanshao run` kills its children after 15
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
    pulls = Pulls(exchange)
    pulls.begin()
    scheduler = _schedule(exchange, pulls)
    scheduler.start()
    log.info("worker acts")
    try:
        stop.wait()
    finally:
        scheduler.shutdown(wait=True)
        pulls.leave(_LEAVE_SECONDS)


def _schedule(exchange: Exchange, pulls: Pulls) -> BackgroundScheduler:
    scheduler = BackgroundScheduler(
        timezone=TIME_ZONE,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS},
    )
    often: tuple[tuple[str, float, Callable[[], object]], ...] = (
        ("batches", exchange.settings.worker_poll_seconds, lambda: handle_batches(exchange)),
        ("index", exchange.settings.worker_poll_seconds, lambda: follow(exchange, wait=0)),
        ("heartbeat", _HEARTBEAT_SECONDS, lambda: beat(exchange)),
        ("inbox", _WATCH_SECONDS, Watcher(exchange).poll),
        ("pulls", _PULLS_SECONDS, pulls.poll),
    )
    for name, seconds, action in often:
        scheduler.add_job(action, IntervalTrigger(seconds=seconds), id=name)
    thresholds = exchange.configuration.thresholds
    timed: dict[str, Callable[[], object]] = {
        "expire": lambda: (expire_offers(exchange.store), expire_supply(exchange.store)),
        "snapshot-hour": lambda: take_snapshot(exchange.store, PeriodKind.HOUR, thresholds),
        "snapshot-day": lambda: take_missed_snapshots(exchange.store, thresholds),
        "confirmations": lambda: refresh_confirmations(exchange),
        "clean-captures": lambda: clean_captures(exchange),
        "draft-reports": lambda: draft_due(exchange),
    }
    peers = CronTrigger(**JOBS["compare-peers"], timezone=TIME_ZONE, jitter=JITTER_SECONDS)
    scheduler.add_job(lambda: compare_in_background(exchange), peers, id="compare-peers")
    for name, action in timed.items():
        scheduler.add_job(action, CronTrigger(**JOBS[name], timezone=TIME_ZONE), id=name)
        scheduler.add_job(action, id=f"{name}-at-start")  # what was missed while no worker ran
    scheduler.add_job(lambda: beat(exchange), id="first-heartbeat")
    return scheduler


def sources_in_force(exchange: Exchange) -> list[Source]:
    """All of sources.toml, less the demonstration's own in a real store."""
    with exchange.store.read() as session:
        return in_force(session, exchange.configuration)


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
