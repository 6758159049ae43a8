"""kill -9 at any moment of a pull: the next one goes on with what was read, and closes nothing it should not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.flow.commands import Commands, Moment
from tests.flow.desk import Desk
from tests.flow.market import WORDS, Market
from tests.unit.site_by_path import SiteByPath

MOMENTS: list[Moment] = [
    *(("os.rename", number) for number in range(1, 5)),  # before an answer is in its place; the fourth is the manifest
    *(("commit", number) for number in range(1, 14, 2)),
]


@pytest.fixture
def market(open_desk: Callable[..., Desk], tmp_path: Path) -> Iterator[Market]:
    with SiteByPath(tags=True) as site:
        yield Market(open_desk, "", tmp_path, site)


@pytest.fixture
def guanshao(market: Market, tmp_path: Path) -> Commands:
    return Commands(tmp_path / "var", GUANSHAO_CONFIG=str(tmp_path / "config"))


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_only_what_was_not_kept_is_asked_for_again(market: Market, guanshao: Commands, number: int) -> None:
    market.lists(0, 1, 2, 3, 4)
    assert guanshao("ingest", "market", die=("os.rename", number)).was_killed
    assert market.pages() == [1, 2, 3][:number]
    done = guanshao("ingest", "market", "--json")
    assert (done.code, done.json["created"]) == (0, 5), done.err
    assert market.pages() == [1, 2, 3][number - 1 :]


def test_whenever_it_is_killed_the_next_pull_brings_everything_and_closes_nothing(
    market: Market, guanshao: Commands
) -> None:
    everything = (0, 1, 2, 3, 4)
    killed = 0
    for turn, moment in enumerate(MOMENTS):
        market.lists(*everything, pay=f"{5000 + turn}-6500")
        killed += guanshao("ingest", "market", die=moment).was_killed
        done = guanshao("ingest", "market", "--json")
        assert done.code == 0, (moment, done.err)
        assert done.json["closed"] == 0
        assert market.desk.statuses() == {f"{WORDS[number]}班普工": "open" for number in everything}, moment
        pay = {offer.content["salary"]["min"] for _, offer in market.desk.postings()}
        assert pay == {5000 + turn}, moment
    assert killed > len(MOMENTS) / 2
    market.lists(*everything[:-1], pay="9000")
    guanshao("ingest", "market")
    last = guanshao("ingest", "market", "--json")
    assert len([word for word in market.desk.statuses().values() if word == "open"]) == 4, last.err
