"""What the target pages ask of the store, and what verifying costs, at several sizes by turns.

In: data folders of many_credits.py. Out: milliseconds and megabytes.
"""

import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

from sqlmodel import Session

from config.targets import Thresholds
from exchange.app import create_app
from exchange.context import Exchange
from exchange.gap import GapKind
from exchange.store.clusters import cluster_standings
from exchange.store.counting import count, daily_counted, moment_of
from exchange.store.gap import gap_lines, gap_postings, lapsed_employers
from exchange.store.ledger import head_sequence
from exchange.store.listing import postings_behind
from exchange.store.snapshots import take_snapshot_now
from exchange.store.standings import standings
from exchange.store.verifying import Replay, verify_store
from tests.bench.children import peak_megabytes
from tests.bench.many_credits import open_many

_KEPT = "guanshao-counts"  # where the pages keep counts between requests
_TIMES = 15


def ask(folders: list[str], until: str) -> dict[str, Any]:
    """Question → milliseconds of each folder, the median of many turns of processor time."""
    day = date.fromisoformat(until)
    exchanges = [open_many(folder, day) for folder in folders]
    asked = {
        name: [median(times) for times in zip(*(_turn(question, exchanges) for _ in range(_TIMES)), strict=True)]
        for name, question in {**_store_questions(day), **_page_questions()}.items()
    }
    return {"milliseconds": asked}


def verify(folder: str, until: str) -> dict[str, Any]:
    exchange = open_many(folder, date.fromisoformat(until))
    take_snapshot_now(exchange.store)
    replay = Replay()
    started = time.perf_counter()
    with exchange.store.read() as session:
        differences = list(verify_store(session, replay))
    seconds = time.perf_counter() - started
    if differences:
        raise AssertionError(differences[:3])
    return {"seconds": seconds, "events": replay.events, "peak_mb": peak_megabytes()}


def _turn(question: Callable[[Exchange], Any], exchanges: list[Exchange]) -> list[float]:
    taken = []
    for exchange in exchanges:
        started = time.process_time()
        question(exchange)
        taken.append(1000 * (time.process_time() - started))
    return taken


def _store_questions(day: date) -> dict[str, Callable[[Exchange], Any]]:
    year, usual = day.year, Thresholds()

    def reading(work: Callable[[Session, Any], Any]) -> Callable[[Exchange], Any]:
        def ask(exchange: Exchange) -> None:
            with exchange.store.read() as session:
                work(session, moment_of(session, exchange.store.clock()))

        return ask

    return {
        "count of the year": reading(lambda s, m: count(s, year, m.at)),
        "day by day": reading(lambda s, m: daily_counted(s, year, "dg-sg", head_sequence(s))),
        "standings of all commitments": reading(lambda s, m: standings(s, year, m, usual)),
        "clusters side by side, week by week": reading(lambda s, m: cluster_standings(s, year, m, usual)),
        "first page of the list behind a number": reading(
            lambda s, m: postings_behind(s, year, direction="dg-sg", cluster="c01", limit=50)
        ),
        "gap of one cluster": reading(lambda s, m: gap_lines(s, year, day, "dg-sg", "c01")),
        "gap, first page of what lacks openings": reading(
            lambda s, m: gap_postings(s, GapKind.OPENINGS, year, day, "dg-sg", "c01")
        ),
        "gap, employers of one cluster": reading(lambda s, m: lapsed_employers(s, year, "dg-sg", "c01")),
    }


def _page_questions() -> dict[str, Callable[[Exchange], Any]]:
    clients: dict[int, Any] = {}

    def page(exchange: Exchange) -> None:
        client = clients.setdefault(id(exchange), create_app(exchange).test_client())
        client.application.extensions.pop(_KEPT, None)
        answer = client.get("/targets")
        if answer.status_code != 200:
            raise AssertionError(answer.status)

    return {"/targets, nothing kept from before": page}
