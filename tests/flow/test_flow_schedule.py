"""When sources are pulled: on time, once for what was missed, never two at a time, paused, wanted, and after a kill."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from config.schedule import JITTER_SECONDS
from exchange.clock import LOCAL
from exchange.locks import pulling
from exchange.models import PullRun
from exchange.store.pull_history import runs_of
from exchange.store.pulls import BROKEN_OFF, begin_run
from exchange.store.sources import pause_source, resume_source, want_run
from ingest.due import due_pulls, jitter
from ingest.pull_threads import Pulls
from ingest.scheduler import handle_batches
from tests.flow.desk import Desk
from tests.flow.test_flow_pulling import listed
from tests.unit.scripted_site import Answer, ScriptedSite

SOURCE = """
[[source]]
id = "{id}"
name = "接口{id}"
city = "dongguan"
organisation = "441900"
adapter = "json_pages"
address = "{address}"
{schedule}
full_list = true
[source.options]
items = "list"
total = "total"
[source.mapping]
id = "reference"
job = "title"
"""
BODY = json.dumps({"list": listed(0, 1, 2), "total": 3}).encode()


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with ScriptedSite(Answer(BODY)) as opened:
        yield opened


@pytest.fixture
def desk(site: ScriptedSite, database_url: str, open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """`daily` is pulled at three in the night, `hourly` at the full hour, `never` by hand only."""
    lines = {"daily": "0 3 * * *", "hourly": "0 * * * *", "never": ""}
    text = "".join(
        SOURCE.format(id=id, address=site.address, schedule=f'schedule = "{line}"' if line else "")
        for id, line in lines.items()
    )
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    return open_desk(database_url, GUANSHAO_CONFIG=str(folder))


def due(desk: Desk) -> list[tuple[str, str]]:
    return [(pull.source.id, pull.actor) for pull in due_pulls(desk.exchange)]


def runs(desk: Desk, source: str) -> list[PullRun]:
    with desk.exchange.store.read() as session:
        return list(runs_of(session, source, 50))


def pull_all(desk: Desk, pulls: Pulls | None = None) -> None:
    pulls = pulls or Pulls(desk.exchange)
    pulls.poll()
    assert pulls.leave(30)


def test_a_source_is_due_at_its_next_time_and_not_before(desk: Desk) -> None:
    assert due(desk) == []  # nobody knows it yet
    Pulls(desk.exchange).begin()  # 10:00
    assert due(desk) == []
    desk.clock.set(2026, 3, 12, 11, 0, JITTER_SECONDS)
    assert due(desk) == [("hourly", "worker")]
    pull_all(desk)
    assert (due(desk), len(runs(desk, "hourly"))) == ([], 1)
    desk.clock.set(2026, 3, 13, 3, 0, JITTER_SECONDS)
    assert due(desk) == [("hourly", "worker"), ("daily", "worker")]  # the longest due first


def test_what_was_due_while_no_worker_ran_is_caught_up_once(desk: Desk) -> None:
    Pulls(desk.exchange).begin()
    desk.clock.set(2026, 3, 17, 9, 30)  # five days later
    pulls = Pulls(desk.exchange)
    pulls.begin()
    pull_all(desk, pulls)
    assert (len(runs(desk, "daily")), len(runs(desk, "hourly")), runs(desk, "never")) == (1, 1, [])
    assert due(desk) == []


def test_a_simulated_day_pulls_as_often_as_the_line_says(desk: Desk) -> None:
    Pulls(desk.exchange).begin()
    desk.clock.move(seconds=JITTER_SECONDS)
    for _ in range(24 * 4):
        desk.clock.move(minutes=15)
        pull_all(desk)
    assert (len(runs(desk, "daily")), len(runs(desk, "hourly"))) == (1, 24)


def test_a_pull_by_hand_counts_as_the_one_that_was_due(desk: Desk) -> None:
    Pulls(desk.exchange).begin()
    desk.clock.set(2026, 3, 12, 11, 30)
    want_run(desk.exchange.store, "hourly", "admin")
    assert due(desk) == [("hourly", "admin")]
    pull_all(desk)
    assert (due(desk), runs(desk, "hourly")[0].actor) == ([], "admin")


def test_a_paused_source_stays_paused_and_catches_nothing_up(desk: Desk) -> None:
    store = desk.exchange.store
    Pulls(desk.exchange).begin()
    assert (pause_source(store, "hourly", "admin"), pause_source(store, "hourly", "admin")) == (True, False)
    desk.clock.set(2026, 3, 12, 15, 30)
    Pulls(desk.exchange).begin()  # another worker
    assert due(desk) == []
    want_run(store, "hourly", "admin")
    pull_all(desk)
    assert len(runs(desk, "hourly")) == 1  # a person may still
    assert (resume_source(store, "hourly", "admin"), resume_source(store, "hourly", "admin")) == (True, False)
    assert due(desk) == []
    desk.clock.set(2026, 3, 12, 16, 0, JITTER_SECONDS)
    assert due(desk) == [("hourly", "worker")]


def test_a_source_that_somebody_pulls_by_hand_is_left_to_them(desk: Desk) -> None:
    Pulls(desk.exchange).begin()
    desk.clock.set(2026, 3, 12, 11, 30)
    with desk.exchange.lock(pulling("hourly"), 0) as mine:
        assert mine
        pull_all(desk)
    assert runs(desk, "hourly") == []
    pull_all(desk)
    assert len(runs(desk, "hourly")) == 1


def test_a_broken_off_pull_is_done_once_more_and_not_for_ever(desk: Desk) -> None:
    Pulls(desk.exchange).begin()
    desk.clock.set(2026, 3, 12, 11, 30)
    begin_run(desk.exchange.store, "hourly", "worker")  # and its process is killed
    assert due(desk) == []
    Pulls(desk.exchange).begin()
    assert due(desk) == [("hourly", "worker")]
    begin_run(desk.exchange.store, "hourly", "worker")  # killed again
    Pulls(desk.exchange).begin()
    assert due(desk) == []
    assert [(run.state, run.code) for run in runs(desk, "hourly")] == [("failed", BROKEN_OFF)] * 2


def test_a_run_that_is_still_going_is_not_taken_for_broken_off(desk: Desk) -> None:
    with desk.exchange.lock(pulling("hourly"), 0):
        begin_run(desk.exchange.store, "hourly", "worker")
        Pulls(desk.exchange).begin()
        assert runs(desk, "hourly")[0].state == "running"


def test_a_pull_that_hangs_stops_no_other_pull_and_no_batch(desk: Desk, site: ScriptedSite, tmp_path: Path) -> None:
    """The site holds its answer to one source back; meanwhile another is pulled and a batch published."""
    let_go = threading.Event()
    pulls = Pulls(desk.exchange, at_once=2)
    pulls.begin()
    desk.clock.set(2026, 3, 12, 11, 30)
    with ScriptedSite(Answer(BODY, hold=let_go)) as slow:
        hung = desk.exchange.configuration.sources["never"]
        object.__setattr__(hung, "address", slow.address)
        want_run(desk.exchange.store, "never", "admin")
        pulls.poll()  # takes `never` first, then `hourly`
        assert not pulls.leave(0)
        wait_until(lambda: [run.state for run in runs(desk, "hourly")] == ["done"])
        handle_batches(desk.exchange)
        assert [run.state for run in runs(desk, "never")] == ["running"]
        assert len(desk.found()) == 3
        let_go.set()
        assert pulls.leave(30)
    assert [run.state for run in runs(desk, "never")] == ["done"]


def wait_until(true: Callable[[], bool], patience: float = 20) -> None:
    waited = threading.Event()
    for _ in range(int(patience / 0.02)):
        if true():
            return
        waited.wait(0.02)
    raise AssertionError("it did not happen")


def test_jitter_is_the_same_whenever_it_is_asked_and_spreads_sources() -> None:
    slot = datetime(2026, 3, 12, 3, 0, tzinfo=LOCAL)
    spread = {jitter(f"s{number}", slot).total_seconds() for number in range(50)}
    assert jitter("a", slot) == jitter("a", slot)
    assert all(0 <= seconds < JITTER_SECONDS for seconds in spread)
    assert len(spread) == 50
