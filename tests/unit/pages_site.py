"""A small loopback site of fixed pages, and pulling it with one adapter.

In: pages by path (with its query). Out: `PagesSite`, which remembers what was asked; `pull`, what an adapter brought.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from config.sources import AdapterKind, Source
from config.words import City
from exchange.content import Problem
from ingest.adapters import PullFault, adapter_of, field_mapping
from ingest.fields import Field, Row
from ingest.http import HttpClient
from ingest.table import read_records
from tests.unit.scripted_site import Answer

Pages = Mapping[str, Answer | bytes | str]


class PagesSite:
    def __init__(self, pages: Pages) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.headers.append(dict(self.headers))
                page = site.pages.get(self.path, Answer(b"not here", status=404))
                if isinstance(page, str):
                    page = page.replace("{site}", site.address).encode()
                answer = page if isinstance(page, Answer) else Answer(page)
                self.send_response(answer.status)
                headers = {"Content-Type": "text/html", "Content-Length": str(len(answer.body)), **answer.headers}
                for key, value in headers.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_address[1]}"
        self.address = f"http://{self.host}"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> "PagesSite":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@dataclass
class Pulled:
    items: list[dict[str, Any]]
    rows: list[Row]
    problems: list[Problem]
    whole: bool
    asked: list[str]
    headers: list[dict[str, str]]

    def column(self, name: Field) -> list[str]:
        return [row.cells.get(name, "") for row in self.rows]

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]


@dataclass
class Puller:
    """One kind of source, as sources.toml would have it."""

    kind: AdapterKind
    path: str = "/list"
    mapping: dict[str, str] = field(default_factory=dict)
    policy: dict[str, Any] = field(default_factory=dict)
    full_list: bool = False

    def source(self, site: PagesSite | None = None, **options: Any) -> Source:
        address = (site.address if site else "http://a.example") + self.path
        return Source(
            "s",
            "某来源",
            City.DONGGUAN,
            "441900",
            self.kind,
            address,
            full_list=self.full_list,
            mapping=self.mapping,
            policy=self.policy,
            options=options,
        )

    def pull(self, pages: Pages, since: datetime | None = None, **options: Any) -> Pulled:
        with PagesSite(pages) as site, HttpClient("test", timeout=5, retries=0) as client:
            source = self.source(site, **options)
            found = list(adapter_of(source).pull(source, client, since))
        items = [item for page in found for item in page.items]
        rows, _ = read_records(items, field_mapping(source))
        problems = [problem for page in found for problem in page.problems]
        return Pulled(items, rows, problems, all(page.whole for page in found), site.asked, site.headers)

    def fault(self, pages: Pages, **options: Any) -> PullFault:
        with pytest.raises(PullFault) as caught:
            self.pull(pages, **options)
        assert "某来源" in caught.value.message or "http://127.0.0.1" in caught.value.message
        return caught.value
