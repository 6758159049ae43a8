"""A long story of two exchanges by chance: `python -m tests.flow.long_story 1000 [seed] [url url]`.

In: how many events, a seed, perhaps two database URLs. Out: figures on standard output, or an AssertionError.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import func, select

from exchange.models import Credit, Event, Offer, OfferState, PeerSide
from exchange.store.peers_listing import peer_standings
from tests.flow.agreement import assert_all_is_well, held
from tests.flow.random_events import Story
from tests.flow.two_exchanges import Side, open_pair


def tell(events: int, seed: int, urls: tuple[str, str]) -> None:
    started = time.monotonic()
    with TemporaryDirectory(prefix="guanshao-story-") as folder:
        pair = open_pair(Path(folder), urls)
        try:
            story = Story(pair, seed)
            story.go_on(events, pull_every=6, kill_share=0.3)
            assert_all_is_well(pair)
            print(f"events {sum(story.happened.values())}: {dict(story.happened.most_common())}")
            print(f"killed {story.killed} times with SIGKILL, seed {seed}, {time.monotonic() - started:.0f} s")
            for side in pair.sides:
                show(side)
        finally:
            pair.close()


def show(side: Side) -> None:
    with side.desk.exchange.store.read() as session:
        (standing,) = peer_standings(session)
        ledger = session.exec(select(func.max(Event.sequence))).one()
        counted = session.exec(select(func.sum(Credit.sign)).where(Credit.reason == "")).one()
        own = session.exec(
            select(func.count()).select_from(Offer).where(Offer.origin == "", Offer.state == OfferState.LIVE)
        ).one()
    offers = f"live offers {own} own, {len(held(side))} of the peer"
    print(f"{side.place.city}: ledger {ledger}, counted {counted}, {offers}")
    for which in PeerSide:
        found = standing.sides[which]
        outcomes = {word or "waiting": number for word, number in found.outcomes.items()}
        digest = found.digest
        told = f"{digest.provided} provided, {digest.held} held, agrees: {digest.agrees}" if digest else "none"
        print(f"  {which}: {found.total} = {outcomes}; digest of {digest.day if digest else None}: {told}")


if __name__ == "__main__":
    given = sys.argv[1:]
    tell(int(given[0]), int(given[1]) if len(given) > 1 else 7, (given[2], given[3]) if len(given) > 3 else ("", ""))
