"""What a batch costs, step by step, each function in a process of its own (children.py).

In: a workbook and a folder. Out: seconds. Data folders are new each time; the workbook is the same.
"""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from config.startup import load_configuration
from config.words import Outcome
from exchange.context import Exchange, open_exchange
from exchange.indexing import follow
from exchange.models import Batch
from exchange.store import batches
from exchange.store.counting import count
from ingest import pipeline
from search.requests import SearchRequest
from tests.bench.children import MemoryWatch, peak_megabytes
from tests.bench.sizes import ORGANISATION, SOURCE


def make_workbook(path: str, rows: int, seed: int) -> dict[str, Any]:
    from tests.bench.rows import write_workbook  # as below

    write_workbook(Path(path), rows, seed, date.today())
    return {}


def read_with_openpyxl(path: str) -> dict[str, Any]:
    """The measure of all: every cell, values only, nothing done with them."""
    from openpyxl import load_workbook  # not in the memory of the other steps: taking a file in needs none

    cells = 0
    started = time.perf_counter()
    book = load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            cells += len(row)
    book.close()
    return {"seconds": time.perf_counter() - started, "cells": cells}


def take_in(path: str, folder: str) -> dict[str, Any]:
    """A new store takes the file in, then the same file again."""
    exchange = open_data(folder)
    first = _journey(exchange, Path(path))
    again = _journey(exchange, Path(path))
    return {**first, "again_publish": again["publish"], "unchanged": again[Outcome.UNCHANGED]}


def preview_and_publish(path: str, folder: str) -> dict[str, Any]:
    """For the peak of memory, the process that opens the workbook included: the file once, nothing else."""
    with MemoryWatch() as watch:
        answer = _journey(open_data(folder), Path(path))
    return {**answer, "megabytes": max(watch.megabytes, peak_megabytes())}


def open_data(folder: str) -> Exchange:
    """As a worker that has started: the engine is loaded, no vocabulary is."""
    exchange = open_exchange(load_configuration({"GUANSHAO_DATA": folder}))
    exchange.reader.status()
    return exchange


def _journey(exchange: Exchange, path: Path) -> dict[str, Any]:
    batch, preview = _clocked(lambda: _preview(exchange, path))
    total, publish = _clocked(lambda: _publish(exchange, batch))
    with exchange.store.read() as session:
        done = batches.find_batch(session, batch.id)
    outcomes = {str(outcome): getattr(done, outcome) for outcome in Outcome}
    return {"preview": preview, "publish": publish, "counted": total, "received": done.received, **outcomes}


def _clocked(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    found = work()
    return found, time.perf_counter() - started


def _preview(exchange: Exchange, path: Path) -> Batch:
    """The file is kept, read, checked, staged and compared with what is there: a person may look at it."""
    source = exchange.configuration.sources[SOURCE]
    batch = pipeline.receive(exchange, path, path.name, source, ORGANISATION, "bench")
    pipeline.stage(exchange, batch)
    return batch


def _publish(exchange: Exchange, batch: Batch) -> int:
    """Confirmed, published, found by a search and counted. Returns how many are counted."""
    pipeline.confirm(exchange, batch.id, "bench")
    pipeline.publish_waiting(exchange, until=batch.id)
    follow(exchange)
    exchange.reader.search(SearchRequest(today=exchange.today, q="普工"))
    with exchange.store.read() as session:
        counted = count(session, exchange.today.year, exchange.store.clock())
    return sum(commitment.counted for commitment in counted.commitments)
