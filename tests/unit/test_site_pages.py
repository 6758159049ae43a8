"""The stand-in site keeps its word: every channel can be read with plain requests and the format's own parser."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
import requests
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser

from tests.site import Flaw, Site, World
from tests.site.routes import ROUTES

KEYS = {"X-Api-Key": "demo", "Authorization": "Bearer demo"}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site(World(seed=2, jobs=25)) as site:
        yield site


def get(site: Site, path: str, **headers: str) -> requests.Response:
    return requests.get(urljoin(site.address, path), headers={**KEYS, **headers}, timeout=10)


def listed(site: Site, channel: str) -> dict[str, str]:
    """Reference → title, as the world has it."""
    return {posting.reference: posting.title for posting in site.world.listed(channel)}


def all_pages(site: Site, path: str) -> Iterator[tuple[str, LexborHTMLParser]]:
    """Following 下一页."""
    while path:
        answer = get(site, path)
        page = LexborHTMLParser(answer.content.decode(answer.encoding or ""))
        yield answer.url, page
        links = [link for link in page.css("a") if link.text() == "下一页"]
        path = urljoin(answer.url, links[0].attributes["href"] or "") if links else ""


def test_pages_by_number(site: Site) -> None:
    found: dict[str, str] = {}
    for page in (1, 2, 3, 4):
        answer = get(site, f"/dg/api/jobs?page={page}&size=10").json()
        assert answer["code"] == 0
        assert answer["data"]["total"] == len(listed(site, "dg-json"))
        found |= {item["jobId"]: item["jobName"] for item in answer["data"]["list"]}
    assert found == listed(site, "dg-json")
    some = next(iter(found))
    assert get(site, f"/dg/api/jobs/{some}").json()["data"]["jobName"] == found[some]


def test_pages_by_offset_want_a_key(site: Site) -> None:
    found: dict[str, str] = {}
    for offset in (0, 12, 24):
        result = get(site, f"/sg/api/jobs?offset={offset}&limit=12").json()["result"]
        assert result["count"] == len(listed(site, "sg-json"))
        found |= {row["id"]: row["job"]["name"] for row in result["rows"]}
    assert found == listed(site, "sg-json")
    assert requests.get(f"{site.address}/sg/api/jobs", timeout=10).status_code == 401


def test_pages_by_cursor_want_a_token_and_end_with_null(site: Site) -> None:
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = get(site, f"/dg/api/stream?limit=7&cursor={cursor}").json()
        found += page["items"]
        cursor = page["next"]
        assert page["total"] == len(listed(site, "dg-cursor"))
    assert {item["uuid"]: item["title"] for item in found} == listed(site, "dg-cursor")
    assert [item["changed"] for item in found] == sorted(item["changed"] for item in found)
    assert requests.get(f"{site.address}/dg/api/stream", timeout=10).status_code == 401
    assert get(site, "/dg/api/stream?cursor=...").status_code == 400


def test_gbk_list_pages_lead_to_details(site: Site) -> None:
    found: dict[str, str] = {}
    pages = list(all_pages(site, "/dg/html/list"))
    assert len(pages) == 3
    for url, page in pages:
        for link in page.css(".job a"):
            href = link.attributes["href"] or ""
            assert href.startswith("../html/job/")
            found[urljoin(url, href)] = link.text()
    assert {url.rpartition("/")[2]: title for url, title in found.items()} == listed(site, "dg-html")
    posting = next(p for p in site.world.listed("dg-html") if p.flaw is Flaw.NONE)
    answer = get(site, f"/dg/html/job/{posting.reference}")
    assert answer.headers["Content-Type"] == "text/html; charset=gbk"
    detail = LexborHTMLParser(answer.content.decode("gbk"))
    names, values = ([node.text() for node in detail.css(f"dl.fields {tag}")] for tag in ("dt", "dd"))
    facts = dict(zip(names, values, strict=True))
    assert (facts["薪资待遇"], facts["工作地点"]) == (posting.salary, posting.place)
    for rule, value in {".company": posting.employer, ".duties": posting.duties, "h1.title": posting.title}.items():
        assert [node.text() for node in detail.css(rule)] == [value]


def test_the_sitemap_and_the_listing_lead_to_job_postings(site: Site) -> None:
    tree = ElementTree.fromstring(get(site, "/sg/sitemap.xml").content)
    places = [node.text or "" for node in tree.iter(f"{SITEMAP}loc")]
    pages = [place for place in places if "/sg/job/" in place]
    assert len(pages) == len(places) - 1  # the listing stands among them
    walked = all_pages(site, "/sg/jobs")
    linked = {urljoin(url, link.attributes["href"] or "") for url, page in walked for link in page.css(".job a")}
    assert linked == set(pages)
    found: dict[str, dict[str, Any]] = {}
    for place in pages:
        scripts = LexborHTMLParser(get(site, place).text).css('script[type="application/ld+json"]')
        (data,) = [d for d in map(json.loads, (script.text() for script in scripts)) if d["@type"] == "JobPosting"]
        found[data["identifier"]["value"]] = data
    assert {reference: data["title"] for reference, data in found.items()} == listed(site, "sg-jsonld")
    for posting in site.world.listed("sg-jsonld"):
        data = found[posting.reference]
        assert data["hiringOrganization"]["name"] == posting.employer
        assert ("baseSalary" in data) == bool(posting.salary)
        assert data["validThrough"].startswith(posting.until.isoformat())


@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_both_feeds_lead_to_the_notices(site: Site, format_: str) -> None:
    tree = ElementTree.fromstring(get(site, f"/sg/{format_}.xml").content)
    if format_ == "rss":
        links = [node.findtext("link") or "" for node in tree.iter("item")]
    else:
        links = [node.find(f"{ATOM}link").attrib["href"] for node in tree.iter(f"{ATOM}entry")]  # type: ignore[union-attr]
    found: dict[str, str] = {}
    for link in links:
        page = LexborHTMLParser(get(site, link).text)
        cells = [node.text() for node in page.css("table.notice th, table.notice td")]
        facts = dict(zip(cells[::2], cells[1::2], strict=True))
        found[facts["岗位编号"]] = page.css("h1.title")[0].text()
    assert found == listed(site, "sg-rss")


def test_the_three_files_together_are_the_list_and_so_is_the_latest(site: Site) -> None:
    answer = get(site, "/dg/files/")
    links = [urljoin(answer.url, a.attributes["href"] or "") for a in LexborHTMLParser(answer.text).css("ul.files a")]
    xlsx, xls, text, _ = [get(site, link).content for link in links]
    assert [link.rpartition(".")[2] for link in links[:3]] == ["xlsx", "xls", "csv"]
    tables: list[list[Any]] = [
        list(load_workbook(io.BytesIO(xlsx)).active.values),
        CalamineWorkbook.from_filelike(io.BytesIO(xls)).get_sheet_by_index(0).to_python(),
        list(csv.reader(io.StringIO(text.decode("gbk")))),
    ]
    found = [dict(zip(rows[0], row, strict=True)) for rows in tables for row in rows[1:]]
    assert {row["岗位编号"]: row["岗位名称"] for row in found} == listed(site, "dg-files")
    latest = list(load_workbook(io.BytesIO(get(site, "/dg/files/latest.xlsx").content)).active.values)
    assert len(latest) - 1 == len(found)


def test_every_page_honours_a_conditional_get_and_no_more() -> None:
    with Site(World(seed=2, jobs=25)) as site:
        paths = [route.example for route in ROUTES if route.example]
        first = {path: get(site, path) for path in paths}
        for path, answer in first.items():
            tag, moment = answer.headers["ETag"], answer.headers["Last-Modified"]
            again = get(site, path, **{"If-None-Match": tag})
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
            assert get(site, path, **{"If-Modified-Since": moment}).status_code == 304
            assert get(site, path, **{"If-None-Match": '"other"', "If-Modified-Since": moment}).status_code == 200
        site.world.go_to(4)
        for path, answer in first.items():
            assert get(site, path, **{"If-Modified-Since": answer.headers["Last-Modified"]}).status_code == 200
            later = get(site, path, **{"If-None-Match": answer.headers["ETag"]})
            fixed = path == "/dg/files/"  # its links stay the same, what they lead to does not
            assert later.status_code == (304 if fixed else 200)


def test_robots_are_told_what_a_test_says(site: Site) -> None:
    assert "Disallow: /private/" in get(site, "/robots.txt").text
    before, site.robots = site.robots, "User-agent: *\nDisallow: /\n"
    assert get(site, "/robots.txt").text == site.robots
    site.robots = before


def test_it_remembers_what_it_was_asked(site: Site) -> None:
    site.forget()
    get(site, "/dg/api/jobs?page=2&size=5", **{"User-Agent": "guanshao/1 (+mailto:x@example.org)"})
    get(site, "/nowhere")
    (asked,) = site.asked_for("/dg/api/jobs")
    assert asked.query == {"page": "2", "size": "5"}
    assert asked.headers["user-agent"] == "guanshao/1 (+mailto:x@example.org)"
    assert [(asked.path, asked.status) for asked in site.asked] == [("/dg/api/jobs", 200), ("/nowhere", 404)]
    assert site.asked[0].moment <= site.asked[1].moment


def test_a_door_is_another_host_with_the_same_pages(site: Site) -> None:
    door = site.door("sg-rss")
    assert site.door("sg-rss") == door != site.address
    links = [
        node.findtext("link") or ""
        for node in ElementTree.fromstring(get(site, f"{door}/sg/rss.xml").content).iter("item")
    ]
    assert links
    assert all(link.startswith(f"{door}/sg/notice/") for link in links)
    assert get(site, links[0]).status_code == 200


@pytest.mark.parametrize("query", ["page=0", "page=x", "size=0"])
def test_a_page_that_cannot_be_is_refused(site: Site, query: str) -> None:
    assert get(site, f"/dg/api/jobs?{query}").status_code == 400


def test_the_front_page_names_every_address_and_brings_the_next_day() -> None:
    with Site(World(seed=2, jobs=5)) as site:
        page = LexborHTMLParser(get(site, "/").text)
        for link in page.css("td a"):
            assert get(site, link.attributes["href"] or "").status_code == 200
        assert len(page.css("td a")) == len([route for route in ROUTES if route.example])
        requests.post(f"{site.address}/tomorrow", timeout=10)
        assert (site.world.today - site.world.start).days == 1
        assert get(site, "/tomorrow").status_code == 404  # a crawler does not move the days
