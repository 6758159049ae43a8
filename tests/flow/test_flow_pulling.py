"""Pulling a full list over HTTP: what vanished is closed, unless the pull broke or would close suspiciously much."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.words import BatchState
from exchange.context import Exchange
from exchange.models import Organisation
from exchange.store.sources import all_sources
from ingest.adapters import PullFault
from ingest.http import HttpClient
from ingest.intake import Summary
from ingest.pulling import pull
from tests.flow.desk import Desk, job, outcomes
from tests.unit.scripted_site import Answer, ScriptedSite

SOURCES = """
[[source]]
id = "dg-upload"
name = "东莞市人社部门报送"
city = "dongguan"
organisation = "441900"
adapter = "file"
counts = true

[[source]]
id = "market"
name = "人才市场接口"
city = "dongguan"
organisation = "dg-market"
adapter = "json_pages"
address = "{address}"
full_list = true
counts = {counts}

[source.options]
items = "list"
total = "total"

[source.mapping]
id = "reference"
job = "title"
"""
Listing = list[dict[str, str]]


def listed(*numbers: int, prefix: str = "R") -> Listing:
    words = "甲乙丙丁戊己庚辛壬癸子丑寅卯巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃列张寒来暑往秋收冬藏"
    return [
        {
            "id": f"{prefix}{number}",
            "job": f"{words[number]}班普工",
            "公司名称": "东莞市华盛电子有限公司",
            "工作地点": "长安镇",
            "薪资": "5000-6000",
            "招聘人数": "2",
        }
        for number in numbers
    ]


class Market:
    """The source: what it lists, how it fails, and pulls of it."""

    def __init__(self, desk: Desk, site: ScriptedSite) -> None:
        self.desk, self.site = desk, site

    def pull(self, listing: Listing, *answers: Answer) -> Summary:
        body = json.dumps({"list": listing, "total": len(listing)}).encode()
        self.site.answers = list(answers) or [Answer(body)]
        exchange: Exchange = self.desk.exchange
        with HttpClient("test", timeout=5, retries=0, sleep=lambda _: None) as client:
            return pull(exchange, exchange.configuration.sources["market"], client, actor="test")


@pytest.fixture
def site() -> ScriptedSite:
    return ScriptedSite(Answer())


@pytest.fixture
def open_market(
    database_url: str, site: ScriptedSite, open_desk: Callable[..., Desk], tmp_path: Path
) -> Callable[..., Market]:
    def opener(counts: str = "true") -> Market:
        folder = tmp_path / "config"
        folder.mkdir(exist_ok=True)
        (folder / "sources.toml").write_text(SOURCES.format(address=site.address, counts=counts), encoding="utf-8")
        desk = open_desk(database_url, GUANSHAO_CONFIG=str(folder))
        with desk.exchange.store.write() as transaction:
            transaction.session.add(Organisation(code="dg-market", name="东莞市人才市场", city="dongguan"))
        return Market(desk, site)

    return opener


@pytest.fixture
def market(open_market: Callable[..., Market], site: ScriptedSite) -> Iterator[Market]:
    market = open_market()
    with site:
        yield market


def test_what_a_full_list_no_longer_names_is_closed(market: Market) -> None:
    assert outcomes(market.pull(listed(0, 1, 2, 3, 4))) == {"created": 5}
    again = market.pull(listed(0, 1, 2, 3))
    assert (outcomes(again), again.closed) == ({"unchanged": 4}, 1)
    assert market.desk.statuses()["戊班普工"] == "closed"
    assert len(market.desk.found()) == 4
    assert market.desk.counted() == 5  # closed keeps its credit
    back = market.pull(listed(0, 1, 2, 3, 4))
    assert outcomes(back) == {"unchanged": 4, "updated": 1}
    assert (len(market.desk.found()), market.desk.counted()) == (5, 5)


def test_a_closed_job_that_others_still_offer_stays_open(market: Market) -> None:
    market.pull(listed(0, 1, 2, 3))
    market.desk.take([job("甲班普工")], organisation="441900")
    assert market.pull(listed(1, 2, 3)).closed == 1
    assert market.desk.statuses()["甲班普工"] == "open"


def test_an_item_that_cannot_be_read_this_time_is_still_listed(market: Market) -> None:
    market.pull(listed(0, 1, 2, 3))
    broken = listed(0, 1, 2, 3)
    broken[3]["薪资"] = "见附件"
    summary = market.pull(broken)
    assert (outcomes(summary), summary.closed) == ({"unchanged": 3, "rejected": 1}, 0)
    assert len(market.desk.found()) == 4


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=500),
        Answer(b'{"list": [{"id": "R0"}], "total": 3}'),
        Answer(b'{"list": [], "total": 0}'),
        Answer(b"<html>"),
        Answer(b'{"list": [', said_length=900),
    ],
    ids=["500", "one of three", "empty", "no json", "cut off"],
)
def test_a_pull_that_breaks_closes_nothing_and_is_remembered(market: Market, answer: Answer) -> None:
    market.pull(listed(0, 1, 2))
    batches = market.desk.sizes()["batch"]
    with pytest.raises(PullFault):
        market.pull([], answer)
    assert len(market.desk.found()) == 3
    assert market.desk.sizes()["batch"] == batches
    with market.desk.exchange.store.read() as session:
        (row,) = [row for row in all_sources(session) if row.id == "market"]
    assert row.last_error
    assert row.last_good_at == row.last_run_at  # the clock stands still; the good run was before
    market.pull(listed(0, 1))
    with market.desk.exchange.store.read() as session:
        (row,) = [row for row in all_sources(session) if row.id == "market"]
    assert row.last_error == ""


def test_more_than_thirty_percent_at_once_is_parked(market: Market) -> None:
    market.pull(listed(*range(35)))
    parked = market.pull(listed(*range(24)))  # 11 of 35
    assert (parked.closed, parked.parked_closures, parked.state) == (0, 11, BatchState.DONE)
    assert len(market.desk.found()) == 35
    assert market.pull(listed(*range(25))).closed == 10  # 10 of 35 is no more than 30 %


def test_new_items_do_not_hide_how_many_vanish(market: Market) -> None:
    market.pull(listed(*range(20)))
    parked = market.pull(listed(*range(10), *range(20, 30)))  # 10 of 20 are gone, 10 have come
    assert (parked.closed, parked.parked_closures) == (0, 10)
    assert len(market.desk.found()) == 30


def test_a_list_much_shorter_than_usual_closes_nothing(market: Market) -> None:
    for _ in range(3):
        market.pull(listed(*range(10)))
    parked = market.pull(listed(*range(6)))  # 4 vanish: fewer than 10, but 60 % of what is usual
    assert (parked.closed, parked.parked_closures) == (0, 4)
    assert market.pull(listed(*range(7))).closed == 3


def test_a_source_that_does_not_count_is_shown_and_not_counted(
    open_market: Callable[..., Market], site: ScriptedSite
) -> None:
    market = open_market("false")
    with site:
        market.pull(listed(0, 1))
    assert len(market.desk.found()) == 2
    assert (market.desk.counted(), market.desk.uncounted()) == (0, {"source.not_counting": 2})
