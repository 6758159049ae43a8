"""schema.org JobPosting: found through sitemaps and lists, in whatever shape sites write it."""

import gzip
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from config.errors import ConfigurationError
from config.sources import AdapterKind
from ingest.adapters import check_sources
from ingest.adapters.job_ld import read_posting
from ingest.fields import Field
from tests.unit.pages_site import Puller
from tests.unit.scripted_site import Answer

SITE = Puller(AdapterKind.JOB_POSTING, "/sitemap.xml")
POSTING: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "普工",
    "identifier": {"@type": "PropertyValue", "name": "某站", "value": 17},
    "hiringOrganization": {"@type": "Organization", "name": "华盛电子", "taxID": "91441900MA4X1234XX"},
    "jobLocation": {
        "@type": "Place",
        "address": {"addressRegion": "广东省", "addressLocality": "东莞市长安镇", "streetAddress": "振安路1号"},
    },
    "baseSalary": {"currency": "CNY", "value": {"minValue": 5000, "maxValue": 6000.0, "unitText": "MONTH"}},
    "totalJobOpenings": 8,
    "employmentType": ["FULL_TIME"],
    "description": "&lt;p&gt;一、组装&lt;/p&gt;&lt;p&gt;二、包装&lt;/p&gt;",
    "datePosted": "2026-11-20",
    "validThrough": "2026-12-31T23:59:59+08:00",
}


def sitemap(*entries: str) -> str:
    listed = "".join(f"<url><loc>{{site}}{entry}</loc></url>" for entry in entries)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'


def page(document: Any) -> str:
    text = json.dumps(document, ensure_ascii=False)
    return (
        '<html><script type="application/ld+json">{broken</script>'
        f'<script type="application/ld+json">{text}</script><h1>x</h1></html>'
    )


def test_a_sitemap_leads_to_postings() -> None:
    pulled = SITE.pull({"/sitemap.xml": sitemap("/about", "/job/1"), "/job/1": page(POSTING)}, address_pattern="/job/")
    [row] = pulled.rows
    assert {str(name): text for name, text in row.cells.items() if name != Field.URL} == {
        "title": "普工",
        "reference": "17",
        "employer": "华盛电子",
        "division": "广东省东莞市长安镇",
        "address": "振安路1号",
        "salary": "5000-6000元/月",
        "openings": "8",
        "employment_type": "全职",
        "duties": "一、组装\n二、包装",
        "published": "2026-11-20",
        "validity": "2026-12-31T23:59:59+08:00",
    }
    assert row.cells[Field.URL].endswith("/job/1")
    assert "/about" not in pulled.asked


def test_an_index_of_packed_sitemaps_is_followed() -> None:
    index = "<sitemapindex><sitemap><loc>{site}/a.xml.gz</loc></sitemap></sitemapindex>"
    packed = Answer(gzip.compress(b"<urlset><url><loc>/job/1</loc></url></urlset>"))
    pulled = SITE.pull({"/sitemap.xml": index, "/a.xml.gz": packed, "/job/1": page(POSTING)})
    assert pulled.column(Field.TITLE) == ["普工"]


def test_a_list_of_links_leads_to_postings() -> None:
    pages = {
        "/sitemap.xml": '<a class=j href="/job/1">x</a><a href="/2">下一页</a>',
        "/2": '<a class=j href="/job/2">y</a>',
        "/job/1": page(POSTING),
        "/job/2": page({**POSTING, "title": "焊工"}),
    }
    assert SITE.pull(pages, found_through="links", links="a.j").column(Field.TITLE) == ["普工", "焊工"]


@pytest.mark.parametrize(
    "document",
    [
        [{"@type": "BreadcrumbList"}, POSTING],
        {"@graph": [{"@type": "WebPage", "mainEntity": POSTING}]},
        {**POSTING, "@type": ["JobPosting", "Thing"]},
        {**POSTING, "@type": "https://schema.org/JobPosting"},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": POSTING}]},
    ],
)
def test_a_posting_is_found_wherever_it_is_nested(document: Any) -> None:
    assert SITE.pull({"/sitemap.xml": sitemap("/1"), "/1": page(document)}).column(Field.TITLE) == ["普工"]


def test_a_page_may_hold_several_postings() -> None:
    two = [POSTING, {**POSTING, "title": "焊工"}]
    assert SITE.pull({"/sitemap.xml": sitemap("/1"), "/1": page(two)}).column(Field.TITLE) == ["普工", "焊工"]


def test_a_mapping_names_further_properties_and_goes_over_ours() -> None:
    site = Puller(
        AdapterKind.JOB_POSTING, "/sitemap.xml", mapping={"hiringOrganization.taxID": "uscc", "headline": "title"}
    )
    pulled = site.pull({"/sitemap.xml": sitemap("/1"), "/1": page({**POSTING, "headline": "电子厂普工"})})
    assert pulled.column(Field.USCC) == ["91441900MA4X1234XX"]
    assert pulled.column(Field.TITLE) == ["电子厂普工"]


def test_what_has_not_changed_since_is_left_out_and_nothing_is_said_to_be_whole() -> None:
    entries = "".join(
        f"<url><loc>{{site}}/{n}</loc><lastmod>{day}</lastmod></url>"
        for n, day in ((1, "2026-11-01"), (2, "2026-11-24T08:00:00+08:00"), (3, ""))
    )
    pages = {"/sitemap.xml": f"<urlset>{entries}</urlset>", **{f"/{n}": page(POSTING) for n in (1, 2, 3)}}
    since = datetime(2026, 11, 24, 12, tzinfo=UTC)
    pulled = SITE.pull(pages, since)
    assert (pulled.asked, pulled.whole) == (["/sitemap.xml", "/2", "/3"], False)
    full = Puller(AdapterKind.JOB_POSTING, "/sitemap.xml", full_list=True).pull(pages, since)
    assert (len(full.items), full.whole) == (3, True)


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("pull.unreadable", "<urlset><url><loc>{site}/1</loc></url>"),
        ("pull.unreadable", '<!DOCTYPE a [<!ENTITY b "c">]><urlset><url><loc>/1</loc></url></urlset>'),
        ("pull.unreadable", Answer(gzip.compress(b"<urlset/>" * 100)[:-9])),
        ("pull.error_page", "<!DOCTYPE html><html><title>系统维护中</title></html>"),
        ("pull.changed_layout", "<rss/>"),
        ("pull.changed_layout", sitemap("/news/2")),
    ],
)
def test_a_sitemap_that_is_none_ends_the_pull(code: str, answer: Any) -> None:
    assert SITE.fault({"/sitemap.xml": answer, "/1": page(POSTING)}, address_pattern="/1$").code == code


def test_pages_without_a_posting_are_a_changed_layout() -> None:
    pages = {"/sitemap.xml": sitemap("/1", "/2"), "/1": "<title>岗位</title>", "/2": "<title>岗位</title>"}
    assert SITE.fault(pages).code == "pull.changed_layout"


@pytest.mark.parametrize(
    ("pay", "text"),
    [
        ({"value": {"minValue": 20, "maxValue": 20, "unitText": "HOUR"}}, "20元/小时"),
        ({"currency": "CNY", "value": {"value": "210", "unitText": "day"}}, "210元/天"),
        ({"value": {"minValue": 5000, "unitText": "MONTH"}}, "5000元以上/月"),
        ({"value": {"maxValue": 90000, "unitText": "YEAR"}}, "90000元以下/年"),
        ({"minValue": 5000, "maxValue": 6000, "unitText": "MONTH"}, "5000-6000元/月"),
        ({"currency": "USD", "value": {"value": 900, "unitText": "MONTH"}}, "900USD/月"),
        ({"value": 5000}, "5000元"),
        ([{"value": {"value": 5000, "unitText": "MONTH"}}], "5000元/月"),
        ("5000-6000", "5000-6000"),
        ({"value": {"value": "面议"}}, "面议"),
        ({"value": {}}, None),
        (None, None),
    ],
)
def test_pay_is_written_as_people_write_it(pay: Any, text: str | None) -> None:
    assert read_posting({"baseSalary": pay}).get("salary") == text


@pytest.mark.parametrize(
    ("name", "value", "field", "text"),
    [
        ("educationRequirements", {"credentialCategory": "bachelor degree"}, "education", "本科"),
        ("educationRequirements", [{"credentialCategory": "大专"}], "education", "大专"),
        ("experienceRequirements", {"monthsOfExperience": 36}, "experience", "3年"),
        ("experienceRequirements", "no requirements", "experience", "不限"),
        ("jobLocation", [{"address": "东莞市长安镇"}], "division", "东莞市长安镇"),
        ("jobLocation", {"address": {"streetAddress": "长安镇振安路"}}, "division", "长安镇振安路"),
        ("hiringOrganization", "华盛电子", "employer", "华盛电子"),
        ("identifier", "A-17", "reference", "A-17"),
        ("jobBenefits", ["包吃", "包住"], "benefits", "包吃、包住"),
        ("applicationContact", {"telephone": "0769-1"}, "phone", "0769-1"),
    ],
)
def test_properties_are_taken_in_the_shapes_that_sites_give_them(name: str, value: Any, field: str, text: str) -> None:
    assert read_posting({name: value}) == {field: text}


def test_links_need_their_selector() -> None:
    with pytest.raises(ConfigurationError, match=r"options\.links"):
        check_sources([SITE.source(found_through="links")])
    with pytest.raises(ConfigurationError, match=r"options\.found_through.*sitemap, links"):
        check_sources([SITE.source(found_through="google")])
