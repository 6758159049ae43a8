"""Every pull is a run with its figures: what came of it, how fields were filled, problems by kind, and how it ended."""

import json
from collections.abc import Callable, Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from exchange.health import examine
from exchange.locks import pulling
from exchange.models import PullRun
from exchange.pull_words import SourceState
from exchange.source_health import SourceHealth, source_health
from exchange.store import fill_rates as fill_rates_module
from exchange.store.parked import approve_drop
from exchange.store.pull_history import days_of_runs, runs_of
from ingest.adapters import PullFault
from ingest.runs import BUSY, noted_run
from ingest.scheduler import handle_batches
from tests.flow.desk import Desk
from tests.flow.test_flow_pulling import Market, listed, open_market, site  # noqa: F401
from tests.unit.scripted_site import Answer, ScriptedSite


@pytest.fixture
def market(open_market: Callable[..., Market], site: ScriptedSite) -> Iterator[Market]:  # noqa: F811
    with site:
        yield open_market()


def runs(desk: Desk) -> list[PullRun]:
    """The latest first."""
    with desk.exchange.store.read() as session:
        return list(runs_of(session, "market", 50))


def health(desk: Desk) -> SourceHealth:
    with desk.exchange.store.read() as session:
        found = source_health(desk.exchange, session, "market")
    assert found is not None
    return found


def test_a_run_has_the_figures_of_its_batch(market: Market) -> None:
    market.pull(listed(0, 1, 2, 3, 4))
    items = listed(0, 1, 2, 3, 5)
    items[0]["薪资"], items[1]["薪资"], items[2]["招聘人数"] = "见附件", "  ", ""
    summary = market.pull(items)
    run = runs(market.desk)[0]
    assert (run.state, run.batch_id, run.actor, run.received) == ("done", summary.batch, "test", 5)
    assert (run.created, run.updated, run.unchanged, run.rejected, run.closed) == (1, 2, 1, 1, 1)
    assert run.problems == {"openings.missing": 1, "salary.missing": 1, "salary.unreadable": 1}
    assert {field: run.filled[field] for field in ("title", "salary", "openings")} == {
        "title": 1.0,
        "salary": 0.8,
        "openings": 0.8,
    }
    assert "phone" not in run.filled


def test_a_fault_is_kept_with_its_code_and_words(market: Market) -> None:
    with pytest.raises(PullFault) as raised:
        market.pull([], Answer(b"<html>"))
    run = runs(market.desk)[0]
    assert (run.state, run.code, run.message) == ("failed", raised.value.code, raised.value.message)
    assert run.finished_at is not None
    assert health(market.desk).state is SourceState.FAILED


@pytest.mark.parametrize(
    ("fault", "code"), [(RuntimeError("bug"), "run.crashed"), (KeyboardInterrupt(), "run.stopped")]
)
def test_whatever_ends_a_run_it_does_not_seem_to_run_on(market: Market, fault: BaseException, code: str) -> None:
    exchange = market.desk.exchange
    with pytest.raises(type(fault)), noted_run(exchange, exchange.configuration.sources["market"], "test"):
        raise fault
    assert (runs(market.desk)[0].state, runs(market.desk)[0].code) == ("failed", code)


def test_a_run_that_brings_several_batches_adds_them_up(market: Market) -> None:
    """As a peer's change feed does."""
    exchange = market.desk.exchange
    lists = (listed(0, 1), [*listed(0, 1), {**listed(2)[0], "薪资": ""}])
    batches = [market.pull(listing).batch or "" for listing in lists]
    with noted_run(exchange, exchange.configuration.sources["market"], "test") as run:
        run.batch_ids += batches
        run.closed = 2
    found = runs(market.desk)[0]
    assert (found.state, found.batch_id, found.received, found.created) == ("done", batches[1], 5, 3)
    assert found.filled["salary"] == pytest.approx(4 / 5, abs=0.001)
    assert (found.problems, found.unchanged, found.closed) == ({"salary.missing": 1}, 2, 2)


def test_two_pulls_of_one_source_never_overlap(market: Market) -> None:
    with market.desk.exchange.lock(pulling("market"), 0), pytest.raises(PullFault) as raised:
        market.pull(listed(0))
    assert raised.value.code == BUSY
    assert runs(market.desk) == []  # it was not even begun


def test_days_add_up_and_know_the_largest_run(market: Market) -> None:
    market.pull(listed(0, 1, 2))
    market.desk.clock.move(hours=2)
    market.pull(listed(0, 1, 2, 3))
    with pytest.raises(PullFault):
        market.pull([], Answer(b"<html>"))
    market.desk.clock.move(days=1)
    market.pull(listed(0, 1, 2, 3))
    with market.desk.exchange.store.read() as session:
        days = days_of_runs(session, ["market"], market.desk.exchange.today.replace(day=1))["market"]
    assert [(day.runs, day.good) for day in days] == [(3, 2), (1, 1)]
    assert [(day.total["created"], day.total["unchanged"], day.most["unchanged"]) for day in days] == [
        (4, 3, 3),
        (0, 4, 4),
    ]


def test_drift_is_told_against_the_week_before(market: Market) -> None:
    for _ in range(3):
        market.pull(listed(*range(10)))
        market.desk.clock.move(days=1)
    assert health(market.desk).large_drifts == []
    market.pull([{**item, "薪资": ""} for item in listed(*range(10))])
    assert [drift.sentence for drift in health(market.desk).large_drifts] == ["薪资待遇 缺失 100 %，上周 0 %"]


def test_of_a_long_list_some_records_tell_how_fields_are_filled(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fill_rates_module, "_MOST_LOOKED_AT", 7)
    items = listed(*range(24))
    for number, item in enumerate(items):
        item["薪资"] = "5000" if number % 8 else ""  # read 4th, 8th … : every other of these is number 7, 15, 23
        item["招聘人数"] = "" if number % 8 == 7 else "2"
    market.pull(items)
    filled = runs(market.desk)[0].filled
    assert (filled["title"], filled["salary"], filled["openings"]) == (1.0, 1.0, 0.5)


def test_publishing_a_parked_run_later_does_not_hide_a_newer_failure(market: Market) -> None:
    desk = market.desk
    market.pull(listed(*range(20)))
    parked = market.pull(listed(*range(20), prefix="S"))
    with pytest.raises(PullFault):
        market.pull([], Answer(b"<html>"))
    failed = health(desk)
    approve_drop(desk.exchange.store, parked.batch or "", "office")
    desk.clock.move(minutes=5)
    handle_batches(desk.exchange)
    now = health(desk)
    assert (now.state, now.last_error, now.last_run_at) == (SourceState.FAILED, failed.last_error, failed.last_run_at)
    assert now.last_good_at == desk.clock()


def test_the_doctor_names_parked_drops_and_failures(market: Market) -> None:
    def sources_check() -> tuple[bool, str]:
        (check,) = [check for check in examine(market.desk.exchange) if check.name == "来源"]
        return check.ok, check.message

    market.pull(listed(*range(30)))
    assert sources_check()[0]
    market.pull(listed(*range(15)))
    assert not sources_check()[0]
    assert "market 有减少的岗位等人决定" in sources_check()[1]
    with pytest.raises(PullFault):
        market.pull([], Answer(json.dumps({"list": [], "total": 0}).encode()))
    assert "market" in sources_check()[1]


def test_the_migrations_make_the_tables_of_the_models(market: Market) -> None:
    with market.desk.exchange.store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
