"""Whole requests: a store of many postings, `guanshao serve` over it, and a visitor who asks one thing after another.

In: a folder, how many postings and questions. Out: milliseconds from the first byte sent to the last byte read.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from config.words import Outcome
from exchange.indexing import follow
from exchange.store import batches
from ingest import pipeline
from ingest.fields import Field, Row
from ingest.sample.rows import SheetRow
from ingest.table import FileTable
from ingest.table.model import FileKind
from tests.bench.batch_steps import open_data
from tests.bench.documents import FACETS, Question, documents, questions
from tests.bench.rows import sheet_rows
from tests.bench.search_steps import SEED, TODAY
from tests.bench.sizes import ORGANISATION, SOURCE

_BATCH = 10_000
_PATIENCE = 60
_WARM_UP = 20


def fill_store(folder: str, postings: int) -> dict[str, Any]:
    """The road of a file without the file: records are staged, confirmed and published in batches."""
    exchange = open_data(folder)
    source = exchange.configuration.sources[SOURCE]
    rows = [_row(number, row) for number, row in enumerate(sheet_rows(postings, SEED, TODAY, None), 1)]
    created = 0
    for start in range(0, len(rows), _BATCH):
        path = Path(folder) / "note.txt"
        path.write_text(f"rows from {start}", encoding="utf-8")
        batch = pipeline.receive(exchange, path, path.name, source, ORGANISATION, "bench")
        pipeline.stage(exchange, batch, FileTable(FileKind.XLSX, (), rows[start : start + _BATCH]))
        pipeline.confirm(exchange, batch.id, "bench")
        pipeline.publish_waiting(exchange, until=batch.id)
        with exchange.store.read() as session:
            created += getattr(batches.find_batch(session, batch.id), Outcome.CREATED)
    follow(exchange)
    return {"created": created}


def _row(number: int, row: SheetRow) -> Row:
    cells = {
        Field.EMPLOYER: row.employer,
        Field.TITLE: row.title,
        Field.OPENINGS: row.openings,
        Field.SALARY: row.salary,
        Field.DIVISION: row.place,
        Field.EDUCATION: row.education,
        Field.EXPERIENCE: row.experience,
        Field.DUTIES: row.duties,
        Field.BENEFITS: row.benefits,
        Field.PHONE: row.phone,
        Field.VALIDITY: row.until.isoformat() if row.until else "",
    }
    return Row("岗位汇总", number, cells)


def ask_http(folder: str, postings: int, count: int) -> dict[str, Any]:
    asked = questions(documents(postings, SEED, TODAY), count + _WARM_UP, SEED, TODAY)
    with _server(folder) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        pages = [f"/postings?{urlencode(_parameters(question), doseq=True)}" for question in asked]
        calls = [
            f"/api/v1/postings?{urlencode(_parameters(question) | {'facets': ','.join(FACETS)}, doseq=True)}"
            for question in asked
        ]
        typing = [f"/api/v1/complete?{urlencode({'q': question.q[:2]})}" for question in asked]
        visited = {"page": pages, "api": calls, "typing": typing}
        return {kind: _visit(connection, addresses) for kind, addresses in visited.items()}


def _parameters(question: Question) -> dict[str, Any]:
    return {"q": question.q, **{name: list(values) for name, values in question.filters.items()}}


@contextmanager
def _server(folder: str) -> Iterator[int]:
    """`guanshao serve` as it is delivered; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ingest", "serve", "--port", str(port)]
    environ = {**os.environ, "GUANSHAO_DATA": folder}
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("guanshao serve did not start")


def _visit(connection: HTTPConnection, addresses: Sequence[str]) -> dict[str, float]:
    """The first ones warm up. Every answer must be 200."""
    times = []
    for address in addresses:
        started = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - started) * 1000)
        if answer.status != 200:
            sys.exit(f"{answer.status} for {address}")
    ordered = sorted(times[_WARM_UP:])
    return {"mean_ms": sum(ordered) / len(ordered), "p95_ms": ordered[int(len(ordered) * 0.95)]}
