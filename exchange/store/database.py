"""The database: SQLite in WAL mode or PostgreSQL, the same models and queries on both.

In: a database URL. Out: `read()` sessions that see one state, `write()` transactions that end in the ledger.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlmodel import Session

from exchange.clock import Clock, utc_now
from exchange.store.ledger import take_lock
from exchange.store.transaction import Transaction

_BUSY_SECONDS = 60
_WRITING = "guanshao_writing"


class Store:
    """One database. Cheap to make, safe to share between threads."""

    def __init__(self, url: str, clock: Clock = utc_now) -> None:
        self.url = make_url(url)
        self.clock = clock
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else create_engine(url, pool_pre_ping=True, **_JSON)
        self._reading = self.engine.execution_options(
            isolation_level="SERIALIZABLE" if self.is_sqlite else "REPEATABLE READ"
        )
        self._writing = self.engine.execution_options(**{_WRITING: True})

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the store from its first query on."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self, actor: str = "", organisation: str = "") -> Iterator[Transaction]:
        """All of it happens, with its events, credits and ledger page, or none of it."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            take_lock(session)  # before anything is read: what a writer decides on cannot change under it
            transaction = Transaction(session, self.clock, actor, organisation)
            yield transaction
            transaction.write_ledger()

    def close(self) -> None:
        self.engine.dispose()


def _json_text(value: Any) -> str:
    """A JSON column's text; keys may be words of an enum. Several times as fast as the standard library."""
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


_JSON: Mapping[str, Any] = {"json_serializer": _json_text, "json_deserializer": orjson.loads}


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, **_JSON, connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say, below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-8192"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its place at once: upgrading a reader's lock half-way could fail as busy.
        writing = connection.get_execution_options().get(_WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
