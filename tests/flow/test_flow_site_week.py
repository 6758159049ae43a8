"""A week of both cities through the worker's own pull: every kind of source, faults on the way, the truth at the end."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from config.sources import Source
from ingest import scheduler
from ingest.http import client_for
from tests.flow.desk import Desk
from tests.site import CHANNELS, Flaw, Measures, Site, World
from tests.site.week import Held, Order, Run, good_days, held_by, live, table, write_sources

DAYS = 8
UNSEEN = (  # what a patient client with good manners never shows anybody
    Order(1, "sg-rss", "500-then-fine"),
    Order(1, "dg-html", "gzip"),
    Order(2, "sg-json", "429", times=1),
    Order(3, "dg-cursor", "drip"),
)
BROKEN = (
    Order(2, "dg-json", "cut", after=1),
    Order(2, "dg-html", "captcha"),
    Order(3, "dg-files", "error-200"),
    Order(3, "sg-jsonld", "redirect-private"),
    Order(4, "dg-cursor", "empty"),
    Order(4, "sg-json", "changed-layout"),
    Order(5, "dg-html", "login-wall"),
    Order(5, "sg-rss", "endless"),
    Order(5, "dg-json", "redirect-loop"),
    Order(6, "dg-cursor", "other-encoding"),
    Order(6, "sg-jsonld", "huge"),
)
DOUBTFUL = (Order(4, "dg-files", "vanished-third"),)  # pulled whole, and yet not believed
MEASURES = Measures(slow_seconds=0.1, retry_after=5, endless_bytes=24 * 2**20)


class Living:
    """An exchange, the site it pulls, and how the worker pulls it."""

    def __init__(self, desk: Desk, site: Site, pull: Callable[[Source], None]) -> None:
        self.desk, self.site, self.pull = desk, site, pull

    def live(self, days: int, *orders: Order) -> list[Run]:
        return live(self.desk.exchange, self.desk.clock, self.site, self.pull, days, orders)

    def held(self) -> Held:
        return held_by(self.desk.exchange, self.site.world)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(World(seed=7, jobs=16), measures=MEASURES) as site:
        yield site


@pytest.fixture
def living(site: Site, tmp_path: Path, open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> Living:
    write_sources(tmp_path / "config", site)
    desk = open_desk(f"sqlite:///{tmp_path / 'guanshao.db'}", GUANSHAO_CONFIG=str(tmp_path / "config"))
    monkeypatch.setattr(scheduler, "client_for", partial(client_for, sleep=lambda seconds: desk.clock.move(seconds=seconds)))
    return Living(desk, site, partial(scheduler.pull_quietly, desk.exchange))


def test_a_week_with_faults_ends_at_the_truth(living: Living) -> None:
    runs = living.live(DAYS, *UNSEEN, *BROKEN, *DOUBTFUL)
    print(table(runs))
    whole, held = living.site.world.truth(pulled=good_days(runs)), living.held()
    assert held.open == whole.open
    assert held.postings == len(held.open)
    assert held.counted == whole.counted
    assert held.openings == whole.openings
    for run in runs:
        if run.order in {order.kind for order in BROKEN}:
            assert (run.received, run.closed) == (0, 0), run
            assert run.said
        else:
            assert run.is_good, run
