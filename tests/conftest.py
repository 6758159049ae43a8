"""What every test stands on: an empty database of each kind, no network but this machine, no settings from outside.

In: GUANSHAO_TEST_REQUIRE, a comma-separated list (postgresql, chromium): what is listed there and missing makes
tests fail, what is not listed and missing makes them skip. Out: the fixtures `postgresql_url` and `database_url`.
"""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings

STRANGE_ZONE = "America/Anchorage"  # nothing may depend on the clock setting of the machine
PR_SET_PDEATHSIG = 1  # of prctl(2)
PATIENCE = 30  # seconds for a database server to answer

hypothesis_settings.register_profile("quick", max_examples=60, deadline=None, derandomize=True)
hypothesis_settings.load_profile("quick")


def pytest_configure(config: pytest.Config) -> None:
    os.environ["TZ"] = STRANGE_ZONE
    time.tzset()
    for name in list(os.environ):
        if name.startswith("GUANSHAO_") and not name.startswith("GUANSHAO_TEST_"):
            del os.environ[name]


def miss(tool: str, reason: str) -> NoReturn:
    """Skip the test, or fail it where the tool is required."""
    if tool in os.environ.get("GUANSHAO_TEST_REQUIRE", "").replace(" ", "").split(","):
        pytest.fail(f"{tool} is required (GUANSHAO_TEST_REQUIRE) but {reason}", pytrace=False)
    pytest.skip(f"{tool}: {reason}")


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
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not found:
        miss("postgresql", "there is no /usr/lib/postgresql/*/bin/initdb (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="guanshao-pg-", dir="/tmp"))  # a socket path must stay short
    try:
        with _server(found[-1].parent, folder):
            yield f"postgresql+psycopg://guanshao@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _end_with_parent() -> None:
    """The server must not outlive tests that were killed: Linux ends it with them."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


@contextmanager
def _server(binaries: Path, folder: Path) -> Iterator[None]:
    """PostgreSQL refuses to run as root: then it runs as the user `postgres`, who owns the folder."""
    run: dict[str, Any] = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "TZ": "UTC"}}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        run |= {"user": "postgres", "group": "postgres", "extra_groups": []}
    data, log = folder / "data", folder / "log"
    initdb = [binaries / "initdb", "-D", data, "-U", "guanshao", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    subprocess.run(initdb, check=True, capture_output=True, **run)
    quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50"]
    options = ["listen_addresses=", f"unix_socket_directories={folder}", *quick]
    command = [binaries / "postgres", "-D", data, *(part for option in options for part in ("-c", option))]
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, preexec_fn=_end_with_parent, **run)
    try:
        _wait_for_server(server, folder, log)
        yield
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        server.wait(PATIENCE)


def _wait_for_server(server: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(host=str(folder), user="guanshao", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                pytest.fail(f"PostgreSQL did not start:\n{log.read_text()}", pytrace=False)
            time.sleep(0.05)


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
