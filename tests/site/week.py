"""A simulated week: the stand-in site moves day by day, every source is pulled each day, faults come as ordered.

In: an exchange, its clock (moved, never slept), the site, orders. Out: one `Run` a source and day, as the store
remembers it, a table of them for people, and what the exchange holds in the truth's own words. Pulls are the worker's:
what its cron line makes due. A new fact about a run is a field of `Run` and a column of `table`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Protocol

from rich.cells import cell_len
from sqlmodel import col, func, select

from config.words import Direction, Outcome, Status
from exchange.clock import LOCAL, local_day
from exchange.context import Exchange
from exchange.models import Host, Offer, OfferState, Posting, PullRun, RunState
from exchange.store.counting import count
from ingest.due import due_pulls
from ingest.pull_threads import Pulls
from tests.site.postings import CHANNELS
from tests.site.site import Site
from tests.site.world import World

_HOUR = time(10)  # local, when the worker looks: all cron lines of the day have passed
_PATIENCE = 60.0  # seconds for one pull
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
    state: str  # of RunState
    received: int
    outcomes: dict[str, int]  # only the words that occur
    closed: int
    parked: int
    code: str  # of what went wrong, "" for a good run
    said: str  # what the operator reads of it
    breaker: str  # of the source's host afterwards

    @property
    def is_good(self) -> bool:
        """Pulled whole, published, and nothing waits for a person."""
        return self.state == RunState.DONE and not self.said and not self.parked


def write_sources(folder: Path, site: Site) -> None:
    """sources.toml of the stand-in site, each channel behind a door of its own."""
    words = _SOURCES.read_text(encoding="utf-8")
    for channel in CHANNELS:
        words = words.replace(f"{{{channel}}}", site.door(channel))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources.toml").write_text(words, encoding="utf-8")


def live(exchange: Exchange, clock: Clock, site: Site, days: int, orders: Sequence[Order] = ()) -> list[Run]:
    """Day after day, from the world's first, each with its faults."""
    runs = []
    for number in range(days):
        site.world.go_to(number)
        today = [order for order in orders if order.day == number]
        runs += live_a_day(exchange, clock, site, site.world.today, today)
    return runs


def live_a_day(exchange: Exchange, clock: Clock, site: Site, day: date, orders: Sequence[Order] = ()) -> list[Run]:
    """The worker starts anew and finds every source due. The world need not have moved."""
    site.mend()
    for order in orders:
        site.fault(order.channel, order.kind, order.after, order.times)
    clock.now = datetime.combine(day, time(0), LOCAL)
    Pulls(exchange).begin()  # a source is due from when it is first seen
    clock.now = datetime.combine(day, _HOUR, LOCAL)
    known = _last_run(exchange)
    pull_due(exchange)
    kinds = {order.channel: order.kind for order in orders}
    return [_look(exchange, site, kinds.get(run.source, ""), run) for run in _runs_after(exchange, known)]


def pull_due(exchange: Exchange) -> None:
    """As the worker does, one source after the other."""
    pulls = Pulls(exchange, at_once=1)
    pulls.begin()
    while due_pulls(exchange):
        pulls.poll()
        if not pulls.leave(_PATIENCE):
            raise TimeoutError("a pull of the stand-in site hangs")


def _last_run(exchange: Exchange) -> int:
    with exchange.store.read() as session:
        return session.exec(select(func.max(PullRun.id))).one() or 0


def _runs_after(exchange: Exchange, number: int) -> Sequence[PullRun]:
    with exchange.store.read() as session:
        return session.exec(select(PullRun).where(col(PullRun.id) > number).order_by(col(PullRun.id))).all()


def _look(exchange: Exchange, site: Site, order: str, run: PullRun) -> Run:
    with exchange.store.read() as session:
        host = session.get(Host, site.door(run.source).removeprefix("http://"))
    return Run(
        day=run.day,
        source=run.source,
        order=order,
        state=run.state,
        received=run.received,
        outcomes={str(word): getattr(run, word) for word in Outcome if getattr(run, word)},
        closed=run.closed,
        parked=run.parked,
        code=run.code,
        said=run.message,
        breaker=host.state if host else "",
    )


def forget_hosts(exchange: Exchange) -> None:
    """The next pull meets hosts without a past: no breaker remembers what was done to it."""
    with exchange.store.write() as transaction:
        for host in transaction.session.exec(select(Host)).all():
            transaction.session.delete(host)


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
    lists = [world.listed(channel, day) for channel in CHANNELS for day in world.days]
    keys = {posting.reference: posting.key for listed in lists for posting in listed}
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
    heads = ("日期", "来源", "故障", "状态", "收到", "结果", "结束", "搁置", "断路器", "说明")
    lines = [heads, *(_cells(run) for run in runs)]
    widths = [max(cell_len(line[place]) for line in lines) for place in range(len(heads))]
    return "\n".join("  ".join(_padded(line, widths)).rstrip() for line in lines)


def _cells(run: Run) -> tuple[str, ...]:
    outcomes = " ".join(f"{word} {number}" for word, number in run.outcomes.items())
    figures = (str(run.received), outcomes, str(run.closed), str(run.parked))
    return (run.day.isoformat(), run.source, run.order, run.state, *figures, run.breaker, run.said)


def _padded(line: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for cell, width in zip(line, widths, strict=True):
        yield cell + " " * (width - cell_len(cell))
