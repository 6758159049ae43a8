"""Pulling a JSON feed of many pages: the bare requests loop, the adapter with its archive, and the whole road.

In: a folder and how many records. Out: seconds of each, and what became of the records.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import requests

from config.sources import AdapterKind, Source
from config.words import City, Outcome
from exchange.context import Exchange
from ingest.capturing import capture
from ingest.http import client_for
from ingest.http.archive import open_archive
from ingest.pulling import pull
from tests.bench.batch_steps import open_data
from tests.bench.children import ROOT, timed, typical
from tests.bench.rows import sheet_rows
from tests.bench.search_steps import SEED, TODAY
from tests.bench.sizes import ORGANISATION, SOURCE

_AT_ONCE = 500  # records a page
_MAPPING = {
    "id": "reference",
    "job": "title",
    "company": "employer",
    "people": "openings",
    "pay": "salary",
    "place": "division",
    "education": "education",
    "duties": "duties",
    "benefits": "benefits",
}


def pull_pages(folder: str, records: int) -> dict[str, Any]:
    pages = Path(folder) / "pages"
    number = _write_pages(pages, records)
    exchange = open_data(str(Path(folder) / "data"))
    with _site(pages) as address:
        bare = typical(lambda: _read_bare(address, number))
        source = _source(exchange, address)
        fetched = typical(lambda: _fetch(exchange, source, Path(folder)))
        with client_for(exchange, source) as client:
            told: list[Any] = []
            whole = timed(lambda: told.append(pull(exchange, source, client, actor="bench")))
        with client_for(exchange, source) as client:
            again = timed(lambda: told.append(pull(exchange, source, client, actor="bench")))
    outcomes = {str(word): told[0].outcomes[word] for word in Outcome}
    return {"bare": bare, "fetched": fetched, "whole": whole, "again": again, "pages": number, **outcomes}


def _write_pages(folder: Path, records: int) -> int:
    folder.mkdir(parents=True)
    rows = [
        {
            "id": f"R{number}",
            "job": row.title,
            "company": row.employer,
            "people": row.openings,
            "pay": row.salary,
            "place": row.place,
            "education": row.education,
            "duties": row.duties,
            "benefits": row.benefits,
        }
        for number, row in enumerate(sheet_rows(records, SEED, TODAY), 1)
    ]
    parts = [rows[start : start + _AT_ONCE] for start in range(0, records, _AT_ONCE)]
    for number, part in enumerate(parts, 1):
        page = json.dumps({"list": part, "total": records}, ensure_ascii=False)
        (folder / f"{number}.json").write_text(page, encoding="utf-8")
    return len(parts)


@contextmanager
def _site(pages: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.bench.pages_site", str(pages)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as site:
        assert site.stdout is not None
        try:
            yield f"http://127.0.0.1:{site.stdout.readline().strip()}/jobs"
        finally:
            site.terminate()


def _source(exchange: Exchange, address: str) -> Source:
    return replace(
        exchange.configuration.sources[SOURCE],
        id=SOURCE,
        city=City.DONGGUAN,
        organisation=ORGANISATION,
        adapter=AdapterKind.JSON_PAGES,
        address=address,
        full_list=True,
        mapping=_MAPPING,
        options={"items": "list", "total": "total", "size": _AT_ONCE},
        policy={"pause_seconds": 0},
    )


def _read_bare(address: str, pages: int) -> None:
    """What anyone would write first."""
    with requests.Session() as session:
        for number in range(1, pages + 1):
            assert session.get(address, params={"page": number}, timeout=20).json()["list"]


def _fetch(exchange: Exchange, source: Source, folder: Path) -> None:
    """Read with manners, every answer kept, every item checked and written down; nothing is stored yet."""
    with client_for(exchange, source) as client:
        client.archive = archive = open_archive(exchange, source.id)
        capture(source, client, folder / "captured.jsonl")
        archive.leave()
