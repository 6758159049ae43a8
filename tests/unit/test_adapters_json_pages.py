"""The JSON feed adapter against a real loopback site: whole pulls, and pulls that must not close anything."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from config.errors import ConfigurationError
from config.sources import AdapterKind, Source
from config.words import City
from ingest.adapters import ADAPTERS, Driver, PullFault, adapter_of, check_sources, field_mapping
from ingest.adapters.json_pages import JsonPages
from ingest.fields import Field
from ingest.http import HttpClient
from ingest.table import read_records
from tests.unit.scripted_site import Answer, ScriptedSite

OPTIONS = {"items": "data.list", "total": "data.total", "ok_path": "code", "message_path": "msg", "size": 2}


def source(address: str = "http://127.0.0.1:1/", **options: Any) -> Source:
    kind = AdapterKind.JSON_PAGES
    return Source("feed", "某市接口", City.DONGGUAN, "441900", kind, address, options=OPTIONS | options)


def page(*numbers: int, total: Any = 5, code: int = 0) -> Answer:
    listed = [{"id": number} for number in numbers]
    return Answer(json.dumps({"code": code, "msg": "维护中", "data": {"list": listed, "total": total}}).encode())


@pytest.fixture
def client() -> Iterator[HttpClient]:
    with HttpClient("test", timeout=5, retries=1, sleep=lambda _: None) as client:
        yield client


def pull(client: HttpClient, *answers: Answer, **options: Any) -> tuple[list[int], list[dict[str, str]]]:
    with ScriptedSite(*answers) as site:
        pages = list(Driver(JsonPages()).pull(source(site.address, **options), client))
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    return [item["id"] for page in pages for item in page.items], site.asked


def fault(client: HttpClient, *answers: Answer, **options: Any) -> PullFault:
    with pytest.raises(PullFault) as caught:
        pull(client, *answers, **options)
    assert "某市接口" in caught.value.message
    return caught.value


def test_pages_by_number_end_at_the_total(client: HttpClient) -> None:
    items, asked = pull(client, page(1, 2), page(3, 4), page(5))
    assert items == [1, 2, 3, 4, 5]
    assert asked == [{"page": str(number), "size": "2"} for number in (1, 2, 3)]


def test_pages_by_offset_go_on_from_what_has_come(client: HttpClient) -> None:
    items, asked = pull(
        client, page(1, 2), page(3), page(4, 5), style="offset", page_param="from", size_param="", params={"city": "dg"}
    )
    assert items == [1, 2, 3, 4, 5]
    assert [query["from"] for query in asked] == ["0", "2", "3"]
    assert asked[0] == {"city": "dg", "from": "0"}


def test_without_a_total_an_empty_page_is_the_end(client: HttpClient) -> None:
    assert pull(client, page(1, 2), page(3), page(), total="", first_page=0)[0] == [1, 2, 3]


def test_an_empty_feed_is_whole(client: HttpClient) -> None:
    assert pull(client, page(total=0))[0] == []


def test_a_total_as_text_is_a_number(client: HttpClient) -> None:
    assert pull(client, page(1, 2, total="2"))[0] == [1, 2]


def test_a_list_at_the_top_needs_no_path(client: HttpClient) -> None:
    answers = Answer(b'[{"id": 7}]'), Answer(b"[]")
    assert pull(client, *answers, items="", total="", ok_path="")[0] == [7]


def test_a_500_in_between_is_borne(client: HttpClient) -> None:
    assert pull(client, page(1, 2), Answer(status=500), page(3, 4), page(5))[0] == [1, 2, 3, 4, 5]


def test_the_configured_headers_are_sent(client: HttpClient) -> None:
    with ScriptedSite(page(1, total=1)) as site:
        list(Driver(JsonPages()).pull(source(site.address, headers={"X-Key": "k"}), client))
    assert site.headers[0]["X-Key"] == "k"


def test_pages_by_cursor_go_on_where_the_last_one_says(client: HttpClient) -> None:
    pages = [
        Answer(json.dumps({"data": {"list": [{"id": n}], "total": 3}, "next": cursor}).encode())
        for n, cursor in ((1, "a=="), (2, 7), (3, None))
    ]
    cursor = {"style": "cursor", "page_param": "after", "next": "next", "ok_path": ""}
    items, asked = pull(client, *pages, **cursor)
    assert items == [1, 2, 3]
    assert [query.get("after") for query in asked] == [None, "a==", "7"]
    stuck = [pages[0], Answer(pages[0].body.replace(b'"id": 1', b'"id": 2'))]
    assert fault(client, *stuck, **cursor).code == "pull.repeated_page"
    assert fault(client, pages[0], **(cursor | {"next": "cursor"})).code == "pull.unreadable"


def test_a_feed_in_gbk_is_read(client: HttpClient) -> None:
    body = json.dumps({"code": 0, "data": {"list": [{"id": "岗位"}], "total": 1}}, ensure_ascii=False).encode("gbk")
    assert pull(client, Answer(body))[0] == ["岗位"]


def test_changes_since_the_last_good_run_are_asked_for_a_day_early(client: HttpClient) -> None:
    since = datetime(2026, 11, 24, 20, tzinfo=UTC)  # the 25th in local time
    with ScriptedSite(page(1, total=1)) as site:
        feed = source(site.address, since_param="changed", since_format="%Y/%m/%d")
        found = list(Driver(JsonPages()).pull(feed, client, since))
        full = list(Driver(JsonPages()).pull(replace(feed, full_list=True), client, since))
    assert (site.asked[0].get("changed"), site.asked[1].get("changed")) == ("2026/11/24", None)
    assert [all(page.whole for page in pages) for pages in (found, full)] == [False, True]


def test_lists_inside_items_are_joined_and_may_be_asked_by_number(client: HttpClient) -> None:
    item = {"t": "普工", "tags": ["包吃", "包住"], "places": [{"name": "长安镇"}, {"name": "虎门镇"}]}
    mapping = {"t": "title", "tags": "benefits", "places.1.name": "division"}
    body = json.dumps({"code": 0, "data": {"list": [item], "total": 1}}).encode()
    with ScriptedSite(Answer(body)) as site:
        feed = replace(source(site.address), mapping=mapping)
        [found] = Driver(JsonPages()).pull(feed, client)
    [row], _ = read_records(found.items, field_mapping(feed))
    assert (row.cells[Field.BENEFITS], row.cells[Field.DIVISION]) == ("包吃、包住", "虎门镇")


@pytest.mark.parametrize(
    ("code", "answers"),
    [
        ("pull.incomplete", [page(1, 2), page(3), page()]),
        ("pull.incomplete", [page(1, 2, total=1)]),
        ("pull.incomplete", [page(1, 2), page(2, 3), page(4)]),
        ("pull.repeated_page", [page(1, 2)]),
        ("pull.refused", [page(1, 2, code=500)]),
        ("pull.changed_layout", [Answer(b'{"code": 0, "data": {"list": 3, "total": 1}}')]),
        ("pull.changed_layout", [Answer(b'{"code": 0, "data": {"list": [3], "total": 1}}')]),
        ("pull.unreadable", [page(1, total=None)]),
        ("pull.unreadable", [page(1, total=True)]),
        ("pull.unreadable", [page(1, total=-1)]),
        ("pull.error_page", [Answer(b"<html>")]),
        ("pull.unreadable", [Answer(b'{"code": 0, "da')]),
        ("http.status", [page(1, 2), Answer(status=503)]),
        ("http.unreachable", [page(1, 2), Answer(b'{"code"', said_length=900)]),
    ],
)
def test_a_pull_that_is_not_whole_says_so(client: HttpClient, code: str, answers: list[Answer]) -> None:
    assert fault(client, *answers).code == code


def test_a_refusal_repeats_the_words_of_the_source(client: HttpClient) -> None:
    assert "维护中" in fault(client, page(code=7)).message


def test_pages_without_end_are_stopped(client: HttpClient) -> None:
    endless = [page(number, total=10**6) for number in range(1, 9)]
    with ScriptedSite(*endless) as site, pytest.raises(PullFault) as caught:
        list(Driver(JsonPages()).pull(source(site.address, page_limit=5), client))
    assert caught.value.code == "pull.page_limit"
    assert len(site.asked) == 5


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("page_size", 3),
        ("style", "scroll"),
        ("next", "data.next"),
        ("size", 0),
        ("size", "50"),
        ("size", True),
        ("page_limit", 0),
        ("headers", "X"),
        ("total", 3),
    ],
)
def test_options_that_cannot_be_are_refused_at_the_start(key: str, value: Any) -> None:
    with pytest.raises(ConfigurationError, match=rf"feed: options\.{key}"):
        check_sources([source(**{key: value})])


def test_the_path_of_the_list_is_required() -> None:
    without = Source("feed", "a", City.DONGGUAN, "441900", AdapterKind.JSON_PAGES, "http://a.example/")
    with pytest.raises(ConfigurationError, match=r"options\.items"):
        check_sources([without])


def test_a_field_that_is_none_of_ours_is_refused_at_the_start() -> None:
    wrong = Source("feed", "a", City.DONGGUAN, "441900", AdapterKind.FILE, mapping={"aca112": "titel"})
    with pytest.raises(ConfigurationError, match=r"mapping\.aca112.*titel"):
        check_sources([wrong])


def test_a_mapping_names_our_fields() -> None:
    known = Source("f", "a", City.DONGGUAN, "441900", AdapterKind.FILE, mapping={"job.name": "title"})
    assert field_mapping(known) == {"job.name": Field.TITLE}


def test_every_kind_of_adapter_is_there() -> None:
    assert set(ADAPTERS) == set(AdapterKind)


def test_an_upload_source_cannot_be_pulled(client: HttpClient) -> None:
    upload = Source("dg-upload", "报送", City.DONGGUAN, "441900", AdapterKind.FILE)
    with pytest.raises(PullFault, match="guanshao ingest --file"):
        list(adapter_of(upload).pull(upload, client))
    with pytest.raises(ConfigurationError, match=r"options\.size"):
        check_sources([Source("a", "a", City.DONGGUAN, "441900", AdapterKind.FILE, options={"size": 1})])
