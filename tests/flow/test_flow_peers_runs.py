"""A peer is pulled like every other source: noted runs, one at a time, shown on the pages; nothing of it is parked."""

from dataclasses import replace
from typing import Any

import pytest

from config.sources import Source
from config.words import Role, WithdrawalReason
from exchange.accounts import NewAccount, add_account
from exchange.locks import pulling
from exchange.models import PullRun
from exchange.pull_words import SourceState
from exchange.source_health import SourceHealth, source_health
from exchange.store.parked import waiting_drops
from exchange.store.pull_history import runs_of
from exchange.store.sources import pause_source
from ingest.adapters import PullFault
from ingest.http import client_for
from ingest.intake import Summary
from ingest.peers_comparing import peer_sources
from ingest.pull_threads import pull_quietly
from ingest.pulling import pull
from ingest.trying import try_source
from tests.flow.desk import CHANGAN, HUMEN, Desk, job
from tests.flow.neighbours import Neighbour
from tests.web.page_client import PageClient


def peer(neighbour: Neighbour, **changes: Any) -> Source:
    return replace(neighbour.desk.exchange.configuration.sources["peer"], **changes)


def pull_as(neighbour: Neighbour, source: Source) -> Summary:
    with client_for(neighbour.desk.exchange, source, retries=0) as client:
        return pull(neighbour.desk.exchange, source, client, actor="test")


def runs(desk: Desk) -> list[PullRun]:
    """The latest first."""
    with desk.exchange.store.read() as session:
        return list(runs_of(session, "peer", 50))


def health(desk: Desk) -> SourceHealth:
    with desk.exchange.store.read() as session:
        found = source_health(desk.exchange, session, "peer")
    assert found is not None
    return found


def test_a_run_adds_up_its_batches_of_several_organisations(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工"), job("焊工")], CHANGAN)
    dongguan.desk.take([job("电工", 工作地点="虎门镇")], HUMEN)
    summary = shaoguan.pull()
    (run,) = runs(shaoguan.desk)
    assert (run.state, run.actor, run.batch_id, run.received) == ("done", "test", summary.batch, 3)
    assert (run.created, run.closed, run.parked) == (3, 0, 0)
    assert health(shaoguan.desk).state is SourceState.GOOD
    assert health(shaoguan.desk).last_good_at == shaoguan.desk.clock.now
    dongguan.desk.withdraw("电工", WithdrawalReason.FALSE)
    shaoguan.pull()
    assert (runs(shaoguan.desk)[0].received, runs(shaoguan.desk)[0].closed) == (0, 1)
    dongguan.desk.take([job("铣工", 学历="")], CHANGAN)
    shaoguan.pull()
    assert health(shaoguan.desk).drifts == (), "one change says nothing of how well fields are filled"
    shaoguan.compare()
    assert runs(shaoguan.desk)[0].actor == "compare"


def test_a_peer_that_takes_back_nearly_everything_parks_nothing(both: tuple[Neighbour, Neighbour]) -> None:
    """Its changes say what is gone: it is no list that may have come short."""
    dongguan, shaoguan = both
    titles = [f"{trade}工" for trade in "普焊电钳车铣刨磨镗钻冲"]
    dongguan.desk.take([job(title) for title in titles])
    shaoguan.pull()
    for title in titles[1:]:
        dongguan.desk.withdraw(title, WithdrawalReason.FALSE)
    assert shaoguan.pull().closed == len(titles) - 1
    with shaoguan.desk.exchange.store.read() as session:
        assert waiting_drops(session) == []
    assert health(shaoguan.desk).drop is None
    assert shaoguan.compare().agrees


def test_a_fault_is_noted_and_the_worker_goes_on(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工")])
    pull_quietly(shaoguan.desk.exchange, peer(shaoguan, options={"exchange": "dongguan", "token": "gs_wrong"}))
    (run,) = runs(shaoguan.desk)
    assert (run.state, run.code, run.actor) == ("failed", "http.status", "worker")
    assert "权限为 peers 的接口令牌" in run.message
    assert health(shaoguan.desk).state is SourceState.FAILED
    pull_quietly(shaoguan.desk.exchange, peer(shaoguan))
    assert health(shaoguan.desk).state is SourceState.GOOD


def test_one_at_a_time(both: tuple[Neighbour, Neighbour]) -> None:
    _, shaoguan = both
    with shaoguan.desk.exchange.lock(pulling("peer"), 0):
        with pytest.raises(PullFault, match="正在抓取"):
            shaoguan.pull()
        told = shaoguan.command("peers", "--again", "peer")
        assert (told.code, "正在抓取，没有改动" in told.err) == (1, True)


def test_switched_off_it_is_neither_pulled_nor_compared_nor_a_twin(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    exchange = shaoguan.desk.exchange
    sources = exchange.configuration.sources
    off = peer(shaoguan, enabled=False)
    with pytest.raises(PullFault, match="已停用"):
        pull_as(shaoguan, off)
    sources["spare"] = replace(off, id="spare")
    dongguan.desk.take([job("普工")])
    assert shaoguan.pull().received == 1
    assert [source.id for source in peer_sources(exchange, paused=False)] == ["peer"]
    sources["spare"] = peer(shaoguan, id="spare")
    with pytest.raises(PullFault, match="一个单位只能有一个互通平台"):
        shaoguan.pull()


def test_paused_it_is_compared_by_hand_only(both: tuple[Neighbour, Neighbour]) -> None:
    exchange = both[1].desk.exchange
    pause_source(exchange.store, "peer", "office")
    assert peer_sources(exchange, paused=False) == []
    assert [source.id for source in peer_sources(exchange, paused=True)] == ["peer"]


def test_a_feed_without_end_is_left_and_gone_on_with(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job(title) for title in ("普工", "焊工", "电工")])
    own = peer(shaoguan).options
    short = peer(shaoguan, options={**own, "page_size": 1, "page_limit": 2})
    with pytest.raises(PullFault) as fault:
        pull_as(shaoguan, short)
    assert fault.value.code == "pull.page_limit"
    assert len(shaoguan.desk.statuses()) == 2
    assert pull_as(shaoguan, short).received == 1
    assert shaoguan.compare().agrees


def test_a_peer_cannot_be_tried(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工")])
    exchange, source = shaoguan.desk.exchange, peer(shaoguan)
    with client_for(exchange, source) as client, pytest.raises(PullFault, match="不能试读"):
        try_source(exchange, source, client)
    assert dongguan.desk.sizes()["peer_change"] == 0


def test_pages_and_commands_show_it_beside_the_others(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工")])
    shaoguan.pull()
    store = shaoguan.desk.exchange.store
    add_account(store, NewAccount("office", "办公室", Role.OFFICE, "440200", "plum river nine"))
    browser = PageClient(shaoguan.app)
    browser.send("/login", name="office", password="plum river nine")
    for page in ("/account", "/office/reviews", "/admin/sources"):
        assert browser.get(page).link("互通平台") == "/admin/peers"
    assert browser.get("/admin/peers").link("抓取来源") == "/admin/sources"
    assert browser.get("/admin/sources").link("dongguan平台") == "/admin/sources/peer"
    shown = browser.get("/admin/sources/peer").text
    assert "exchange" in shown
    assert peer(shaoguan).options["token"] not in shown
    told = {row["id"]: row for row in shaoguan.command("sources", "--json").json}["peer"]
    assert (told["adapter"], told["last_run"]["created"], told["parked"]) == ("exchange", 1, None)
    assert told["last_error"] == ""
