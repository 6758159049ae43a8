"""The demonstration site: two feeds over real HTTP, pulled with the sources that ship."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import requests

from config.errors import ConfigurationError
from config.packaged import read_packaged
from config.sources import Source, parse_sources
from ingest.adapters import adapter_of
from ingest.http import HttpClient
from ingest.sample import DemonstrationSite
from ingest.sample.rows import listed

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def site() -> Iterator[DemonstrationSite]:
    with DemonstrationSite(0, TODAY) as site:
        yield site


@pytest.fixture(scope="module")
def sources(site: DemonstrationSite) -> dict[str, Source]:
    shipped = parse_sources(read_packaged("sources.toml"), "sources.toml")
    return {key: source.with_port(site.port) for key, source in shipped.items()}


@pytest.mark.parametrize("feed", ["dg-feed", "sg-feed"])
def test_the_shipped_source_pulls_the_whole_feed(sources: dict[str, Source], feed: str) -> None:
    with HttpClient("test") as client:
        pages = list(adapter_of(sources[feed]).pull(sources[feed], client))
    items = [item for page in pages for item in page.items]
    assert len(pages) > 1
    assert len(items) == len(listed(feed, TODAY)) == pages[0].complete_total


@pytest.mark.parametrize("feed", ["dg-feed", "sg-feed"])
def test_every_key_of_the_mapping_is_in_every_item(sources: dict[str, Source], feed: str) -> None:
    with HttpClient("test") as client:
        items = [item for page in adapter_of(sources[feed]).pull(sources[feed], client) for item in page.items]
    for item in items:
        for path in sources[feed].mapping:
            value = item
            for step in path.split("."):
                value = value[step]


def test_references_stay_the_same_tomorrow() -> None:
    later = date(2026, 12, 24)
    for feed in ("dg-feed", "sg-feed"):
        assert [v.reference for v in listed(feed, TODAY)] == [v.reference for v in listed(feed, later)]


def test_dongguan_speaks_the_provincial_codes(site: DemonstrationSite) -> None:
    answer = requests.get(f"{site.address}/dongguan/jobs", {"page": "2", "size": "3"}, timeout=5).json()
    assert (answer["code"], answer["data"]["page"], len(answer["data"]["list"])) == (0, 2, 3)
    assert {"aca112", "aab004", "acb202", "acb240"} <= set(answer["data"]["list"][0])


def test_a_page_beyond_the_end_is_empty(site: DemonstrationSite) -> None:
    answer = requests.get(f"{site.address}/shaoguan/api/postings", {"offset": "9999"}, timeout=5).json()
    assert answer["result"]["rows"] == []
    assert answer["result"]["count"] > 0


@pytest.mark.parametrize("query", ["page=0", "page=x", "size=0"])
def test_a_wrong_page_is_a_400(site: DemonstrationSite, query: str) -> None:
    assert requests.get(f"{site.address}/dongguan/jobs?{query}", timeout=5).status_code == 400


def test_the_pages_for_people_say_what_they_are(site: DemonstrationSite) -> None:
    index = requests.get(f"{site.address}/", timeout=5)
    assert "演示数据" in index.text
    item = requests.get(f"{site.address}/shaoguan/api/postings?limit=1", timeout=5).json()["result"]["rows"][0]
    page = requests.get(item["link"], timeout=5)
    assert page.status_code == 200
    assert "演示数据" in page.text
    assert re.search(f"<h1>{re.escape(item['job']['name'])}</h1>", page.text)
    assert requests.get(f"{site.address}/dongguan/jobs/none", timeout=5).status_code == 404
    assert requests.get(f"{site.address}/elsewhere", timeout=5).status_code == 404


def test_a_port_that_is_taken_is_named(site: DemonstrationSite) -> None:
    with pytest.raises(ConfigurationError, match=rf"demonstration_port.*{site.port}"):
        DemonstrationSite(site.port, TODAY)
