"""API: the change feed and the snapshot. Whoever follows them holds exactly what is open."""

import json
from typing import Any

from config.words import WithdrawalReason
from exchange.schemas.answers import ChangesSchema
from exchange.schemas.posting import PostingSchema
from exchange.store.decisions import withdraw_posting
from tests.web.living_exchange import take_rows

NEW_ROW = ("D90", "新来的岗位", "东莞市樟木头试样厂", "樟木头镇", "5000-6000", "2", "", "", "", "", "", "新", "")


def _snapshot(living: Any) -> tuple[int, dict[str, Any]]:
    response = living.response("/api/v1/snapshot")
    assert response.mimetype == "application/x-ndjson"
    postings = [json.loads(line) for line in response.text.splitlines()]
    return int(response.headers["Ledger-Sequence"]), {posting["id"]: posting for posting in postings}


def _follow(living: Any, since: int, copy: dict[str, Any], limit: int = 2) -> int:
    while True:
        answer = living.api(f"/changes?since={since}&limit={limit}")
        for item in answer["items"]:
            if item["kind"] == "upsert":
                copy[item["id"]] = item["posting"]
            else:
                copy.pop(item["id"], None)
        since = answer["next_since"]
        if not answer["more"]:
            return since


def test_the_snapshot_holds_every_open_posting(living: Any) -> None:
    sequence, postings = _snapshot(living)
    assert sequence > 0
    assert len(postings) == living.api("/postings")["total"]
    for posting in postings.values():
        assert posting["status"] == "open"
        PostingSchema().load(posting)


def test_changes_come_in_the_order_of_the_ledger_and_page_by_page(living: Any) -> None:
    whole = living.api("/changes?limit=1000")
    ChangesSchema().load(whole)
    sequences = [item["seq"] for item in whole["items"]]
    assert sequences == sorted(set(sequences))
    assert whole["more"] is False
    copy: dict[str, Any] = {}
    assert _follow(living, 0, copy) == whole["next_since"]
    assert copy == _snapshot(living)[1]


def test_what_is_held_is_a_removal_without_content(living: Any) -> None:
    held = [item for item in living.api("/changes?limit=1000")["items"] if item["kind"] == "remove"]
    assert [item["posting"] for item in held] == [None]


def test_a_copy_that_follows_the_changes_is_the_snapshot(own: Any, tmp_path: Any) -> None:
    since, copy = _snapshot(own)
    id = own.id_of("保安")
    with own.exchange.store.write(actor="test") as transaction:
        withdraw_posting(transaction, id, WithdrawalReason.FALSE)
    take_rows(own.exchange, tmp_path, (NEW_ROW,), "dg-upload", "441900117")
    _follow(own, since, copy)
    assert id not in copy
    assert "新来的岗位" in {posting["title"] for posting in copy.values()}
    assert copy == _snapshot(own)[1]


def test_nothing_new_is_a_304(own: Any) -> None:
    first = own.response("/api/v1/changes?since=0")
    tag = first.headers["ETag"]
    again = own.response("/api/v1/changes?since=0", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag
    with own.exchange.store.write(actor="test") as transaction:
        withdraw_posting(transaction, own.id_of("保安"), WithdrawalReason.FALSE)
    changed = own.response("/api/v1/changes?since=0", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_a_reader_ahead_of_the_ledger_is_told(living: Any) -> None:
    error = living.api("/changes?since=999999", 400)["error"]
    assert error["code"] == "since.ahead"
    assert error["details"]["head"] < 999999
