"""A whole exchange on an empty store of each kind, with a clock that a test sets, and a desk to work at.

In: `database_url`. Out: `desk`. When a test ends, the ledger, the store and the index must agree, unless the test
says that it has tampered with them (`desk.tampered = True`).
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.flow.desk import Clock, Desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_desk(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Desk]]:
    """Opens a desk; a test that opens a second one with the same folder sees what another process would see."""
    opened: list[Desk] = []

    def opener(url: str = "", folder: Path = tmp_path / "var", **variables: str) -> Desk:
        desk = Desk.open(folder, url, clock, **variables)
        opened.append(desk)
        return desk

    yield opener
    try:
        for desk in opened:
            assert desk.tampered or desk.differences() == []
    finally:
        for desk in opened:
            desk.exchange.store.close()


@pytest.fixture
def desk(database_url: str, open_desk: Callable[..., Desk]) -> Desk:
    return open_desk(database_url)


@pytest.fixture
def new_postgresql_url(postgresql_url: str) -> Iterator[Callable[[], str]]:
    """As many empty PostgreSQL databases as a test asks for."""
    made: list[str] = []
    plain = postgresql_url.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:

        def make() -> str:
            made.append(f"t{uuid4().hex}")
            connection.execute(f"CREATE DATABASE {made[-1]} TEMPLATE template0".encode())
            return postgresql_url.replace("/postgres?", f"/{made[-1]}?")

        yield make
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
