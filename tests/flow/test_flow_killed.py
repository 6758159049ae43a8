"""kill -9 at any moment: the same command goes on where the dead one was, and nothing is lost or counted twice."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from exchange.models import Batch
from exchange.store.batches import count_outcomes
from tests.flow.commands import Commands, Moment
from tests.flow.desk import CHANGAN, Clock, Desk, Row, job, write_csv

CHUNK = "20"  # rows a transaction


def many_rows(number: int) -> list[Row]:
    """Of every eleven rows one is held, one is refused, one lacks its pay and one repeats another."""
    rows = []
    for at in range(number):
        employer = f"东莞市华盛{'甲乙丙丁戊己庚辛壬癸'[at // 11 % 10]}{at // 110}电子有限公司"
        row = job(f"{'普焊电钳车铣刨磨镗钻冲'[at % 11]}工", 用人单位=employer, 岗位编号=f"R{at}")
        changes: dict[int, Row] = {
            2: {"岗位职责": "限男性"},
            5: {"薪资待遇": "见附件"},
            7: {"薪资待遇": ""},
            9: {"岗位名称": "急聘普工"},
        }
        rows.append(row | changes.get(at % 11, {}))
    return rows


def state(desk: Desk) -> dict[str, Any]:
    """What must be the same however often the command was killed."""
    with desk.exchange.store.read() as session:
        first = session.exec(select(Batch).order_by(col(Batch.created_at))).first()
        assert first is not None
        outcomes = count_outcomes(session, first.id)
    sizes = desk.sizes()
    return {
        "outcomes": outcomes,
        "received": first.received,
        "statuses": Counter((offer.reference, posting.status) for posting, offer in desk.postings()),
        "credits": Counter(desk.credits()),
        "sizes": {name: sizes[name] for name in ("posting", "offer", "credit", "employer", "tally")},
        "found": len(list(desk.exchange.reader.ids())),
    }


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_csv(tmp_path_factory.mktemp("sheet") / "长安.csv", many_rows(110))


@pytest.fixture(scope="module")
def undisturbed(sheet: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("undisturbed")
    assert Commands(folder, GUANSHAO_PUBLISH_CHUNK=CHUNK)(*ingest(sheet)).code == 0
    desk = Desk.open(folder, "", Clock())
    found = state(desk)
    desk.exchange.store.close()
    assert {word: number for word, number in found["outcomes"].items() if number} == {
        "created": 80,
        "duplicate": 10,
        "held": 10,
        "rejected": 10,
    }
    return found


def ingest(sheet: Path) -> tuple[str, ...]:
    return ("ingest", "--file", str(sheet), "--source", "dg-upload", "--organisation", CHANGAN, "--json")


MOMENTS: list[Moment] = [("commit", number) for number in (2, 4, 5, 7, 8, 9, 11, 13)]
MOMENTS += [("os.rename", 1), ("os.rename", 2)]


@pytest.mark.parametrize("die", MOMENTS, ids=lambda die: f"{die[0]} {die[1]}")
def test_killed_and_done_again(
    tmp_path: Path, sheet: Path, undisturbed: dict[str, Any], open_desk: Callable[..., Desk], die: Moment
) -> None:
    commands = Commands(tmp_path / "var", GUANSHAO_PUBLISH_CHUNK=CHUNK)
    assert commands(*ingest(sheet), die=die).was_killed
    assert commands(*ingest(sheet)).code == 0
    assert commands("verify").code == 0
    assert state(open_desk()) == undisturbed


def test_killed_over_and_over_until_it_is_through(
    database_url: str, tmp_path: Path, sheet: Path, undisturbed: dict[str, Any], open_desk: Callable[..., Desk]
) -> None:
    """Each attempt gets one commit further than the one before it."""
    commands = Commands(tmp_path / "var", database_url, GUANSHAO_PUBLISH_CHUNK=CHUNK)
    killed = 0
    while commands(*ingest(sheet), die=("commit", killed + 1)).was_killed:
        killed += 1
        assert killed < 60
    assert killed > 4
    assert commands("verify").code == 0
    assert state(open_desk(database_url)) == undisturbed


def test_killed_at_times_of_chance_from_outside(
    tmp_path: Path, sheet: Path, undisturbed: dict[str, Any], open_desk: Callable[..., Desk]
) -> None:
    chance = random.Random(20261124)
    commands = Commands(tmp_path / "var", GUANSHAO_PUBLISH_CHUNK="10")
    for _ in range(5):
        running = commands.start(*ingest(sheet))
        time.sleep(chance.uniform(0.1, 0.9))
        running.kill()
    assert commands(*ingest(sheet)).code == 0
    assert commands("verify").code == 0
    assert state(open_desk()) == undisturbed


def test_the_process_that_users_start_can_be_killed(
    tmp_path: Path, sheet: Path, undisturbed: dict[str, Any], open_desk: Callable[..., Desk]
) -> None:
    """`python -P -m ingest` itself, as soon as the batch is being published."""
    commands = Commands(tmp_path / "var", GUANSHAO_PUBLISH_CHUNK="5")
    assert commands("verify").code == 0  # the tables are there
    watcher = open_desk()
    command = [sys.executable, "-P", "-m", "ingest", *ingest(sheet)]
    started = subprocess.Popen(
        command,
        env={**os.environ, **commands.environment, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 60
    while not watcher.sizes()["posting"] and time.monotonic() < end:
        time.sleep(0.02)
    started.kill()
    started.wait()
    assert commands(*ingest(sheet)).code == 0
    assert state(watcher) == undisturbed


def test_a_second_worker_takes_over_from_a_killed_one(
    database_url: str, tmp_path: Path, sheet: Path, undisturbed: dict[str, Any], open_desk: Callable[..., Desk]
) -> None:
    variables = {"GUANSHAO_PUBLISH_CHUNK": "10", "GUANSHAO_WORKER_POLL_SECONDS": "0.05"}
    commands = Commands(tmp_path / "var", database_url, **variables)
    assert commands(*ingest(sheet), die=("commit", 3)).was_killed  # received, and nobody goes on with it
    first = commands.start("worker", die=("commit", 12))
    assert first.answer().was_killed
    second, third = commands.start("worker"), commands.start("worker")
    desk = open_desk(database_url)
    wait_until_done(desk)
    for running in (second, third):
        running.process.terminate()
    assert [running.answer().code for running in (second, third)] == [0, 0]
    acting = [running.text("err").count("worker acts") for running in (second, third)]
    assert acting.count(1) >= 1
    assert commands("verify").code == 0
    assert state(desk) == undisturbed


def wait_until_done(desk: Desk, patience: float = 60) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with desk.exchange.store.read() as session:
            states = set(session.exec(select(Batch.state)))
        if states == {"done"} and not desk.differences():
            return
        time.sleep(0.05)
    raise AssertionError(f"batches are still {states}")
