"""/healthz and /metrics: what whoever watches the machine is told."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from exchange.clock import iso
from exchange.indexing import follow
from exchange.schemas.answers import HealthSchema
from exchange.store.facts import set_fact
from exchange.store.overview import HEARTBEAT
from tests.unit.search_samples import posting


def test_a_living_exchange_is_well(living: Any) -> None:
    answer = living.response("/healthz").get_json()
    assert answer["status"] == "ok"
    assert answer["database"] == "ok"
    assert answer["index"]["behind"] == 0
    HealthSchema().load(answer)
    assert living.api("/healthz")["index"] == answer["index"]


def test_the_workers_last_beat_is_shown(own: Any) -> None:
    assert own.response("/healthz").get_json()["worker"]["heartbeat"] is None
    now = own.exchange.store.clock()
    set_fact(own.exchange.store, HEARTBEAT, iso(now))
    beaten = own.response("/healthz").get_json()["worker"]["heartbeat"]
    assert datetime.fromisoformat(beaten) == now.replace(microsecond=0)


def test_the_heartbeat_shown_is_the_one_the_worker_writes() -> None:
    from ingest import scheduler

    assert scheduler.HEARTBEAT == HEARTBEAT


def test_a_missing_index_is_said_with_503(tmp_path: Any) -> None:
    from exchange.app import create_app
    from tests.web.living_exchange import open_empty

    exchange = open_empty(tmp_path)
    response = create_app(exchange).test_client().get("/healthz")
    assert response.status_code == 503
    assert response.get_json()["status"] == "failing"
    exchange.store.close()


def _delete(index: Path) -> None:
    shutil.rmtree(index)


def _cut_off(index: Path) -> None:
    for path in index.glob("generation-*/*.arrays"):
        os.truncate(path, 0)


@pytest.mark.parametrize(("damage", "found"), [(_delete, 11), (_cut_off, 0)])
def test_a_lost_index_is_said_and_healed_from_the_ledger(own: Any, damage: Callable[[Path], None], found: int) -> None:
    assert own.api("/postings")["total"] == 11
    damage(own.exchange.settings.index_folder)
    response = own.response("/healthz")
    assert response.status_code == 503
    assert "index rebuild" in response.get_json()["index"]["message"]
    HealthSchema().load(response.get_json())
    assert own.api("/postings")["total"] == found
    assert follow(own.exchange)
    assert own.response("/healthz").status_code == 200
    assert own.api("/postings")["total"] == 11


def test_damage_that_only_the_writer_meets_is_healed_as_well(own: Any) -> None:
    exchange = own.exchange
    exchange.writer.rebuild([posting("an old one")], 1)  # behind the ledger
    assert exchange.reader.status().healthy
    for path in exchange.settings.index_folder.glob("generation-*/*.seg"):
        os.truncate(path, 10)  # readers have read it already
    assert follow(exchange)
    assert own.response("/healthz").get_json()["index"]["behind"] == 0
    assert own.api("/postings")["total"] == 11


def test_a_database_that_does_not_answer_is_said_with_503(own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr("sqlmodel.Session.exec", refuse)
    monkeypatch.setattr("sqlmodel.Session.get", refuse)
    response = own.response("/healthz")
    assert response.status_code == 503
    assert response.get_json()["database"] == "failing"
    own.pages.get("/targets", 500)


def test_metrics_count_what_was_answered(own: Any) -> None:
    own.response("/api/v1/postings")
    own.response("/api/v1/postings?page=0")
    figures = own.response("/metrics").text
    assert 'guanshao_requests_total{endpoint="api-postings.search",status="200"} 1.0' in figures
    assert 'guanshao_requests_total{endpoint="api-postings.search",status="400"} 1.0' in figures
    assert "guanshao_postings_open 11.0" in figures
    assert "guanshao_index_behind 0.0" in figures
