"""RSS and Atom: entries with pages of their own, or that say it all."""

from datetime import UTC, datetime
from typing import Any

import pytest

from config.errors import ConfigurationError
from config.sources import AdapterKind
from ingest.adapters import check_sources
from ingest.fields import Field
from tests.unit.pages_site import Puller
from tests.unit.scripted_site import Answer

FEED = Puller(AdapterKind.FEED, "/feed")
DETAILS: dict[str, Any] = {"pairs": "table", "fields": {"title": "h1", "employer": ".company"}}
PAGE = "<h1>普工</h1><p class=company>华盛电子</p><table><tr><th>薪资待遇</th><td>5000</td></tr></table>"


def rss(*items: str) -> str:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>公告</title>{listed}</channel></rss>'
    )


ITEM = (
    "<title>华盛电子招聘普工</title><link>{site}/n/1</link><guid isPermaLink='false'>N1</guid>"
    "<pubDate>Fri, 20 Nov 2026 18:30:00 GMT</pubDate><description>见详情</description>"
)
ENTRY = (
    "<entry><title>公告</title><id>urn:n:1</id><link rel='self' href='/api/1'/><link href='/n/1'/>"
    "<published>2026-11-20T09:00:00+08:00</published><updated>2026-11-22T09:00:00+08:00</updated></entry>"
)


def test_the_entries_of_rss_lead_to_their_pages() -> None:
    pulled = FEED.pull({"/feed": rss(ITEM), "/n/1": PAGE}, **DETAILS)
    [row] = pulled.rows
    assert (row.cells[Field.TITLE], row.cells[Field.EMPLOYER], row.cells[Field.SALARY]) == ("普工", "华盛电子", "5000")
    assert (row.cells[Field.REFERENCE], row.cells[Field.PUBLISHED]) == ("N1", "2026-11-21")  # the local day
    assert row.cells[Field.URL].endswith("/n/1")


def test_atom_is_read_as_well_and_its_further_pages() -> None:
    first = f'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/feed2"/>{ENTRY}</feed>'
    second = f'<feed xmlns="http://www.w3.org/2005/Atom">{ENTRY.replace("n:1", "n:2").replace("n/1", "n/2")}</feed>'
    pulled = FEED.pull({"/feed": first, "/feed2": second, "/n/1": PAGE, "/n/2": PAGE}, **DETAILS)
    assert pulled.column(Field.REFERENCE) == ["urn:n:1", "urn:n:2"]
    assert pulled.asked == ["/feed", "/n/1", "/feed2", "/n/2"]


def test_an_entry_that_says_it_all_needs_no_page() -> None:
    item = (
        "<title>普工</title><guid>{site}/n/1</guid><company>华盛电子</company>"
        "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        "<![CDATA[<p>薪资待遇：5000</p><p>工作地点：长安镇</p>]]></content:encoded>"
    )
    feed = Puller(AdapterKind.FEED, "/feed", mapping={"company": "employer"})
    pulled = feed.pull({"/feed": rss(item)}, details=False)
    [row] = pulled.rows
    assert [row.cells[name] for name in (Field.TITLE, Field.EMPLOYER, Field.SALARY, Field.DIVISION)] == [
        "普工",
        "华盛电子",
        "5000",
        "长安镇",
    ]
    assert pulled.asked == ["/feed"]
    assert row.cells[Field.URL].endswith("/n/1")


def test_entries_before_the_last_good_run_are_left_out() -> None:
    old = ITEM.replace("N1", "N0").replace("/n/1", "/n/0").replace("20 Nov", "02 Nov")
    pulled = FEED.pull({"/feed": rss(ITEM, old), "/n/1": PAGE}, datetime(2026, 11, 20, tzinfo=UTC), **DETAILS)
    assert (pulled.column(Field.REFERENCE), pulled.whole) == (["N1"], False)


def test_a_feed_in_gbk_is_read() -> None:
    text = rss("<title>普工招聘公告</title><link>/n/1</link>").replace('encoding="utf-8"', 'encoding="gb2312"')
    pulled = FEED.pull({"/feed": Answer(text.encode("gbk")), "/n/1": PAGE}, **DETAILS)
    assert len(pulled.items) == 1
    assert pulled.problems == []


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("pull.unreadable", rss(ITEM)[:-20]),
        ("pull.unreadable", f'<!DOCTYPE rss [<!ENTITY a "b">]>{rss(ITEM)}'),
        ("pull.error_page", "<html><title>出错了</title></html>"),
        ("pull.changed_layout", "<jobs><job/></jobs>"),
        ("pull.changed_layout", rss(ITEM).replace("item>", "news>")),
        ("pull.changed_layout", "<feed><notice><title>a</title></notice></feed>"),
    ],
)
def test_a_feed_that_is_none_ends_the_pull(code: str, answer: str) -> None:
    assert FEED.fault({"/feed": answer, "/n/1": PAGE}, **DETAILS).code == code


def test_a_feed_without_entries_is_empty() -> None:
    assert FEED.pull({"/feed": rss()}, **DETAILS).items == []


def test_details_need_something_to_read() -> None:
    with pytest.raises(ConfigurationError, match=r"options\.details"):
        check_sources([FEED.source()])
    check_sources([FEED.source(details=False)])
