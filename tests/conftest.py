"""What every test stands on: an empty database of each kind, no network but this machine, no settings from outside.

In: GUANSHAO_TEST_REQUIRE, a comma-separated list (postgresql, chromium): what is listed there and missing makes
tests fail, what is not listed and missing makes them skip. Out: the fixtures `postgresql_url` and `database_url`.
"""

import os
import socket
import time
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings

from tests.postgresql import binaries, server
from tests.requiring import miss

STRANGE_ZONE = "America/Anchorage"  # nothing may depend on the clock setting of the machine

hypothesis_settings.register_profile("quick", max_examples=60, deadline=None, derandomize=True)
hypothesis_settings.load_profile("quick")


def pytest_configure(config: pytest.Config) -> None:
    os.environ["TZ"] = STRANGE_ZONE
    time.tzset()
    for name in list(os.environ):
        if name.startswith("GUANSHAO_") and not name.startswith("GUANSHAO_TEST_"):
            del os.environ[name]


@pytest.fixture(autouse=True, scope="session")
def only_this_machine() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""

    def guarded(connect: Any) -> Any:
        def wrapper(self: socket.socket, address: Any) -> Any:
            if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(str(address[0])):
                raise RuntimeError(f"a test wanted to reach {address}: no network but loopback")
            return connect(self, address)

        return wrapper

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
        yield


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A private PostgreSQL server, reached over a socket in a temporary folder; the URL of its first database."""
    programs = binaries()
    if programs is None:
        miss("postgresql", "there is no /usr/lib/postgresql/*/bin/initdb (apt-get install postgresql)")
    with server(programs) as folder:
        yield f"postgresql+psycopg://guanshao@/postgres?host={folder}"


@pytest.fixture
def empty_postgresql_url(postgresql_url: str) -> Iterator[str]:
    """A new database on the private server, dropped afterwards even when connections were left open."""
    name = f"t{uuid4().hex}"
    plain = postgresql_url.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        yield postgresql_url.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind: a test that takes this runs twice."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'guanshao.db'}"
    url: str = request.getfixturevalue("empty_postgresql_url")
    return url
