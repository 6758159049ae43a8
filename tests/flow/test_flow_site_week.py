"""Both cities pulled by the worker, every kind of source, with faults on the way and the truth at the end.

`make test T="-s -k site_week"` prints what the operator sees: a line for each run.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from config.words import BreakerState
from exchange.models import RunState
from ingest import pull_threads
from ingest.http import client_for
from tests.flow.desk import Desk
from tests.site import CHANNELS, FAULTS, Flaw, Measures, Site, World
from tests.site.week import Order, Run, forget_hosts, good_days, held_by, live, live_a_day, table, write_sources

DAYS = 8
UNSEEN = (  # what a patient client with good manners never shows anybody
    Order(1, "sg-rss", "500-then-fine"),
    Order(1, "dg-html", "gzip"),
    Order(2, "sg-json", "429", times=1),
    Order(3, "dg-cursor", "drip"),
    Order(3, "dg-json", "slow"),
    Order(6, "dg-cursor", "other-encoding"),
)
BROKEN = (  # pulls that come to nothing
    Order(1, "sg-json", "wrong-length"),
    Order(2, "dg-json", "cut", after=1),
    Order(2, "dg-html", "captcha"),
    Order(3, "dg-files", "error-200"),
    Order(3, "sg-jsonld", "redirect-private"),
    Order(4, "dg-cursor", "empty"),
    Order(4, "dg-json", "changed-layout"),
    Order(4, "sg-json", "429"),
    Order(5, "sg-json", "429"),
    Order(5, "dg-html", "login-wall"),
    Order(5, "sg-rss", "endless"),
    Order(5, "dg-json", "redirect-loop"),
    Order(6, "sg-jsonld", "huge"),
)
DOUBTFUL = (  # pulled whole, and yet a person must look
    Order(4, "dg-files", "vanished-third"),
    Order(6, "dg-html", "renumbered"),
)
BEARABLE = {"slow", "drip", "gzip", "500-then-fine", "other-encoding"}  # of faults that last all day
DOUBTED = {"vanished-third", "renumbered"}
MEASURES = Measures(slow_seconds=0.02, retry_after=5, endless_bytes=24 * 2**20)


class Living:
    """An exchange, the site it pulls, and what it holds in the end."""

    def __init__(self, desk: Desk, site: Site) -> None:
        self.desk, self.site = desk, site
        self.place = (desk.exchange, desk.clock, site)

    def must_hold_the_truth(self, runs: list[Run]) -> None:
        truth, held = self.site.world.truth(pulled=good_days(runs)), held_by(self.desk.exchange, self.site.world)
        assert held.open == truth.open
        assert held.postings == len(truth.open)
        assert held.counted == truth.counted
        assert held.openings == truth.openings


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(World(seed=7, jobs=13), measures=MEASURES) as site:
        yield site


@pytest.fixture
def living(site: Site, tmp_path: Path, open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> Living:
    write_sources(tmp_path / "config", site)
    desk = open_desk(f"sqlite:///{tmp_path / 'guanshao.db'}", GUANSHAO_CONFIG=str(tmp_path / "config"))
    waiting = partial(client_for, sleep=lambda seconds: desk.clock.move(seconds=seconds))
    monkeypatch.setattr(pull_threads, "client_for", waiting)  # waits move the clock
    return Living(desk, site)


def test_every_fault_has_its_day() -> None:
    assert {order.kind for order in (*UNSEEN, *BROKEN, *DOUBTFUL)} == FAULTS.keys()


def test_a_week_with_faults_ends_at_the_truth(living: Living) -> None:
    runs = live(*living.place, DAYS, (*UNSEEN, *BROKEN, *DOUBTFUL))
    print(f"\n{table(runs)}")
    assert len(runs) == DAYS * len(CHANNELS)
    living.must_hold_the_truth(runs)
    struck = {(run.source, run.day): run for run in runs}
    start = living.site.world.start
    for order in BROKEN:
        run = struck.pop((order.channel, start + timedelta(order.day)))
        assert (run.state, run.received, run.closed) == (RunState.FAILED, 0, 0), run
        assert run.said, run
    for order in DOUBTFUL:
        run = struck.pop((order.channel, start + timedelta(order.day)))
        assert (run.state == RunState.PARKED or run.parked > 0, run.closed) == (True, 0), run
    assert [run for run in struck.values() if not run.is_good] == []
    states = {run.day - start: run.breaker for run in runs if run.source == "sg-json"}
    assert states[timedelta(5)] == BreakerState.OPEN  # two days of 429, each tried four times
    assert states[timedelta(6)] == BreakerState.CLOSED


def test_days_without_faults_bring_just_what_changed(living: Living) -> None:
    runs = live(*living.place, 3)
    shown: dict[str, str] = {}
    for run in runs:
        expected = expect(living.site.world, run, shown)
        assert (run.outcomes, run.closed) == expected, run
    living.must_hold_the_truth(runs)
    the_visitor_had_manners(living, len(runs))


def expect(world: World, run: Run, shown: dict[str, str]) -> tuple[dict[str, int], int]:
    """Outcomes and closures. `shown`: key of a job → the reference it was published under first."""
    listed = {posting.reference: posting for posting in world.listed(run.source, run.day)}
    earlier = run.day - timedelta(1) if run.day > world.start else None
    known = {posting.reference: posting for posting in world.listed(run.source, earlier)} if earlier else {}
    words: Counter[str] = Counter()
    for reference, posting in listed.items():
        if not CHANNELS[run.source].full_list and posting.changed < run.day - timedelta(1):
            continue  # a feed is asked for what is new since the last run, less a day
        if posting.flaw.is_rejected:
            words["rejected"] += 1
        elif posting.flaw is Flaw.UNLAWFUL:
            words["held"] += 1
        elif shown.setdefault(posting.key, reference) != reference:
            words["duplicate"] += 1
        elif reference not in known:
            words["created"] += 1
        else:
            words["unchanged" if known[reference] == posting else "updated"] += 1
    gone = known.keys() - listed.keys() if CHANNELS[run.source].full_list else ()
    return dict(words), len([reference for reference in gone if not known[reference].flaw.is_rejected])


def the_visitor_had_manners(living: Living, runs: int) -> None:
    asked = living.site.asked
    assert {visit.headers["user-agent"] for visit in asked} == {living.desk.exchange.settings.http_user_agent}
    assert 0 < len(living.site.asked_for("/robots.txt")) <= runs
    again = [visit for visit in asked if "if-none-match" in visit.headers]
    assert len(again) > len(asked) / 4
    assert len([visit for visit in again if visit.status == 304]) > len(again) / 2


def is_told_as(kind: str, run: Run) -> bool:
    if kind in BEARABLE:
        return run.is_good
    if not CHANNELS[run.source].full_list and kind in {*DOUBTED, "empty"}:
        return run.is_good  # a feed of news promises nothing: there is nothing new in it
    if kind in DOUBTED or (kind, run.source) == ("wrong-length", "dg-html"):  # a page cut short is still a page
        return run.state == RunState.PARKED or run.parked > 0 or run.state == RunState.FAILED
    return run.state == RunState.FAILED and bool(run.said)


def test_no_fault_loses_or_closes_anything(living: Living) -> None:
    """The world stands still while every source suffers every fault; what the operator is told is in the table."""
    day = living.site.world.start
    live_a_day(*living.place, day)
    before = held_by(living.desk.exchange, living.site.world)
    for kind in FAULTS:
        day += timedelta(1)
        forget_hosts(living.desk.exchange)
        struck = live_a_day(*living.place, day, [Order(0, channel, kind) for channel in CHANNELS])
        print(f"\n{table(struck)}")
        assert [run for run in struck if run.closed] == []
        assert [run for run in struck if not is_told_as(kind, run)] == []
        assert held_by(living.desk.exchange, living.site.world) == before, kind
    runs = live_a_day(*living.place, day + timedelta(1))
    assert [run for run in runs if not run.is_good] == []
    assert held_by(living.desk.exchange, living.site.world) == before
