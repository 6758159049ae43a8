"""Two exchanges in this process, each served by a real web server on a thread: quick, for rules tried one by one.

In: folders. Out: `Neighbour`s, desks that pull from each other over HTTP.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import waitress

from exchange.app import create_app
from exchange.indexing import follow
from exchange.models import PeerSide
from exchange.store.peers_listing import SideStanding, peer_standings
from exchange.store.transaction import Transaction
from ingest.http import client_for
from ingest.intake import Summary
from ingest.peers_comparing import Comparison, compare_peer
from ingest.pulling import pull
from tests.flow.commands import Commands
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

    def pull(self) -> Summary:
        return pull_with(self.desk)

    def compare(self) -> Comparison:
        source = self.desk.exchange.configuration.sources["peer"]
        with client_for(self.desk.exchange, source, retries=0) as client:
            return compare_peer(self.desk.exchange, source, client)

    @property
    def command(self) -> Commands:
        others = {name: value for name, value in self.place.environment.items() if name != "GUANSHAO_DATA"}
        return Commands(self.place.folder, **others)

    def close(self) -> None:
        self.server.close()
        self.thread.join(10)
        self.desk.exchange.store.close()


def pull_with(desk: Desk) -> Summary:
    source = desk.exchange.configuration.sources["peer"]
    with client_for(desk.exchange, source, retries=0) as client:
        return pull(desk.exchange, source, client, actor="test")


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


def standing(desk: Desk, side: PeerSide) -> SideStanding:
    with desk.exchange.store.read() as session:
        (found,) = peer_standings(session)
    return found.sides[side]


def decide(desk: Desk, decision: Any, title: str, *words: Any) -> None:
    carry_out(desk, lambda transaction: decision(transaction, desk.posting(title).id, *words))


def carry_out(desk: Desk, decision: Callable[[Transaction], object]) -> None:
    with desk.exchange.store.write(actor="office") as transaction:
        decision(transaction)
    follow(desk.exchange)
