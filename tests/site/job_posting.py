"""Shaoguan's modern site: pages with schema.org JobPosting as JSON-LD, found by sitemap or listing (sg-jsonld).

In: a visit and the postings of the channel today. Out: /sg/sitemap.xml, /sg/jobs?page=N, /sg/job/<id>. Properties are
those of https://schema.org/JobPosting; a breadcrumb in JSON-LD stands beside it, as it does on real pages.
"""

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from tests.site.answers import Answer, Visit, html, whole, xml
from tests.site.postings import Posting

PAGE_SIZE = 20
_TYPES = {"全职": "FULL_TIME", "兼职": "PART_TIME", "实习": "INTERN", "临时": "TEMPORARY"}


def sitemap(visit: Visit, postings: Sequence[Posting]) -> Answer:
    pages = "\n".join(
        f"<url><loc>{visit.base}/sg/job/{posting.reference}</loc><lastmod>{posting.changed}</lastmod></url>"
        for posting in postings
    )
    return xml(
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"<url><loc>{visit.base}/sg/jobs</loc></url>\n{pages}\n</urlset>\n"
    )


def listing(visit: Visit, postings: Sequence[Posting]) -> Answer:
    page = whole(visit.query, "page", 1, 1)
    part = postings[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    rows = "\n".join(
        f'<li class="job"><a href="/{_inside(visit)}sg/job/{posting.reference}">{escape(posting.title)}</a></li>'
        for posting in part
    )
    more = f'<a rel="next" href="?page={page + 1}">下一页</a>' if page * PAGE_SIZE < len(postings) else ""
    return html(_frame("全部岗位", f"<ul>\n{rows}\n</ul>\n{more}"))


def _inside(visit: Visit) -> str:
    """The fault prefix, for links that begin at the root: fault/cut/."""
    prefix = visit.base.split("/", 3)[3:]
    return f"{prefix[0]}/" if prefix else ""


def job_page(visit: Visit, postings: Sequence[Posting]) -> Answer:
    found = next((posting for posting in postings if posting.reference == visit.match[0]), None)
    if found is None:
        return html(_frame("没有这个岗位", "<p>该岗位已下线。</p>"), status=404)
    breadcrumb = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": []}
    body = _script(breadcrumb) + _script(posting_data(found, f"{visit.base}/sg/job/{found.reference}"))
    return html(_frame(found.title, f"{body}<h1>{escape(found.title)}</h1>\n<p>{escape(found.duties)}</p>"))


def posting_data(posting: Posting, address: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": posting.title,
        "description": f"<p>{escape(posting.duties)}</p><p>{escape(posting.requirements)}</p>",
        "identifier": {"@type": "PropertyValue", "name": "韶关求职", "value": posting.reference},
        "hiringOrganization": {"@type": "Organization", "name": posting.employer},
        "industry": posting.industry,
        "jobLocation": {"@type": "Place", "address": _address(posting)},
        "employmentType": _TYPES.get(posting.type, "OTHER"),
        "educationRequirements": posting.education,
        "experienceRequirements": posting.experience,
        "jobBenefits": "、".join(posting.benefits),
        "datePosted": posting.published.isoformat(),
        "validThrough": f"{posting.until}T23:59:59+08:00",
        "url": address,
    }
    if posting.openings is not None:
        data["totalJobOpenings"] = posting.openings or posting.openings_text
    if posting.salary:
        value = {"minValue": posting.pay.low, "maxValue": posting.pay.high, "unitText": "MONTH"}
        data["baseSalary"] = {
            "@type": "MonetaryAmount",
            "currency": "CNY",
            "value": {"@type": "QuantitativeValue", **value},
        }
    return data


def _address(posting: Posting) -> dict[str, str]:
    place = posting.place
    city, locality = (place[:3], place[3:]) if place[:3] in {"东莞市", "韶关市"} else ("", place)
    street = posting.address.removeprefix(place)
    told = {"addressRegion": "广东省", "addressLocality": city + locality, "streetAddress": street}
    return {"@type": "PostalAddress", "addressCountry": "CN", **told}


def _script(data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>\n'


def _frame(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)} · 韶关求职</title></head>\n<body>\n{body}\n</body></html>\n"
    )
