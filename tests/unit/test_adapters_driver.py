"""What the driver promises of every adapter: failures, repeats, changed layouts, foreign addresses, keys, moments."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from config.sources import AdapterKind
from ingest.adapters.moments import find_day, read_moment
from ingest.adapters.walk import FAILURES_IN_A_ROW
from ingest.fields import Field
from ingest.http import HttpFault
from tests.unit.pages_site import PagesSite, Puller
from tests.unit.scripted_site import Answer

OPTIONS: dict[str, Any] = {"links": "a.job", "fields": {"title": "h1", "employer": "h2", "duties": "p"}}
BOARD = Puller(AdapterKind.HTML_PAGES, full_list=True)


def board(count: int, **details: Answer | str) -> dict[str, Answer | str]:
    """/1, /2 … of a list; `details` by p1, p2 … stand for theirs."""
    links = "".join(f'<a class=job href="/{n}">x</a>' for n in range(1, count + 1))
    pages = {f"/{n}": f"<h1>普工{n}</h1><h2>华盛电子</h2>" for n in range(1, count + 1)}
    return {"/list": links, **pages, **{f"/{name[1:]}": page for name, page in details.items()}}


@pytest.mark.parametrize(
    "page",
    [
        Answer(status=404),
        Answer(status=500),
        Answer(b"<h1>", said_length=99),
        "<title>系统提示</title><h1>出错了</h1>",
        "<html>",
    ],
    ids=["404", "500", "cut", "error page", "nothing"],
)
def test_one_detail_that_fails_is_named_and_the_rest_goes_on(page: Answer | str) -> None:
    pulled = BOARD.pull(board(6, p3=page), **OPTIONS)
    assert len(pulled.items) == 5
    assert not pulled.whole
    [problem] = pulled.problems
    assert problem.code == "pull.detail_failed"
    assert problem.evidence.endswith("/3")
    assert problem.evidence in problem.message


def test_more_than_a_fifth_of_failures_ends_the_pull() -> None:
    gone = Answer(status=404)
    assert len(BOARD.pull(board(10, p1=gone, p5=gone), **OPTIONS).items) == 8
    fault = BOARD.fault(board(10, p1=gone, p5=gone, p9=gone), **OPTIONS)
    assert fault.code == "pull.too_many_failures"
    assert "10 个页面里有 3 个" in fault.message


def test_the_share_of_failures_is_the_policys() -> None:
    gone = Answer(status=404)
    patient = Puller(AdapterKind.HTML_PAGES, policy={"detail_failure_share": 0.5})
    assert len(patient.pull(board(4, p1=gone, p2=gone), **OPTIONS).items) == 2
    strict = Puller(AdapterKind.HTML_PAGES, policy={"detail_failure_share": 0})
    assert strict.fault(board(10, p1=gone, p2=gone), **OPTIONS).code == "pull.too_many_failures"


def test_a_site_whose_details_all_fail_is_left_alone_soon() -> None:
    pages = {**board(40), **{f"/{n}": "<title>新版</title>" for n in range(1, 41)}}
    assert BOARD.fault(pages, **OPTIONS).code == "pull.changed_layout"
    broken = {**board(40), **{f"/{n}": "<title>系统维护中</title>" for n in range(1, 41)}}
    assert BOARD.fault(broken, **OPTIONS).code == "pull.error_page"


def test_after_failures_in_a_row_nothing_more_is_asked() -> None:
    def failing(count: int) -> dict[str, Answer | str]:
        return {**board(100), **{f"/{n}": Answer(status=404) for n in range(2, 2 + count)}}

    assert len(BOARD.pull(failing(FAILURES_IN_A_ROW - 1), **OPTIONS).items) == 101 - FAILURES_IN_A_ROW
    assert BOARD.fault(failing(FAILURES_IN_A_ROW), **OPTIONS).code == "pull.too_many_failures"


@pytest.mark.parametrize("code", ["pull.captcha", "pull.login", "http.paused"])
def test_a_wall_before_a_detail_ends_the_pull_at_once(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    from ingest.adapters.html_pages import HtmlPages

    asked: list[str] = []

    def stand_before_a_wall(self: HtmlPages, site: Any, reference: Any) -> Any:
        asked.append(reference.address)
        raise HttpFault(code, "要求验证")

    monkeypatch.setattr(HtmlPages, "fetch", stand_before_a_wall)
    assert BOARD.fault(board(5), **OPTIONS).code == code
    assert len(asked) == 1


def test_items_with_neither_title_nor_employer_are_a_changed_layout() -> None:
    rows = [{"job": "普工", "firm": "华盛", "n": number} for number in range(12)]
    pages = {"/list?page=1&size=50": json.dumps({"rows": rows})}
    feed = Puller(AdapterKind.JSON_PAGES, mapping={"title": "title", "firm": "employer"})
    fault = feed.fault(pages, items="rows")
    assert fault.code == "pull.changed_layout"
    assert "岗位名称" in fault.message
    renamed = Puller(AdapterKind.JSON_PAGES, mapping={"job": "title", "company": "employer"})
    assert "单位名称" in renamed.fault(pages, items="rows").message


def test_links_that_lead_off_the_site_are_not_followed() -> None:
    pages = board(8)
    pages["/list"] = str(pages["/list"]) + '<a class=job href="http://127.0.0.1:9/inside">x</a>'
    pulled = BOARD.pull(pages, **OPTIONS)
    assert len(pulled.items) == 8
    assert "options.hosts" in pulled.problems[0].message
    refused = BOARD.pull(pages, **OPTIONS, hosts=["127.0.0.1:9"])  # allowed, though nobody is there
    assert "options.hosts" not in refused.problems[0].message


def test_a_key_is_sent_to_the_sources_own_host_only() -> None:
    with PagesSite(board(1)) as other:
        pages = {**board(1), "/list": f'<a class=job href="/1">x</a><a class=job href="{other.address}/1">x</a>'}
        pulled = BOARD.pull(pages, **OPTIONS, headers={"X-Key": "k"}, hosts=[other.host])
    assert len(pulled.items) == 2
    assert [headers.get("X-Key") for headers in pulled.headers] == ["k", "k"]
    assert [headers.get("X-Key") for headers in other.headers] == [None]


@pytest.mark.parametrize("named", ["", "big5"])
def test_pages_that_nobody_can_read_are_told_as_such(named: str) -> None:
    text = "負責生產線上的組裝與檢查，服從班組長安排，確保產品品質達到車間要求，並協助同事完成當日計畫"
    page = f"<h1>普工</h1><h2>{text}</h2>".encode("big5", "replace")
    pages = board(2, p1=Answer(page), p2=Answer(page))
    if named:
        assert BOARD.pull(pages, **OPTIONS, encoding=named).column(Field.EMPLOYER) == [text, text]
    else:
        fault = BOARD.fault(pages, **OPTIONS)
        assert "options.encoding" in fault.message


def test_another_encoding_than_the_declared_one_is_read_and_told_once() -> None:
    page = '<meta charset="utf-8"><h1>普工</h1><h2>华盛电子</h2>'.encode("gbk")
    pulled = BOARD.pull(board(2, p1=Answer(page), p2=Answer(page)), **OPTIONS)
    assert pulled.column(Field.TITLE) == ["普工", "普工"]
    assert (pulled.codes, pulled.whole) == (["pull.other_encoding"], True)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-24T08:00:00+08:00", datetime(2026, 11, 24, 0, tzinfo=UTC)),
        ("2026-11-24T00:00:00Z", datetime(2026, 11, 24, 0, tzinfo=UTC)),
        ("2026-11-24 08:00:00", datetime(2026, 11, 24, 0, tzinfo=UTC)),
        ("Tue, 24 Nov 2026 00:00:00 GMT", datetime(2026, 11, 24, 0, tzinfo=UTC)),
        ("2026-11-24", datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC)),
        ("", None),
        ("gestern", None),
    ],
)
def test_moments_are_read_as_feeds_and_sitemaps_write_them(text: str, moment: datetime | None) -> None:
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("岗位表20261103.xlsx", (2026, 11, 3)),
        ("2026年11月3日岗位", (2026, 11, 3)),
        ("岗位-2026-11-03(1).csv", (2026, 11, 3)),
        ("岗位表.xlsx", None),
        ("20261399.xls", None),
    ],
)
def test_the_day_in_the_name_of_a_file(name: str, day: tuple[int, int, int] | None) -> None:
    found = find_day(name)
    assert (found and (found.year, found.month, found.day)) == day
