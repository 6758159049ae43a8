"""A whole exchange on a new store of each kind, with a clock that a test sets, and a desk to work at.

In: a database server. Out: `desk`. Tables are made once for each kind and copied for each test. When a test ends, the
ledger, the store and the index must agree, unless the test says that it has tampered with them.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.flow.desk import Clock, Desk

Maker = Callable[[], str]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def sqlite_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its tables and seeds, to be copied."""
    folder = tmp_path_factory.mktemp("model")
    Desk.open(folder, f"sqlite:///{folder / 'model.db'}", Clock()).exchange.store.close()
    return folder / "model.db"


@pytest.fixture(scope="session")
def make_postgresql(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[bool], str]]:
    """URL of a new database, empty or with tables and seeds. They end with the server."""
    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as connection:

        def make(model: str, name: str = "") -> str:
            name = name or f"t{uuid4().hex}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {model}".encode())
            return postgresql_url.replace("/postgres?", f"/{name}?")

        Desk.open(tmp_path_factory.mktemp("model"), make("template0", "model"), Clock()).exchange.store.close()
        yield lambda seeded: make("model" if seeded else "template0")


@pytest.fixture
def new_postgresql_url(make_postgresql: Callable[[bool], str]) -> Maker:
    return lambda: make_postgresql(False)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new store of each kind, with tables and seeds: a test that takes this runs twice."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("make_postgresql")(True)
        return url
    shutil.copy(request.getfixturevalue("sqlite_model"), tmp_path / "guanshao.db")
    return f"sqlite:///{tmp_path / 'guanshao.db'}"


@pytest.fixture
def open_desk(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Desk]]:
    """Opens a desk; a second one on the same store sees what another process would see."""
    opened: list[Desk] = []

    def opener(url: str = "", folder: Path = tmp_path / "var", **variables: str) -> Desk:
        opened.append(Desk.open(folder, url, clock, **variables))
        return opened[-1]

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
