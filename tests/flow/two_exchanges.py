"""Two exchanges on this machine, one a city, each with a store, a desk and a process of its own that serves and pulls.

In: folders and database URLs. Out: `Pair`. The processes can be killed with SIGKILL, at any commit of a pull, and
started again. All of them live by one clock, a file.
"""

import multiprocessing
import os
import signal
import socket
import threading
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import waitress
from sqlalchemy import Engine, event

from config.startup import load_configuration
from config.words import TokenScope
from exchange.app import create_app
from exchange.context import Exchange, open_exchange
from exchange.store.tokens import issue_token
from ingest.adapters import PullFault
from ingest.http import client_for
from ingest.peers_comparing import compare_peer
from ingest.pulling import pull
from tests.flow.desk import Clock, Desk

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.flow.two_exchanges"])
PATIENCE = 60  # seconds
_ROUNDS = 10
SOURCES = """
[[source]]
id = "{upload}"
name = "{city}报送"
city = "{city}"
organisation = "{own}"
adapter = "file"
counts = true

[[source]]
id = "peer"
name = "{peer}平台"
city = "{peer}"
organisation = "{theirs}"
adapter = "exchange"
address = "http://127.0.0.1:{port}"

[source.options]
exchange = "{peer}"
token = "{token}"
page_size = 20
"""
CITIES = {"dongguan": ("dg-upload", "441900"), "shaoguan": ("sg-upload", "440200")}


class SharedClock(Clock):
    """Stands still until it is moved; other processes read it from its file."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        self.write()

    def write(self) -> None:
        self.file.write_text(self.now.isoformat(), encoding="utf-8")

    def move(self, **by: float) -> None:
        super().move(**by)
        self.write()


@dataclass(frozen=True)
class Place:
    """Where one exchange lives."""

    city: str
    folder: Path
    url: str
    port: int
    clock: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "GUANSHAO_DATA": str(self.folder),
            "GUANSHAO_CONFIG": str(self.folder / "config"),
            "GUANSHAO_DATABASE_URL": self.url,
            "GUANSHAO_EXCHANGE_ID": self.city,
        }


class Side:
    """One exchange: a desk in this process, and a process that serves its API and pulls from the other."""

    def __init__(self, place: Place, clock: SharedClock) -> None:
        self.place = place
        self.desk = Desk.open(place.folder, place.url, clock, **place.environment)
        self.process: ForkServerProcess
        self.pipe: Connection

    def start(self) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=live, args=(self.place, theirs), daemon=True)
        self.process.start()
        theirs.close()
        assert self.pipe.poll(PATIENCE), "the process does not start"
        assert self.pipe.recv() == "ready"

    def stop(self) -> None:
        self.process.kill()
        self.process.join(PATIENCE)
        self.process.close()
        self.pipe.close()

    def ask(self, what: str, die_at: int = 0) -> Any:
        """What the process answers; None when it died on the way, or since, and was started again."""
        try:
            self.pipe.send((what, die_at))
            assert self.pipe.poll(PATIENCE), "the process does not answer"
            return self.pipe.recv()
        except (EOFError, ConnectionError):
            self.process.join(PATIENCE)
            assert self.process.exitcode == -signal.SIGKILL, f"it died of {self.process.exitcode}"
            self.process.close()
            self.pipe.close()
            self.start()
            return None


@dataclass
class Pair:
    dongguan: Side
    shaoguan: Side
    clock: SharedClock

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.dongguan, self.shaoguan

    def close(self) -> None:
        for side in self.sides:
            side.stop()
            side.desk.exchange.store.close()

    def settle(self) -> None:
        """Pull both ways until nothing moves."""
        for _ in range(_ROUNDS):
            found = [side.ask("pull") for side in self.sides]
            if found == [(0, 0), (0, 0)]:
                return
        raise AssertionError(f"still moving: {found}")


def open_pair(folder: Path, urls: tuple[str, str] = ("", "")) -> Pair:
    clock = SharedClock(folder / "clock")
    sides = [Side(place, clock) for place in places_in(folder, urls, clock)]
    for side in sides:
        side.start()
    return Pair(sides[0], sides[1], clock)


def places_in(folder: Path, urls: tuple[str, str], clock: SharedClock) -> list[Place]:
    """Two places whose sources.toml name each other, with tokens that each has issued to the other."""
    places = [
        Place(city, folder / city, url, _free_port(), clock.file) for city, url in zip(CITIES, urls, strict=True)
    ]
    for place, other in zip(places, reversed(places), strict=True):
        _write_sources(place, other, token="gs_none")
    tokens = [_issue(place, CITIES[other.city][1]) for place, other in zip(places, reversed(places), strict=True)]
    for place, other, token in zip(places, reversed(places), reversed(tokens), strict=True):
        _write_sources(place, other, token)
    return places


def _write_sources(place: Place, other: Place, token: str) -> None:
    upload, own = CITIES[place.city]
    text = SOURCES.format(
        upload=upload,
        city=place.city,
        own=own,
        peer=other.city,
        theirs=CITIES[other.city][1],
        port=other.port,
        token=token,
    )
    folder = place.folder / "config"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources.toml").write_text(text, encoding="utf-8")


def _issue(place: Place, organisation: str) -> str:
    exchange = _open(place)
    secret, _ = issue_token(exchange.store, "互通", organisation, [TokenScope.PEERS], 365, "test")
    exchange.store.close()
    return secret


def _open(place: Place) -> Exchange:
    return open_exchange(
        load_configuration(place.environment), lambda: datetime.fromisoformat(place.clock.read_text(encoding="utf-8"))
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def live(place: Place, pipe: Connection) -> None:
    """In the child: serve, and pull or compare when asked."""
    exchange = _open(place)
    server = waitress.create_server(create_app(exchange), host="127.0.0.1", port=place.port, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    source = exchange.configuration.sources["peer"]
    fuse = _fuse()
    pipe.send("ready")
    while True:
        try:
            what, die_at = pipe.recv()
        except EOFError:
            os._exit(0)
        fuse[0] = die_at
        with client_for(exchange, source, retries=0) as client:
            try:
                if what == "compare":
                    pipe.send(compare_peer(exchange, source, client))
                else:
                    found = pull(exchange, source, client, actor="test")
                    pipe.send((found.received, found.closed))
            except PullFault as fault:
                pipe.send(fault.message)


def _fuse() -> list[int]:
    """How many commits, of whichever thread, until the process kills itself; 0 for never."""
    left = [0]

    def count(*_: Any) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "commit", count)
    return left
