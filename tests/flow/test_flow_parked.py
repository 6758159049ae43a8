"""Drops that a guard parks: what a person sees decided happens, exactly, once, and a later pull answers by itself."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.words import BatchState
from exchange.indexing import follow
from exchange.models import Batch, DropState, ParkedDrop, PullRun
from exchange.store.batches import find_batch
from exchange.store.decisions import NotPossible
from exchange.store.parked import approve_drop, find_drop, refuse_drop, waiting_drops
from exchange.store.pull_history import runs_of
from ingest.intake import Summary
from ingest.scheduler import handle_batches
from tests.flow.desk import Desk, outcomes
from tests.flow.test_flow_pulling import Listing, Market, listed, open_market, site  # noqa: F401
from tests.unit.scripted_site import ScriptedSite


@pytest.fixture
def market(open_market: Callable[..., Market], site: ScriptedSite) -> Iterator[Market]:  # noqa: F811
    with site:
        yield open_market()


def pull(market: Market, listing: Listing) -> Summary:
    market.desk.clock.move(minutes=30)
    return market.pull(listing)


def renumbered(*numbers: int) -> Listing:
    return listed(*numbers, prefix="S")


def approve(desk: Desk, id: str | None, actor: str = "office", words: str = "") -> ParkedDrop:
    decided = approve_drop(desk.exchange.store, id or "", actor, words)
    follow(desk.exchange)
    return decided


def waiting(desk: Desk) -> list[ParkedDrop]:
    with desk.exchange.store.read() as session:
        return list(waiting_drops(session))


def drop(desk: Desk, batch: str | None) -> ParkedDrop:
    with desk.exchange.store.read() as session:
        return find_drop(session, batch or "")


def batch(desk: Desk, id: str | None) -> Batch:
    with desk.exchange.store.read() as session:
        return find_batch(session, id or "")


def last_run(desk: Desk) -> PullRun:
    with desk.exchange.store.read() as session:
        return runs_of(session, "market", 1)[0]


def test_approved_closures_end_exactly_what_is_still_unlisted(market: Market) -> None:
    desk = market.desk
    pull(market, listed(*range(30)))
    parked = pull(market, listed(*range(18)))
    (waits,) = waiting(desk)
    assert (waits.batch_id, waits.kind, waits.open, waits.gone, waits.received) == (
        parked.batch,
        "closures",
        30,
        12,
        18,
    )
    assert approve(desk, waits.batch_id, words="已核实").closed == 12
    assert len([status for status in desk.statuses().values() if status == "closed"]) == 12
    assert desk.counted() == 30  # closed keeps its credit
    handle_batches(desk.exchange)
    (event,) = desk.events("drop.approved")
    assert (event.actor, event.batch_id) == ("office", parked.batch)
    assert "已核实" not in event.body
    assert waiting(desk) == []


def test_approving_twice_does_it_once(market: Market) -> None:
    desk = market.desk
    pull(market, listed(*range(30)))
    id = pull(market, listed(*range(18))).batch
    approve(desk, id)
    events = len(desk.events())
    assert approve(desk, id, "admin").decided_by == "office"
    assert len(desk.events()) == events
    with pytest.raises(NotPossible, match="office"):
        refuse_drop(desk.exchange.store, id, "admin")


def test_refused_closures_stay(market: Market) -> None:
    desk = market.desk
    pull(market, listed(*range(30)))
    id = pull(market, listed(*range(18))).batch or ""
    refuse_drop(desk.exchange.store, id, "office", "来源在改版")
    assert set(desk.statuses().values()) == {"open"}
    assert drop(desk, id).words == "来源在改版"
    assert [event.batch_id for event in desk.events("drop.refused")] == [id]
    with pytest.raises(NotPossible):
        approve(desk, id)
    assert set(desk.statuses().values()) == {"open"}


def test_a_later_good_pull_supersedes(market: Market) -> None:
    desk = market.desk
    pull(market, listed(*range(30)))
    first = pull(market, listed(*range(18))).batch
    assert pull(market, listed(*range(29))).closed == 1
    assert drop(desk, first).state == DropState.SUPERSEDED
    with pytest.raises(NotPossible, match="过时"):
        approve(desk, first)


def test_parked_again_only_the_latest_waits(market: Market) -> None:
    pull(market, listed(*range(30)))
    pull(market, listed(*range(18)))
    second = pull(market, listed(*range(17)))
    assert [(waits.batch_id, waits.gone) for waits in waiting(market.desk)] == [(second.batch, 13)]


def test_a_list_that_shrank_with_approval_is_the_new_usual(market: Market) -> None:
    pull(market, listed(*range(9)))
    id = pull(market, listed(*range(5))).batch or ""
    assert len(waiting(market.desk)) == 1
    approve(market.desk, id)
    assert pull(market, listed(*range(4))).closed == 1  # 4 of usually 5


def test_a_list_that_shrank_without_approval_never_becomes_usual(market: Market) -> None:
    pull(market, listed(*range(9)))
    parked = [pull(market, listed(*range(5))).parked_closures for _ in range(7)]
    assert parked == [4] * 7


def test_a_source_that_renumbers_everything_is_parked_before_anything_is_public(market: Market) -> None:
    desk = market.desk
    pull(market, listed(*range(20)))
    before = desk.sizes()
    parked = pull(market, renumbered(*range(20)))
    assert (parked.state, parked.closed) == (BatchState.STAGED, 0)
    assert {name: desk.sizes()[name] for name in ("posting", "offer", "credit")} == {
        name: before[name] for name in ("posting", "offer", "credit")
    }
    (waits,) = waiting(desk)
    assert (waits.kind, waits.gone, waits.new, waits.received) == ("run", 20, 20, 20)
    for _ in range(3):
        handle_batches(desk.exchange)  # the worker does not publish it by itself
    assert batch(desk, parked.batch).state == BatchState.STAGED
    assert len(desk.events("batch.parked")) == 1
    assert (last_run(desk).state, last_run(desk).created) == ("parked", 0)


def test_an_approved_renumbered_run_closes_and_creates_nothing(market: Market) -> None:
    desk = market.desk
    pull(market, listed(*range(20)))
    ids = {posting.id for posting, _ in desk.postings()}
    parked = pull(market, renumbered(*range(20)))
    approve(desk, parked.batch)
    handle_batches(desk.exchange)
    done = batch(desk, parked.batch)
    assert (done.state, done.closed, done.created, done.unchanged) == (BatchState.DONE, 0, 0, 20)
    assert {posting.id for posting, _ in desk.postings()} == ids
    assert {offer.reference for _, offer in desk.postings()} == {f"S{number}" for number in range(20)}
    assert (last_run(desk).state, last_run(desk).unchanged) == ("done", 20)
    again = pull(market, renumbered(*range(20)))
    assert (again.state, outcomes(again)) == (BatchState.DONE, {"unchanged": 20})  # known by its new numbers


def test_what_an_approved_run_does_not_bring_is_closed(market: Market) -> None:
    """The person has seen that three of twenty have no counterpart."""
    desk = market.desk
    pull(market, listed(*range(20)))
    id = pull(market, renumbered(*range(3, 25))).batch
    approve(desk, id)
    handle_batches(desk.exchange)
    done = batch(desk, id)
    assert (done.closed, done.created, done.unchanged) == (3, 5, 17)


def test_a_refused_run_is_thrown_away(market: Market) -> None:
    desk = market.desk
    pull(market, listed(*range(20)))
    id = pull(market, renumbered(*range(20))).batch
    refuse_drop(desk.exchange.store, id or "", "office")
    handle_batches(desk.exchange)
    assert batch(desk, id).state == BatchState.DISCARDED
    assert {offer.reference for _, offer in desk.postings()} == {f"R{number}" for number in range(20)}
    assert outcomes(pull(market, listed(*range(20)))) == {"unchanged": 20}


def test_old_numbers_again_throw_the_parked_run_away(market: Market) -> None:
    desk = market.desk
    pull(market, listed(*range(20)))
    id = pull(market, renumbered(*range(20))).batch
    pull(market, listed(*range(20)))
    assert (batch(desk, id).state, drop(desk, id).state) == (BatchState.DISCARDED, DropState.SUPERSEDED)


def test_the_same_renumbered_list_again_waits_once(market: Market) -> None:
    pull(market, listed(*range(20)))
    first = pull(market, renumbered(*range(20))).batch
    second = pull(market, renumbered(*range(20))).batch
    assert [waits.batch_id for waits in waiting(market.desk)] == [second]
    assert batch(market.desk, first).state == BatchState.DISCARDED


def test_references_that_vanish_altogether_are_no_renumbering(market: Market) -> None:
    """Matched by their words instead: nothing to ask."""
    pull(market, listed(*range(20)))
    without = [{**item, "id": ""} for item in listed(*range(20))]
    assert outcomes(pull(market, without)) == {"unchanged": 20}
    assert waiting(market.desk) == []


def test_an_approval_spares_what_a_running_batch_lists_again(market: Market, tmp_path: Path) -> None:
    """The next pull is being published while a person approves: what it names is not ended."""
    desk = market.desk
    pull(market, listed(*range(30)))
    id = pull(market, listed(*range(18))).batch or ""
    desk.clock.move(minutes=30)
    pulled = tmp_path / "market.jsonl"
    pulled.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in listed(*range(20))))
    half_published(desk, pulled)
    assert approve(desk, id).closed == 10
    handle_batches(desk.exchange)
    assert desk.statuses() == {
        item["job"]: "open" if number < 20 else "closed" for number, item in enumerate(listed(*range(30)))
    }


def half_published(desk: Desk, pulled: Path) -> None:
    """A batch whose process died after its outcomes were frozen."""
    from ingest import pipeline

    exchange = desk.exchange
    source = exchange.configuration.sources["market"]
    received = pipeline.receive(exchange, pulled, pulled.name, source, source.organisation, "test", automatic=True)
    pipeline.stage(exchange, received)
    pipeline.confirm(exchange, received.id, "test")
    pipeline._compare(exchange, received, final=True)
