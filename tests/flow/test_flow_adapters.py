"""Sources of several kinds through the command line: what a missing page, a part of the list or `enabled` changes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.flow.commands import Commands
from tests.unit.pages_site import PagesSite
from tests.unit.scripted_site import Answer

SOURCE = """
[[source]]
id = "dg-upload"
name = "东莞市人社部门报送"
city = "dongguan"
organisation = "441900"
adapter = "file"

[[source]]
id = "board"
name = "某招聘网"
city = "dongguan"
organisation = "441900"
adapter = "html_pages"
address = "{site}/list"
enabled = {enabled}
schedule = "15 2 * * *"
full_list = true
[source.options]
links = "a.job"
pairs = "dl"
fields = {{ title = "h1", employer = "h2" }}

[[source]]
id = "news"
name = "某公告"
city = "dongguan"
organisation = "441900"
adapter = "feed"
address = "{site}/rss"
[source.options]
pairs = "dl"
fields = {{ title = "h1", employer = "h2" }}
"""
WORDS = "甲乙丙丁戊己庚辛壬癸"


def detail(number: int) -> str:
    facts = "<dt>工作地点</dt><dd>长安镇</dd><dt>薪资</dt><dd>5000-6000</dd><dt>招聘人数</dt><dd>2</dd>"
    return f"<h1>{WORDS[number]}班普工</h1><h2>东莞市华盛电子有限公司</h2><dl>{facts}</dl>"


def board(*numbers: int, **gone: Answer) -> dict[str, Any]:
    links = "".join(f'<a class=job href="/job/{number}">x</a>' for number in numbers)
    items = "".join(f"<item><title>x</title><link>/job/{number}</link></item>" for number in numbers)
    pages = {f"/job/{number}": detail(number) for number in numbers}
    feed = f"<rss><channel>{items}</channel></rss>"
    missing = {f"/job/{name[1:]}": page for name, page in gone.items()}
    return {"/list": links or "暂无", "/rss": feed, **pages, **missing}


@pytest.fixture
def site() -> Iterator[PagesSite]:
    with PagesSite(board(0, 1, 2, 3, 4, 5, 6)) as site:
        yield site


@pytest.fixture
def guanshao(tmp_path: Path, site: PagesSite) -> Callable[..., Commands]:
    def commands(enabled: str = "true") -> Commands:
        folder = tmp_path / "config"
        folder.mkdir(exist_ok=True)
        (folder / "sources.toml").write_text(SOURCE.format(site=site.address, enabled=enabled), encoding="utf-8")
        return Commands(tmp_path / "var", GUANSHAO_CONFIG=str(folder))

    return commands


def taken(commands: Commands, source: str, *more: str) -> dict[str, Any]:
    answer = commands("ingest", source, "--json", *more)
    assert answer.code == 0, answer.err
    found: dict[str, Any] = answer.json
    return found


def state(commands: Commands, source: str) -> dict[str, Any]:
    [row] = [row for row in commands("sources", "--json").json if row["id"] == source]
    return dict(row)


def test_a_page_that_is_missing_this_time_closes_nothing_and_is_remembered(
    guanshao: Callable[..., Commands], site: PagesSite
) -> None:
    commands = guanshao()
    assert taken(commands, "board")["created"] == 7
    site.pages = board(0, 1, 2, 3, 4, 5, p5=Answer(status=404))  # the sixth is listed and cannot be read
    told = taken(commands, "board")
    assert (told["received"], told["unchanged"], told["closed"]) == (5, 5, 0)
    assert [problem["code"] for problem in told["problems"] if problem["code"][:4] == "pull"] == ["pull.detail_failed"]
    assert "/job/5" in state(commands, "board")["last_error"]
    site.pages = board(0, 1, 2, 3, 4, 5)
    assert taken(commands, "board")["closed"] == 1
    assert state(commands, "board")["last_error"] == ""


def test_a_feed_that_shows_less_closes_nothing_and_nothing_new_is_no_fault(
    guanshao: Callable[..., Commands], site: PagesSite
) -> None:
    commands = guanshao()
    assert taken(commands, "news")["created"] == 7
    site.pages = board(6)
    told = taken(commands, "news")
    assert (told["received"], told["closed"]) == (1, 0)
    site.pages = board()
    told = taken(commands, "news")
    assert (told["batch"], told["received"], told["problems"]) == (None, 0, [])
    assert state(commands, "news")["last_error"] == ""
    assert "没有新的" in commands("ingest", "news").out


def test_a_source_that_is_switched_off_is_refused_listed_and_can_be_tried(
    guanshao: Callable[..., Commands], site: PagesSite
) -> None:
    commands = guanshao("false")
    refused = commands("ingest", "board")
    assert (refused.code, refused.err.split(": ")[:2]) == (1, ["board", "pull.disabled"])
    assert "enabled = true" in refused.err
    assert site.asked == []
    assert state(commands, "board")["enabled"] is False
    assert "停用" in commands("sources").out
    everything = commands("ingest", "--all", "--json")
    assert (everything.code, everything.json["source"]) == (0, "news")
    tried = taken(commands, "board", "--dry-run", "--limit", "3")
    assert (tried["batch"], tried["received"], tried["unchanged"]) == (None, 3, 0)
    assert site.asked[-4:] == ["/list", "/job/0", "/job/1", "/job/2"]
    assert state(commands, "board")["last_run_at"] is None


def test_trying_a_source_stores_nothing(guanshao: Callable[..., Commands], site: PagesSite) -> None:
    commands = guanshao()
    assert taken(commands, "board", "--dry-run")["created"] == 7
    assert commands("index", "status", "--json").json["documents"] == 0
    site.pages = board(0, 1, p1=Answer(status=404))
    codes = [problem["code"] for problem in taken(commands, "news", "--dry-run")["problems"]]
    assert "pull.detail_failed" in codes
    assert commands("ingest", "board", "--limit", "3").code == 2
    site.pages = {"/list": "<title>新版</title>"}
    failed = commands("ingest", "board", "--dry-run")
    assert (failed.code, "pull.changed_layout" in failed.err) == (1, True)


def test_a_batch_of_changes_is_replayed_from_what_was_asked_then(
    guanshao: Callable[..., Commands], site: PagesSite
) -> None:
    commands = guanshao()
    taken(commands, "news")
    old = "<pubDate>Wed, 01 Jan 2020 00:00:00 GMT</pubDate></item>"
    site.pages = board(0, 1, 2, 3, 4, 5)
    feed = site.pages["/rss"].replace("</item>", old) + ""
    site.pages = {**board(9), "/rss": feed.replace("</channel>", "<item><link>/job/9</link></item></channel>")}
    told = taken(commands, "news")
    assert (told["received"], told["created"]) == (1, 1)
    asked = len(site.asked)
    again = commands("replay", told["batch"], "--json")
    assert (again.code, again.json["received"], again.json["unchanged"]) == (0, 1, 1), again.err
    assert len(site.asked) == asked
