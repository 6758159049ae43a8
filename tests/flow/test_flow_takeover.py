"""Two real workers: one acts, the other waits; killed with kill -9 in the middle of a pull, it is followed at once."""

import threading
from collections.abc import Callable
from pathlib import Path

from exchange.health import heartbeat
from exchange.models import PullRun
from exchange.store.pull_history import runs_of
from exchange.store.pulls import BROKEN_OFF
from exchange.store.sources import want_run
from tests.flow.commands import Commands, Running
from tests.flow.desk import Desk
from tests.flow.test_flow_schedule import BODY, SOURCE, wait_until
from tests.unit.scripted_site import Answer, ScriptedSite

PATIENCE = 60  # seconds; two processes start on a busy machine


def runs(desk: Desk) -> list[PullRun]:
    with desk.exchange.store.read() as session:
        return list(runs_of(session, "market", 10))


def wait_for_states(desk: Desk, *states: str) -> None:
    wait_until(lambda: [run.state for run in runs(desk)] == list(states), PATIENCE)


def wait_for_words(running: Running, words: str) -> None:
    wait_until(lambda: words in running.text("err"), PATIENCE)


def test_the_second_worker_takes_over_from_a_killed_one(
    database_url: str, open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    never = threading.Event()
    with ScriptedSite(Answer(BODY, hold=never), Answer(BODY)) as site:
        folder = tmp_path / "config"
        folder.mkdir()
        line = 'schedule = "0 3 1 1 *"'
        (folder / "sources.toml").write_text(SOURCE.format(id="market", address=site.address, schedule=line))
        desk = open_desk(database_url, GUANSHAO_CONFIG=str(folder))
        guanshao = Commands(tmp_path / "var", database_url, GUANSHAO_CONFIG=str(folder))
        first = guanshao.start("worker")
        wait_for_words(first, "worker acts")
        wait_until(lambda: heartbeat(desk.exchange) is not None, PATIENCE)
        second = guanshao.start("worker")
        wait_for_words(second, "another worker acts")
        want_run(desk.exchange.store, "market", "admin")
        wait_for_states(desk, "running")  # the site does not answer
        wait_until(lambda: len(site.asked) == 1, PATIENCE)
        assert first.kill().was_killed
        wait_for_states(desk, "done", "failed")  # broken off, and done once more by the second
        assert runs(desk)[1].code == BROKEN_OFF
        wait_until(lambda: len(desk.found()) == 3, PATIENCE)
        second.process.terminate()
        assert second.answer().code == 0
        never.set()
