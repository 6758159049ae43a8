"""The worked examples that ship in sources.toml read the stand-in site as they stand; only its port is another."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config.packaged import read_packaged
from config.sources import Source, parse_sources
from ingest.http import client_for
from ingest.trying import try_source
from tests.flow.desk import Desk
from tests.site import CHANNELS, Flaw, Site, World

AS_SHIPPED = "http://127.0.0.1:8790"
EXAMPLES = {
    "example-json": "dg-json",
    "example-json-key": "sg-json",
    "example-json-cursor": "dg-cursor",
    "example-files": "dg-files",
    "example-html": "dg-html",
    "example-jsonld": "sg-jsonld",
    "example-feed": "sg-rss",
}
OTHERS = {"example-peer"}  # of the examples: what reads another exchange has its own tests


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site(World(seed=4, jobs=15)) as site:
        yield site


@pytest.fixture
def desk(tmp_path: Path, open_desk: Callable[..., Desk]) -> Desk:
    return open_desk(f"sqlite:///{tmp_path / 'guanshao.db'}")


def examples() -> dict[str, Source]:
    shipped = parse_sources(read_packaged("sources.toml"), "sources.toml")
    return {key: source for key, source in shipped.items() if key.startswith("example-")}


def test_there_is_one_for_every_channel_and_all_are_switched_off() -> None:
    assert examples().keys() - OTHERS == EXAMPLES.keys()
    assert set(EXAMPLES.values()) == CHANNELS.keys()
    assert [key for key, source in examples().items() if source.enabled] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_reads_every_posting_as_it_is(example: str, site: Site, desk: Desk) -> None:
    source, postings = examples()[example], site.world.listed(EXAMPLES[example])
    assert source.address.startswith(f"{AS_SHIPPED}/")
    source = replace(source, address=site.address + source.address.removeprefix(AS_SHIPPED))
    source = replace(source, policy={**source.policy, "pause_seconds": 0})
    desk.clock.set(2026, 3, 12, 10)
    with client_for(desk.exchange, source, sleep=lambda seconds: desk.clock.move(seconds=seconds)) as client:
        summary = try_source(desk.exchange, source, client)
    assert summary.received == len(postings)
    flaws = Counter(posting.flaw for posting in postings)
    rejected = sum(number for flaw, number in flaws.items() if flaw.is_rejected)
    assert (summary.outcomes.get("rejected", 0), summary.outcomes.get("held", 0)) == (rejected, flaws[Flaw.UNLAWFUL])
    problems = Counter(problem["code"] for problem in summary.problems)
    assert (problems["salary.missing"], problems["openings.missing"]) == (flaws[Flaw.NO_PAY], flaws[Flaw.NO_OPENINGS])
