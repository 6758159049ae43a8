"""Two exchanges in this process, each served by a real web server on a thread: quick, for rules tried one by one.

In: folders. Out: `Neighbour`s, desks that pull from each other over HTTP.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import waitress

from exchange.app import create_app
from ingest.http import HttpClient
from ingest.intake import Summary, pull
from ingest.peers_comparing import Comparison, compare_peer
from tests.flow.desk import Desk
from tests.flow.two_exchanges import Place, SharedClock, places_in


class Neighbour:
    def __init__(self, place: Place, clock: SharedClock) -> None:
        self.place = place
        self.desk = Desk.open(place.folder, place.url, clock, **place.environment)
        self.app = create_app(self.desk.exchange)
        self.server: Any = waitress.create_server(self.app, host="127.0.0.1", port=place.port, threads=2)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()

    @property
    def source(self) -> Any:
        return self.desk.exchange.configuration.sources["peer"]

    def pull(self) -> Summary:
        with HttpClient("test", timeout=20, retries=0) as client:
            return pull(self.desk.exchange, self.source, client, actor="test")

    def compare(self) -> Comparison:
        with HttpClient("test", timeout=20, retries=0) as client:
            return compare_peer(self.desk.exchange, self.source, client)

    def close(self) -> None:
        self.server.close()
        self.thread.join(10)
        self.desk.exchange.store.close()


@contextmanager
def neighbours(folder: Path) -> Iterator[tuple[Neighbour, Neighbour]]:
    """(Dongguan's, Shaoguan's)."""
    clock = SharedClock(folder / "clock")
    dongguan, shaoguan = (Neighbour(place, clock) for place in places_in(folder, ("", ""), clock))
    try:
        yield dongguan, shaoguan
    finally:
        dongguan.close()
        shaoguan.close()
