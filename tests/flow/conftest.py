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
from sqlmodel import SQLModel

from tests.flow.desk import Clock, Desk
from tests.flow.neighbours import Neighbour, neighbours

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
def new_postgresql_url(postgresql_url: str) -> Iterator[Maker]:
    """URL of a new, empty database. It ends with the server."""
    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as connection:

        def make() -> str:
            name = f"t{uuid4().hex}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
            return postgresql_url.replace("/postgres?", f"/{name}?")

        yield make


@pytest.fixture(scope="session")
def seeded_postgresql_url(new_postgresql_url: Maker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    """URL of one database, whose rows are put back to the seeds each time: making a hundred would take minutes."""
    url = new_postgresql_url()
    Desk.open(tmp_path_factory.mktemp("model"), url, Clock()).exchange.store.close()
    tables = [table.name for table in SQLModel.metadata.sorted_tables]
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE SCHEMA seeds")
        for table in tables:
            connection.execute(f"CREATE TABLE seeds.{table} AS TABLE {table}".encode())

        def put_back() -> str:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            with connection.transaction():
                connection.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY".encode())
                for table in tables:
                    connection.execute(f"INSERT INTO {table} SELECT * FROM seeds.{table}".encode())
            return url

        yield put_back


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new store of each kind, with tables and seeds: a test that takes this runs twice."""
    if request.param == "postgresql":
        put_back: Maker = request.getfixturevalue("seeded_postgresql_url")
        return put_back()
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


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Neighbour, Neighbour]]:
    with neighbours(tmp_path) as (dongguan, shaoguan):
        yield dongguan, shaoguan
        assert dongguan.desk.differences() == []
        assert shaoguan.desk.differences() == []
