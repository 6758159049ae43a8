"""The worker: what it does when, that only one acts, and the snapshots it takes."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import col, select

from config.words import BatchState, WithdrawalReason
from exchange.clock import LOCAL
from exchange.health import examine, heartbeat
from exchange.locks import SCHEDULING
from exchange.models import Batch, LedgerPage, Snapshot
from exchange.periods import PeriodKind
from exchange.store.setup import mark_as_demonstration
from exchange.store.snapshots import snapshot_digest, take_missed_snapshots, take_snapshot
from ingest import pipeline
from ingest.due import due_pulls
from ingest.pull_threads import Pulls
from ingest.scheduler import _schedule, beat, handle_batches, sources_in_force, work
from tests.flow.desk import CHANGAN, Desk, job, write_csv


def snapshots(desk: Desk) -> list[Snapshot]:
    with desk.exchange.store.read() as session:
        return list(session.exec(select(Snapshot).order_by(col(Snapshot.kind), col(Snapshot.period))))


def test_a_snapshot_is_taken_once_of_each_hour_and_day_that_is_over(desk: Desk) -> None:
    desk.take([job("普工")])
    taken = []
    for minutes in (0, 20, 50, 14 * 60):
        desk.clock.move(minutes=minutes)
        taken.append([take_snapshot(desk.exchange.store, kind) for kind in (PeriodKind.HOUR, PeriodKind.DAY)])
    assert taken == [[True, True], [False, False], [True, False], [True, True]]
    assert [(s.kind, s.period) for s in snapshots(desk)] == [
        ("day", "2026-03-11"),
        ("day", "2026-03-12"),
        ("hour", "2026-03-12T09"),
        ("hour", "2026-03-12T10"),
        ("hour", "2026-03-13T00"),
    ]


def test_a_snapshot_keeps_its_figures_and_names_the_page_they_rest_on(desk: Desk) -> None:
    desk.take([job("普工")])
    desk.clock.set(2026, 3, 13, 0, 1)
    desk.take([job("焊工")])
    take_snapshot(desk.exchange.store, PeriodKind.DAY)
    (snapshot,) = snapshots(desk)
    told = {c["code"]: c["counted"] for c in snapshot.counts["commitments"]}
    assert told == {"postings-dg-sg": 1, "postings-sg-dg": 0}
    with desk.exchange.store.read() as session:
        page = session.get(LedgerPage, snapshot.page)
        head = session.exec(select(LedgerPage).order_by(col(LedgerPage.number).desc())).first()
    assert page is not None
    assert head is not None
    assert (page.hash, page.last_sequence) == (snapshot.page_hash, snapshot.counts["ledger_sequence"])
    assert head.number > page.number
    assert snapshot.digest == snapshot_digest(snapshot)


def test_what_was_missed_is_made_later_and_is_the_same(open_desk: Callable[..., Desk]) -> None:
    """No worker ran from March to July; the figures of each end are those of its day."""
    desk = open_desk()
    desk.take([job("普工")])
    desk.clock.set(2026, 4, 1, 9)
    desk.take([job("焊工")])
    desk.withdraw("普工", WithdrawalReason.FALSE)
    desk.clock.set(2026, 7, 1, 0, 1)
    assert take_missed_snapshots(desk.exchange.store) == 111 + 4 + 2 + 1 + 1  # days, months, quarters, half, hour
    assert take_missed_snapshots(desk.exchange.store) == 0
    told = {s.period: s.counts["commitments"][0]["counted"] for s in snapshots(desk)}
    wanted = {"2026-03-12": 1, "2026-03-31": 1, "2026-04-01": 1, "2026-03": 1, "2026-06": 1, "2026-Q1": 1, "2026-H1": 1}
    assert {period: told[period] for period in wanted} == wanted
    quarters = {s.period: s.counts["period"]["counts"] for s in snapshots(desk) if s.kind == "quarter"}
    wengyuan = {period: counts[0] for period, counts in quarters.items()}
    assert wengyuan["2026-Q1"]["net"] == {"postings": 1, "openings": 10}
    assert wengyuan["2026-Q2"]["net"] == {"postings": 0, "openings": 0}
    assert wengyuan["2026-Q2"]["corrected"] == {"postings": -1, "openings": -10}  # a late correction, in the next one


def test_hours_are_forgotten_after_a_while(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    for _ in range(3):
        desk.clock.move(days=5)
        take_snapshot(desk.exchange.store, PeriodKind.HOUR)
    assert [s.period for s in snapshots(desk)] == ["2026-03-22T09", "2026-03-27T09"]


def test_the_jobs_run_at_local_times(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    desk.clock.move(minutes=1)  # 10:01
    jobs = {job.id: job.trigger for job in _schedule(desk.exchange, Pulls(desk.exchange)).get_jobs()}
    wanted = {
        "expire": "2026-03-13 00:03",
        "snapshot-hour": "2026-03-12 11:00",
        "snapshot-day": "2026-03-13 00:01",
    }
    fired = {name: jobs[name].get_next_fire_time(None, desk.clock()) for name in wanted}
    assert {name: at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M") for name, at in fired.items()} == wanted
    assert {f"{name}-at-start" for name in wanted} <= jobs.keys()  # what was missed while no worker ran
    assert {"batches", "index", "heartbeat", "inbox", "pulls"} <= jobs.keys()


def test_sources_with_a_schedule_are_pulled_in_a_demonstration_only(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    used = [source.id for source in sources_in_force(desk.exchange) if source.enabled]
    assert used == ["dg-upload", "sg-upload"]
    Pulls(desk.exchange).begin()
    desk.clock.move(days=1)
    assert due_pulls(desk.exchange) == []
    mark_as_demonstration(desk.exchange.store)
    Pulls(desk.exchange).begin()
    desk.clock.move(hours=1)
    assert {pull.source.id for pull in due_pulls(desk.exchange)} == {"dg-feed", "sg-feed"}


def test_one_worker_acts_and_the_next_takes_over(desk: Desk) -> None:
    """The second gets the lock only when the first has let it go."""
    exchange = replace(desk.exchange)
    stops = [threading.Event(), threading.Event()]
    workers = [threading.Thread(target=work, args=(exchange, stop)) for stop in stops]
    workers[0].start()
    wait_for(lambda: heartbeat(exchange) is not None)
    workers[1].start()
    with exchange.lock(SCHEDULING, 0.3) as mine:
        assert not mine
    stops[0].set()
    workers[0].join(20)
    desk.clock.move(minutes=5)
    wait_for(lambda: heartbeat(exchange) == desk.clock())  # the first is gone: this beat is the second's
    assert "后台" in {check.name for check in examine(exchange) if check.ok}
    stops[1].set()
    workers[1].join(20)
    assert not any(worker.is_alive() for worker in workers)
    with exchange.lock(SCHEDULING, 5) as mine:
        assert mine


def wait_for(true: Callable[[], bool], patience: float = 20) -> None:
    waited = threading.Event()
    for _ in range(int(patience / 0.05)):
        if true():
            return
        waited.wait(0.05)
    raise AssertionError("it did not happen")


def test_the_worker_finishes_what_a_dead_command_has_left(desk: Desk, tmp_path: Path) -> None:
    """Received by a command that needed no confirmation; a batch that waits for a person is left alone."""
    exchange = desk.exchange
    source = exchange.configuration.sources["dg-upload"]
    for name, automatic in (("甲工", True), ("乙工", False)):
        path = write_csv(tmp_path / f"{name}.csv", [job(name)])
        pipeline.receive(exchange, path, path.name, source, CHANGAN, "test", automatic=automatic)
    handle_batches(exchange)
    with exchange.store.read() as session:
        states = {batch.file_name: batch.state for batch in session.exec(select(Batch))}
    assert states == {"甲工.csv": BatchState.DONE, "乙工.csv": BatchState.STAGED}
    assert desk.statuses() == {"甲工": "open"}


def test_a_batch_of_an_unknown_organisation_fails_and_holds_up_nobody(desk: Desk, tmp_path: Path) -> None:
    exchange = desk.exchange
    source = exchange.configuration.sources["dg-upload"]
    for name, organisation in (("甲工", "999"), ("乙工", CHANGAN)):
        path = write_csv(tmp_path / f"{name}.csv", [job(name)])
        pipeline.receive(exchange, path, path.name, source, organisation, "test", automatic=True)
    handle_batches(exchange)
    with exchange.store.read() as session:
        found = {batch.file_name: (batch.state, "999" in batch.error) for batch in session.exec(select(Batch))}
    assert found == {"甲工.csv": (BatchState.FAILED, True), "乙工.csv": (BatchState.DONE, False)}


def test_a_worker_that_is_silent_is_noticed(desk: Desk) -> None:
    assert "后台" in {check.name for check in examine(desk.exchange) if not check.ok}
    beat(desk.exchange)
    assert "后台" not in {check.name for check in examine(desk.exchange) if not check.ok}
    desk.clock.move(minutes=2)
    assert "后台" in {check.name for check in examine(desk.exchange) if not check.ok}


@pytest.mark.parametrize("wait", [0, 0.1])
def test_a_lock_that_is_held_is_not_got(desk: Desk, wait: float) -> None:
    with desk.exchange.lock("test", None) as first, desk.exchange.lock("test", wait) as second:
        assert (first, second) == (True, False)
    with desk.exchange.lock("test", 0) as third:
        assert third
