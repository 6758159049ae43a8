"""Sitemaps (sitemaps.org): what pages a site has. Indexes of sitemaps and gzip included.

In: a `Site` whose address is a sitemap. Out: its entries.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

from ingest.adapters.contract import PullCode, PullFault, Site
from ingest.adapters.markup import local_name, read_xml, text_of
from ingest.adapters.moments import read_moment
from ingest.adapters.site import join_address
from ingest.http import Answer


@dataclass(frozen=True, slots=True)
class Entry:
    address: str
    changed: datetime | None

    def is_since(self, moment: datetime | None) -> bool:
        return moment is None or self.changed is None or self.changed >= moment


def read_sitemap(site: Site[Any]) -> list[Entry]:
    """Every page once, in their order. An index inside an index is not followed: the protocol knows none."""
    answer = site.get(site.source.address)
    root = read_xml(site, answer)
    if local_name(root) != "sitemapindex":
        return list(_entries(site, answer, root))
    maps = list(_listed(answer, root))
    if len(maps) > site.options.page_limit:
        raise PullFault(
            PullCode.PAGE_LIMIT, f"“{site.source.name}”的网站地图超过 {site.options.page_limit} 份，已停止。"
        )
    found: dict[str, Entry] = {}
    for one in maps:
        answer = site.visit(one.address)
        found |= {entry.address: entry for entry in _entries(site, answer, read_xml(site, answer))}
    return list(found.values())


def _entries(site: Site[Any], answer: Answer, root: Element) -> Iterator[Entry]:
    if local_name(root) != "urlset":
        raise PullFault(
            PullCode.CHANGED_LAYOUT,
            f"“{site.source.name}”的 {answer.url} 不是网站地图（最外层是 {local_name(root)}），请核对地址。",
        )
    yield from _listed(answer, root)


def _listed(answer: Answer, root: Element) -> Iterator[Entry]:
    for element in root:
        parts = {local_name(part): text_of(part) for part in element}
        address, changed = join_address(answer.url, parts.get("loc")), read_moment(parts.get("lastmod", ""))
        if address:
            yield Entry(address, changed)
