"""For machines that look for postings: sitemap, robots, feed. Well-formed whatever a title holds; no contacts."""

from typing import Any
from xml.etree import ElementTree as XML

from tests.web.living_exchange import PHONE, take_rows

SITEMAP, ATOM = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/2005/Atom}"
ODD_ROW = ("D91", "普工 <急> & “好”", "东莞市石龙试样厂", "石龙镇", "5000-6000", "2", *[""] * 5, "<b>新</b>", "")


def test_the_sitemap_lists_every_open_posting(living: Any) -> None:
    root = XML.fromstring(living.response("/sitemap.xml").data)
    addresses = [node.text or "" for node in root.iter(f"{SITEMAP}loc")]
    assert len([a for a in addresses if "/postings/" in a]) == living.api("/postings")["total"]
    assert all(address.startswith("http://localhost/") for address in addresses)


def test_a_long_sitemap_is_cut_into_parts(living: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("exchange.views.discovery.URLS_A_FILE", 4)
    root = XML.fromstring(living.response("/sitemap.xml").data)
    assert root.tag == f"{SITEMAP}sitemapindex"
    parts = [node.text or "" for node in root.iter(f"{SITEMAP}loc")]
    found = [
        node.text
        for part in parts
        for node in XML.fromstring(living.response(part).data).iter(f"{SITEMAP}loc")
        if "/postings/" in (node.text or "")
    ]
    assert len(found) == len(set(found)) == living.api("/postings")["total"]


def test_a_demonstration_is_kept_from_search_engines_and_a_real_store_is_not(living: Any, real: Any) -> None:
    assert "Disallow: /\n" in living.response("/robots.txt").text
    robots = real.response("/robots.txt").text
    assert "Disallow: /\n" not in robots
    assert "Disallow: /api/" in robots
    assert "Sitemap: http://localhost/sitemap.xml" in robots


def test_the_feed_takes_the_parameters_of_the_search(living: Any) -> None:
    root = XML.fromstring(living.response("/feed.atom?q=普工&direction=sg-dg").data)
    titles = [node.text for node in root.iterfind(f"{ATOM}entry/{ATOM}title")]
    assert titles == ["普工 · 翁源县试样纸业有限公司"]
    assert "演示数据" in (root.findtext(f"{ATOM}title") or "")
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "翁源县人力资源和社会保障局"
    assert "来源：韶关市人社部门报送" in (entry.findtext(f"{ATOM}summary") or "")
    assert {entry.findtext(f"{ATOM}{tag}") is not None for tag in ("id", "updated", "published")} == {True}


def test_the_feed_holds_no_contact(living: Any) -> None:
    assert PHONE not in living.response("/feed.atom?page_size=100").text


def test_an_odd_title_breaks_neither_page_nor_feed(own: Any, tmp_path: Any) -> None:
    take_rows(own.exchange, tmp_path, (ODD_ROW,), "dg-upload", "441900102")
    posting = next(p for p in own.api("/postings?page_size=100")["items"] if "急" in p["title"])
    XML.fromstring(own.response("/feed.atom?page_size=100").data)
    page = own.pages.get(f"/postings/{posting['id']}")
    assert page.one("h1").text() == posting["title"]
    assert not page.all(".description b")
