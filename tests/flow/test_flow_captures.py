"""Captures of pulls: every answer is kept, a broken pull goes on where it was, and nothing is kept for ever."""

import gzip
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exchange.captures import clean_captures, keep_capture, read_capture
from ingest.adapters import PullFault
from tests.flow.desk import Desk, outcomes
from tests.flow.market import Market
from tests.unit.scripted_site import Answer
from tests.unit.site_by_path import SiteByPath


@pytest.fixture
def market(database_url: str, open_desk: Callable[..., Desk], tmp_path: Path) -> Iterator[Market]:
    with SiteByPath(tags=True) as site:
        market = Market(open_desk, database_url, tmp_path, site)
        market.lists(0, 1, 2, 3, 4)
        yield market


def break_at(market: Market, page: int, answer: Answer | None = None) -> str:
    market.breaks_at(page, answer)
    with pytest.raises(PullFault) as caught:
        market.pull()
    return caught.value.code


def manifest_lines(market: Market) -> list[dict[str, str]]:
    return lines_of(market, market.manifests()[-1].manifest_hash)


def lines_of(market: Market, digest: str) -> list[dict[str, str]]:
    text = read_capture(market.captures, digest)
    assert text is not None
    return [json.loads(line) for line in text.splitlines()]


def age_files(market: Market) -> None:
    for path in market.files():
        os.utime(path, (time.time() - 2 * 86_400,) * 2)


def test_every_answer_is_kept_and_tied_to_its_batch(market: Market) -> None:
    summary = market.pull()
    (manifest,) = market.manifests()
    assert (manifest.batch_id, manifest.requests) == (summary.batch, 3)
    lines = manifest_lines(market)
    assert [line["status"] for line in lines] == [200, 200, 200]
    for number, line in enumerate(lines, 1):
        body = read_capture(market.captures, line["body"])
        assert body == market.site.answer_to(market.path(number)).body
        assert line["at"].startswith("2026-03-12T10:00")
    assert not list((market.captures / "unfinished").iterdir())


def test_no_secret_is_written_down(market: Market) -> None:
    market.pull()
    assert "token=***" in manifest_lines(market)[0]["url"]
    for path in market.captures.rglob("*.gz"):
        assert b"geheim" not in gzip.decompress(path.read_bytes())


def test_captures_are_for_their_owner_only(market: Market) -> None:
    market.pull()
    assert {path.stat().st_mode & 0o077 for path in market.files()} == {0}


def test_the_same_answer_is_kept_once(market: Market) -> None:
    market.pull()
    before = set(market.files())
    market.pull()
    assert len(market.manifests()) == 2
    assert len(set(market.files()) - before) <= 1  # the second manifest


def test_the_second_pull_asks_whether_it_still_holds(market: Market) -> None:
    market.pull()
    market.site.sent.clear()
    summary = market.pull()
    assert outcomes(summary) == {"unchanged": 5}
    assert market.site.sent == [304, 304, 304]
    (second,) = [m for m in market.manifests() if m.batch_id == summary.batch]
    assert [line["status"] for line in lines_of(market, second.manifest_hash)] == [304, 304, 304]
    market.lists(0, 1, 2, 3)
    market.site.sent.clear()
    assert market.pull().closed == 1
    assert market.site.sent == [200, 200]  # the total is on every page


def test_a_304_whose_capture_is_gone_is_asked_for_whole(market: Market) -> None:
    market.pull()
    market.files()[0].unlink()
    for path in market.files():
        path.write_bytes(b"damaged")
    market.site.sent.clear()
    summary = market.pull()
    assert outcomes(summary) == {"unchanged": 5}
    assert market.site.sent == [200, 200, 200]
    (batch,) = [manifest for manifest in market.manifests() if manifest.batch_id == summary.batch]
    assert all(read_capture(market.captures, line["body"]) for line in lines_of(market, batch.manifest_hash))


def test_a_broken_pull_goes_on_where_it_was(market: Market) -> None:
    assert break_at(market, 3) == "http.status"
    assert market.pages() == [1, 2, 3]
    assert (market.desk.found(), market.desk.sizes()["batch"]) == ([], 0)
    market.lists(0, 1, 2, 3, 4)
    assert outcomes(market.pull()) == {"created": 5}
    assert market.pages() == [3]
    (manifest,) = market.manifests()
    assert manifest.batch_id is not None
    assert [line.get("fault", "") for line in manifest_lines(market)] == ["", "", "http.status", ""]


def test_a_process_that_died_counts_as_a_broken_pull(market: Market) -> None:
    break_at(market, 3)
    (path,) = (market.captures / "unfinished").iterdir()
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]) + b'{"at": "2026-0')  # cut off
    market.lists(0, 1, 2, 3, 4)
    market.pages()
    assert outcomes(market.pull()) == {"created": 5}
    assert market.pages() == [3]


def test_a_pull_that_was_gone_on_with_closes_nothing(market: Market) -> None:
    market.pull()
    market.lists(0, 1, 2, 3)
    break_at(market, 2)
    market.lists(0, 1, 2, 3)
    assert market.pull().closed == 0
    assert len(market.desk.found()) == 5
    assert market.pull().closed == 1  # the next whole one


def test_a_break_long_ago_is_no_start(market: Market) -> None:
    break_at(market, 3)
    market.desk.clock.move(hours=6, minutes=1)
    market.lists(0, 1, 2, 3, 4)
    market.pages()
    market.pull()
    assert market.pages() == [1, 2, 3]


def test_the_time_to_go_on_is_a_setting(market: Market) -> None:
    break_at(market, 3)
    market.reopen(GUANSHAO_PULL_RESUME_HOURS="0")
    market.lists(0, 1, 2, 3, 4)
    market.pages()
    market.pull()
    assert market.pages() == [1, 2, 3]


def test_what_no_longer_fits_together_is_fetched_afresh_once(market: Market) -> None:
    break_at(market, 3)
    market.lists(5, 0, 1, 2, 3, 4)  # a new one on top has moved the others: page 3 repeats what page 2 said
    market.pages()
    assert outcomes(market.pull()) == {"created": 6}
    assert market.pages() == [3, 1, 2, 3]
    assert [manifest.batch_id is None for manifest in market.manifests()] == [True, False]


def test_afresh_is_tried_once_only(market: Market) -> None:
    break_at(market, 3)
    market.lists(5, 0, 1, 2, 2, 4)
    market.pages()
    with pytest.raises(PullFault) as caught:
        market.pull()
    assert (caught.value.code, market.pages()) == ("pull.incomplete", [3, 1, 2, 3])


def test_a_list_that_is_wrong_is_fetched_anew_next_time(market: Market) -> None:
    market.site.set(market.path(3), Answer(b'{"list": [{"id": "R9"}, {"id": "R8"}], "total": 9}'))
    market.site.set(market.path(4), Answer(b'{"list": [], "total": 9}'))
    with pytest.raises(PullFault):
        market.pull()
    market.lists(0, 1, 2, 3, 4)
    market.pages()
    assert outcomes(market.pull()) == {"created": 5}
    assert market.pages() == [1, 2, 3]


def test_a_captcha_in_the_middle_is_kept_as_evidence_and_gone_on_from(market: Market) -> None:
    page = "<html><title>安全验证</title><body>请完成验证</body></html>".encode()
    assert break_at(market, 2, Answer(page, headers={"Content-Type": "text/html"})) == "pull.captcha"
    market.lists(0, 1, 2, 3, 4)
    market.pages()
    market.pull()
    assert market.pages() == [2, 3]
    (line,) = [line for line in manifest_lines(market) if line.get("fault")]
    assert read_capture(market.captures, line["body"]) == page


def test_a_pull_that_reached_nobody_leaves_nothing(market: Market) -> None:
    market.site.set("/robots.txt", Answer(status=500))
    with pytest.raises(PullFault):
        market.pull()
    with pytest.raises(PullFault):
        market.pull()
    assert len(market.manifests()) == 1
    assert market.files() == []


def test_one_source_is_pulled_by_one_process_at_a_time(market: Market) -> None:
    with market.desk.exchange.lock("pulling-market", 0) as mine:
        assert mine
        with pytest.raises(PullFault) as caught:
            market.pull()
    assert caught.value.code == "pull.running"
    assert market.pages() == []
    market.pull()


def test_cleaning_erases_what_is_past_its_time(market: Market) -> None:
    market.pull()
    market.desk.clock.move(days=1000)
    market.lists(5, 6, 7, 8, 9)
    market.pull()
    age_files(market)
    assert clean_captures(market.desk.exchange) == 0
    assert len(market.files()) == 2 * (3 + 1)
    market.desk.clock.move(days=96)
    assert clean_captures(market.desk.exchange) == 3 + 1
    assert len(market.manifests()) == 1
    assert all(read_capture(market.captures, line["body"]) for line in manifest_lines(market))
    market.desk.clock.move(days=1000)
    assert clean_captures(market.desk.exchange) == 3 + 1
    assert market.files() == []
    assert market.desk.sizes()["validator"] == 0


def test_cleaning_leaves_what_another_manifest_needs(market: Market) -> None:
    market.pull()
    market.desk.clock.move(days=1000)
    market.pull()  # the same pages
    age_files(market)
    market.desk.clock.move(days=96)
    assert clean_captures(market.desk.exchange) == 1  # the first manifest
    assert all(read_capture(market.captures, line["body"]) for line in manifest_lines(market))


def test_cleaning_takes_pulls_that_came_to_nothing_after_a_week(market: Market) -> None:
    break_at(market, 3)
    age_files(market)
    market.desk.clock.move(days=6)
    assert clean_captures(market.desk.exchange) == 0
    market.desk.clock.move(days=2)
    assert clean_captures(market.desk.exchange) == 2
    assert (market.files(), market.manifests()) == ([], [])
    assert not list((market.captures / "unfinished").iterdir())


def test_cleaning_leaves_a_file_that_has_just_come(market: Market) -> None:
    keep_capture(market.captures, b"of a pull that has not written its line yet")
    assert clean_captures(market.desk.exchange) == 0
    age_files(market)
    assert clean_captures(market.desk.exchange) == 1
