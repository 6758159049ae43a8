"""An exchange with postings of both cities, its application, and clients for pages and API.

In: nothing. Out: `living`, shared by the tests that only read; `own`, one for a test that changes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from exchange.app import create_app
from exchange.context import Exchange
from tests.web.living_exchange import open_living
from tests.web.page_client import PageClient


@dataclass(frozen=True)
class Living:
    exchange: Exchange
    app: Flask

    @property
    def pages(self) -> PageClient:
        return PageClient(self.app)

    def api(self, path: str, status: int = 200, **options: Any) -> Any:
        """JSON of an answer under /api/v1."""
        response = self.response(f"/api/v1{path}", **options)
        assert response.status_code == status, response.get_data(as_text=True)
        return response.get_json()

    def response(self, path: str, **options: Any) -> TestResponse:
        return self.app.test_client().get(path, **options)

    def id_of(self, title: str) -> str:
        """Id of the open posting with exactly this title."""
        found = self.api(f"/postings?page_size=100&q={title}")["items"]
        return str(next(item["id"] for item in found if item["title"] == title))


def _alive(exchange: Exchange) -> Iterator[Living]:
    yield Living(exchange, create_app(exchange))
    exchange.store.close()


@pytest.fixture(scope="session")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """For reading only."""
    yield from _alive(open_living(tmp_path_factory.mktemp("living"), contact_per_minute="1000"))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Living]:
    """For a test that ends postings or counts requests."""
    yield from _alive(open_living(tmp_path, contact_per_minute="3"))


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Living]:
    """The same in a real store: nothing of a demonstration."""
    yield from _alive(open_living(tmp_path, demonstration=False))


@pytest.fixture
def pages(living: Living) -> PageClient:
    return living.pages
