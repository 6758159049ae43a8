"""For machines that look for postings: /sitemap.xml, /robots.txt, /feed.atom with the parameters of the search.

In: the store and the search. Out: XML built by ElementTree, so that no title can break it. Contacts are in none.
"""

from datetime import datetime, time
from xml.etree import ElementTree as XML

from flask import Blueprint, Response, request, url_for

from config.divisions import division
from config.words import Direction, label
from exchange.clock import LOCAL, iso
from exchange.store.overview import listed_postings
from exchange.store.reading import PostingView, count_open
from exchange.views.current import current_exchange, demonstration, session, today
from exchange.views.formats import openings, pay
from exchange.views.links import SearchLink
from exchange.views.search import asked_search
from exchange.views.searching import find

blueprint = Blueprint("discovery", __name__)
URLS_A_FILE = 40_000  # the protocol of sitemaps allows 50,000
_SECTIONS = (
    "search.home", "search.postings", "fairs.listing", "targets.targets", "activities.listing", "policies.listing",
)  # fmt: skip
_SITEMAP, _ATOM = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/2005/Atom"
_ROBOTS = "User-agent: *\nDisallow: /api/\nDisallow: /bureau/\nDisallow: /metrics\nDisallow: /healthz\n"


@blueprint.get("/robots.txt")
def robots() -> Response:
    if demonstration():  # invented postings must not be found by anyone
        return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")
    return Response(f"{_ROBOTS}Sitemap: {url_for('discovery.sitemap', _external=True)}\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """One list of pages, or a list of such lists once there are too many for one."""
    part = request.args.get("part", type=int)
    parts = -(-count_open(session(), today()) // URLS_A_FILE)
    if part is None and parts > 1:
        root = XML.Element("sitemapindex", xmlns=_SITEMAP)
        for number in range(1, parts + 1):
            _add(XML.SubElement(root, "sitemap"), "loc", url_for("discovery.sitemap", part=number, _external=True))
        return _xml(root, "application/xml")
    root = XML.Element("urlset", xmlns=_SITEMAP)
    if part in {None, 1}:
        for endpoint in _SECTIONS:
            _add(XML.SubElement(root, "url"), "loc", url_for(endpoint, _external=True))
    for id, confirmed in listed_postings(session(), today(), URLS_A_FILE * (max(part or 1, 1) - 1), URLS_A_FILE):
        page = XML.SubElement(root, "url")
        _add(page, "loc", url_for("posting.show", posting_id=id, _external=True))
        _add(page, "lastmod", confirmed.isoformat())
    return _xml(root, "application/xml")


@blueprint.get("/feed.atom")
def feed() -> Response:
    asked = asked_search()
    found = find(asked)
    here = url_for("discovery.feed", _external=True).removesuffix("/feed.atom")
    root = XML.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _add(root, "id", here + SearchLink(asked, "discovery.feed").here())
    invented = "（演示数据）" if demonstration() else ""
    _add(root, "title", f"莞韶岗位互通：{asked.q or '岗位'}{invented}")
    XML.SubElement(root, "link", rel="self", href=here + SearchLink(asked, "discovery.feed").here())
    XML.SubElement(root, "link", rel="alternate", type="text/html", href=here + SearchLink(asked).here())
    moments = [item.view.posting.published_at for item in found.items if item.view.posting.published_at]
    _add(root, "updated", iso(max(moments, default=current_exchange().store.clock())))
    for item in found.items:
        _entry(root, item.view)
    return _xml(root, "application/atom+xml")


def _entry(feed: XML.Element, view: PostingView) -> None:
    content, offer = view.content, view.offers[0]
    workplace = division(content.division)
    address = url_for("posting.show", posting_id=view.id, _external=True)
    published = view.posting.published_at or datetime.combine(offer.started_on, time(), LOCAL)
    entry = XML.SubElement(feed, "entry")
    _add(entry, "id", address)
    _add(entry, "title", f"{content.title} · {content.employer}")
    XML.SubElement(entry, "link", rel="alternate", type="text/html", href=address)
    if offer.url:
        XML.SubElement(entry, "link", rel="via", href=offer.url)
    _add(entry, "published", iso(published))
    _add(entry, "updated", iso(max(published, datetime.combine(view.posting.last_confirmed_on, time(), LOCAL))))
    _add(XML.SubElement(entry, "author"), "name", offer.organisation_name)
    XML.SubElement(entry, "category", term=workplace.direction, label=label(Direction(workplace.direction)))
    facts = (pay(content.salary), workplace.name, openings(content), *content.benefits, f"来源：{offer.source_name}")
    _add(entry, "summary", " · ".join(facts))


def _add(parent: XML.Element, tag: str, text: str) -> None:
    XML.SubElement(parent, tag).text = "".join(c for c in text if c >= " " or c in "\t\n\r")


def _xml(root: XML.Element, kind: str) -> Response:
    return Response(XML.tostring(root, encoding="utf-8", xml_declaration=True), content_type=f"{kind}; charset=utf-8")
