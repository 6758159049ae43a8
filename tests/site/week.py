"""A simulated week: the stand-in site moves day by day, every source is pulled each day, faults come as ordered.

In: an exchange, its clock (moved, never slept), the site, the function by which the worker pulls a source, orders.
Out: one `Run` a source and day, as the store remembers it, a table of them for people, and what the exchange now holds
in the truth's own words. New facts about a run are a field of `Run` and a column of `table`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Protocol

from rich.cells import cell_len
from sqlalchemy import text
from sqlmodel import col, select

from config.sources import Source
from config.words import Direction, Outcome, Status
from exchange.clock import LOCAL, local_day
from exchange.context import Exchange
from exchange.models import Batch, Offer, OfferState, Posting
from exchange.store.counting import count
from exchange.store.sources import all_sources
from tests.site.postings import CHANNELS
from tests.site.site import Site
from tests.site.world import World

_HOUR = time(10)  # of the day's pulls, local
_NUMBER = re.compile(r"[DS]G\d{7}")  # a reference of the stand-in site, wherever an adapter found it
_SOURCES = Path(__file__).with_name("sources.toml")


class Clock(Protocol):
    now: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """A fault of one channel on one day (from 0)."""

    day: int
    channel: str
    kind: str
    after: int = 0
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    day: date
    source: str
    order: str  # the fault that was ordered, "" for none
    received: int
    outcomes: dict[str, int]  # only the words that occur
    closed: int
    parked: int
    said: str  # what the operator reads of it; "" for a good run
    breaker: str  # of the source's host afterwards

    @property
    def is_good(self) -> bool:
        return not self.said


def write_sources(folder: Path, site: Site) -> None:
    """sources.toml of the stand-in site, each channel behind a door of its own."""
    words = _SOURCES.read_text(encoding="utf-8")
    for channel in CHANNELS:
        words = words.replace(f"{{{channel}}}", site.door(channel))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources.toml").write_text(words, encoding="utf-8")


def live(
    exchange: Exchange,
    clock: Clock,
    site: Site,
    pull: Callable[[Source], None],
    days: int,
    orders: Sequence[Order] = (),
) -> list[Run]:
    """Day after day, from the world's first. Each pull finds the clock at the same hour of its day."""
    runs = []
    for number in range(days):
        site.world.go_to(number)
        ordered = {order.channel: order for order in orders if order.day == number}
        site.mend()
        for order in ordered.values():
            site.fault(order.channel, order.kind, order.after, order.times)
        for channel in CHANNELS:
            clock.now = datetime.combine(site.world.today, _HOUR, LOCAL)
            before = _last_batch(exchange, channel)
            pull(exchange.configuration.sources[channel])
            kind = ordered[channel].kind if channel in ordered else ""
            runs.append(_look(exchange, site, channel, kind, before))
    return runs


def _last_batch(exchange: Exchange, source: str) -> Batch | None:
    with exchange.store.read() as session:
        mine = select(Batch).where(Batch.source == source)
        return session.exec(mine.order_by(col(Batch.created_at).desc()).limit(1)).first()


def _look(exchange: Exchange, site: Site, channel: str, order: str, before: Batch | None) -> Run:
    batch = _last_batch(exchange, channel)
    if batch is not None and before is not None and batch.id == before.id:
        batch = None  # nothing was taken in
    with exchange.store.read() as session:
        (row,) = [row for row in all_sources(session) if row.id == channel]
    return Run(
        day=site.world.today,
        source=channel,
        order=order,
        received=batch.received if batch else 0,
        outcomes={str(word): getattr(batch, word) for word in Outcome if batch and getattr(batch, word)},
        closed=batch.closed if batch else 0,
        parked=batch.parked_closures if batch else 0,
        said=row.last_error,
        breaker=_breaker(exchange, site.door(channel)),
    )


def _breaker(exchange: Exchange, address: str) -> str:
    host = address.removeprefix("http://")
    with exchange.store.read() as session:
        found = session.connection().execute(text("SELECT state FROM host WHERE name = :name"), {"name": host})
        return str(found.scalar() or "")


def good_days(runs: Sequence[Run]) -> dict[str, list[date]]:
    """Channel → the days on which it was pulled whole: what `World.truth` wants to know."""
    return {channel: [run.day for run in runs if run.source == channel and run.is_good] for channel in CHANNELS}


@dataclass(frozen=True, slots=True)
class Held:
    """What the exchange holds, in the truth's words."""

    open: frozenset[str]  # keys of jobs
    postings: int  # that are open: as many, unless two of them are one job
    counted: dict[Direction, int]
    openings: dict[Direction, int]


def held_by(exchange: Exchange, world: World) -> Held:
    keys = {posting.reference: posting.key for channel in CHANNELS for day in world.days for posting in world.listed(channel, day)}
    with exchange.store.read() as session:
        live_offers = select(Posting.id, Offer.reference).join(Offer, col(Offer.posting_id) == Posting.id)
        rows = session.exec(live_offers.where(Posting.status == Status.OPEN, Offer.state == OfferState.LIVE)).all()
        moment = exchange.store.clock()
        done = count(session, local_day(moment).year, moment).commitments
    numbers = [(posting, found[0]) for posting, reference in rows if (found := _NUMBER.search(reference))]
    return Held(
        open=frozenset(keys[number] for _, number in numbers),
        postings=len({posting for posting, _ in rows}),
        counted={Direction(commitment.direction): commitment.counted for commitment in done},
        openings={Direction(commitment.direction): commitment.openings for commitment in done},
    )


def table(runs: Sequence[Run]) -> str:
    """One line a run."""
    heads = ("日期", "来源", "故障", "收到", "结果", "结束", "搁置", "断路器", "说明")
    lines = [heads, *(_cells(run) for run in runs)]
    widths = [max(cell_len(line[place]) for line in lines) for place in range(len(heads))]
    return "\n".join("  ".join(_padded(line, widths)).rstrip() for line in lines)


def _cells(run: Run) -> tuple[str, ...]:
    outcomes = " ".join(f"{word} {number}" for word, number in run.outcomes.items())
    figures = (str(run.received), outcomes, str(run.closed), str(run.parked))
    return (run.day.isoformat(), run.source, run.order, *figures, run.breaker, run.said)


def _padded(line: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for cell, width in zip(line, widths, strict=True):
        yield cell + " " * (width - cell_len(cell))
