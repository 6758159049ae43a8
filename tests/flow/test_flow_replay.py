"""Replaying a batch: from its captures alone, with the adapters and the mapping of today."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exchange.captures import captures_folder
from exchange.indexing import rebuild
from exchange.store.batches import UnknownBatch
from exchange.store.copying import read_backup, write_backup
from ingest.adapters import PullFault
from ingest.http import HttpFault
from ingest.pulling import replay
from tests.flow.commands import Commands
from tests.flow.desk import Desk, job, outcomes
from tests.flow.market import Market
from tests.unit.site_by_path import SiteByPath


@pytest.fixture
def market(database_url: str, open_desk: Callable[..., Desk], tmp_path: Path) -> Iterator[Market]:
    with SiteByPath() as site:
        market = Market(open_desk, database_url, tmp_path, site)
        market.lists(0, 1, 2)
        yield market


def test_a_replay_reads_with_todays_mapping_and_asks_nobody(market: Market) -> None:
    batch = market.pull().batch or ""
    market.pages()
    market.reopen(title="alias")
    tried = replay(market.desk.exchange, batch, actor="test", dry_run=True)
    assert (tried.batch, outcomes(tried)) == (None, {"updated": 3})
    assert market.desk.found() == ["丙班普工", "乙班普工", "甲班普工"]
    again = replay(market.desk.exchange, batch, actor="test")
    assert outcomes(again) == {"updated": 3}
    assert market.desk.found() == ["丙班操作员", "乙班操作员", "甲班操作员"]
    assert market.site.paths(robots=True) == []
    assert again.batch not in {batch, None}


def test_a_replay_closes_nothing(market: Market) -> None:
    batch = market.pull().batch or ""
    market.lists(0, 1, 2, 3)
    market.pull()
    assert replay(market.desk.exchange, batch, actor="test").closed == 0
    assert len(market.desk.found()) == 4


def test_a_replayed_batch_can_be_replayed(market: Market) -> None:
    first = market.pull().batch or ""
    second = replay(market.desk.exchange, first, actor="test").batch or ""
    assert outcomes(replay(market.desk.exchange, second, actor="test")) == {"unchanged": 3}
    assert len(market.manifests()) == 3


def test_a_request_that_was_not_made_then_is_a_clear_fault(market: Market) -> None:
    batch = market.pull().batch or ""
    market.source.options["size"] = 3
    before = market.desk.sizes()
    with pytest.raises((PullFault, HttpFault)) as caught:
        replay(market.desk.exchange, batch, actor="test")
    assert caught.value.code == "replay.missing"
    assert "size=3" in caught.value.message
    assert "geheim" not in caught.value.message
    assert market.desk.sizes() == before


def test_a_key_that_was_changed_since_does_not_matter(market: Market) -> None:
    batch = market.pull().batch or ""
    market.source.options["params"]["token"] = "new"
    assert outcomes(replay(market.desk.exchange, batch, actor="test")) == {"unchanged": 3}


def test_a_capture_that_is_gone_is_told(market: Market) -> None:
    batch = market.pull().batch or ""
    for path in market.files():
        path.unlink()
    with pytest.raises((PullFault, HttpFault)) as caught:
        replay(market.desk.exchange, batch, actor="test")
    assert caught.value.code == "replay.missing"


def test_what_was_not_pulled_cannot_be_replayed(market: Market) -> None:
    with pytest.raises(UnknownBatch):
        replay(market.desk.exchange, "NONE", actor="test")


def test_an_uploaded_batch_cannot_be_replayed(desk: Desk) -> None:
    batch = desk.take([job("普工")]).batch or ""
    with pytest.raises(PullFault, match="不能重放"):
        replay(desk.exchange, batch, actor="test")


def test_the_command_tries_and_then_replays(market: Market, database_url: str, tmp_path: Path) -> None:
    batch = market.pull().batch or ""
    market.reopen(title="alias")
    url = market.desk.exchange.settings.database_url
    guanshao = Commands(tmp_path / "var", url, GUANSHAO_CONFIG=str(tmp_path / "config"))
    tried = guanshao("replay", batch, "--dry-run", "--json")
    assert (tried.code, tried.json["batch"], tried.json["updated"]) == (0, None, 3), tried.err
    done = guanshao("replay", batch, "--json")
    assert (done.code, done.json["updated"], done.json["closed"]) == (0, 3, 0)
    assert "用时" in guanshao("replay", batch).out
    none = guanshao("replay", "NONE")
    assert (none.code, "没有批次 NONE" in none.err) == (1, True)


def test_the_command_says_when_newer_batches_are_there(market: Market, tmp_path: Path) -> None:
    batch = market.pull().batch or ""
    market.desk.clock.move(hours=1)
    market.pull()
    url = market.desk.exchange.settings.database_url
    answer = Commands(tmp_path / "var", url, GUANSHAO_CONFIG=str(tmp_path / "config"))("replay", batch, "--dry-run")
    assert "此后这个来源又抓取过 1 批" in answer.err


def test_captures_travel_in_a_backup(market: Market, open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    batch = market.pull().batch or ""
    first = market.desk.exchange
    folders = {"files": first.files_folder, "captures": market.captures}
    write_backup(first.store, folders, tmp_path / "backup.tar.gz")
    second = open_desk("", tmp_path / "second", GUANSHAO_CONFIG=str(tmp_path / "config")).exchange
    restored = {"files": second.files_folder, "captures": captures_folder(second)}
    read_backup(second.store, restored, tmp_path / "backup.tar.gz")
    rebuild(second)
    assert outcomes(replay(second, batch, actor="test")) == {"unchanged": 3}
    assert {path.stat().st_mode & 0o077 for path in captures_folder(second).glob("*/*.gz")} == {0}
