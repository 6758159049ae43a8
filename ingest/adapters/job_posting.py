"""Pages that carry schema.org JobPosting as JSON-LD, found through a sitemap or a list of links.

In: `JobPostingOptions`. Out: one item for each JobPosting of a page, under our fields' names (job_ld.py); a source's
mapping may name further properties, dotted ("hiringOrganization.taxID" = "uscc").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from config.sources import Source
from ingest.adapters.contract import Adapter, Item, Listing, PullCode, PullFault, Reference, Site
from ingest.adapters.job_ld import FIELDS, find_postings, read_posting
from ingest.adapters.link_lists import LinkOptions, pages_of_links
from ingest.adapters.options import OptionFault, Pattern
from ingest.adapters.sitemap import read_sitemap
from ingest.adapters.strange_pages import code_of, page_title
from ingest.fields import Field
from ingest.table.paths import ABSENT, value_at

_AT_ONCE = 100  # addresses of a sitemap that make one page


class FoundThrough(StrEnum):
    SITEMAP = "sitemap"
    LINKS = "links"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPostingOptions(LinkOptions):
    found_through: FoundThrough = FoundThrough.SITEMAP
    address_pattern: Pattern = ""  # which addresses are postings; "" is all of them


class JobPosting(Adapter[JobPostingOptions]):
    needs = JobPostingOptions

    def check(self, source: Source, options: JobPostingOptions) -> None:
        if options.found_through is FoundThrough.LINKS and not options.links:
            raise OptionFault("links", '必须填写列表里每个岗位的选择器 (selector of each posting), 如 ".job a"')

    def own_mapping(self, options: JobPostingOptions) -> dict[str, Field]:
        return {str(field): field for field in FIELDS}

    def list_since(self, site: Site[JobPostingOptions], since: datetime | None) -> Iterator[Listing]:
        if site.options.found_through is FoundThrough.LINKS:
            for page in pages_of_links(cast(Site[LinkOptions], site)):
                yield Listing(_references(site, [address for address, _ in page.links]), page.more, page.total)
            return
        entries = read_sitemap(site)
        if entries and not _references(site, [entry.address for entry in entries]):
            raise PullFault(
                PullCode.CHANGED_LAYOUT,
                f"“{site.source.name}”的网站地图里没有符合 {site.options.address_pattern} 的地址，"
                "岗位可能都撤了，也可能网站改版了；请打开查看，核对 options.address_pattern。",
            )
        references = _references(site, [entry.address for entry in entries if entry.is_since(since)])
        for start in range(0, max(1, len(references)), _AT_ONCE):
            yield Listing(references[start : start + _AT_ONCE], more=False)

    def fetch(self, site: Site[JobPostingOptions], reference: Reference) -> list[Item]:
        tree = site.tree(site.visit(reference.address))
        found = find_postings(tree)
        if not found:
            raise PullFault(
                code_of(tree),
                f"{reference.address} 上没有 JobPosting 数据{page_title(tree)}：页面可能改版、出错或要求登录验证。",
            )
        return [_item(site.source, posting, reference.address) for posting in found]


def _references(site: Site[JobPostingOptions], addresses: list[str]) -> list[Reference]:
    pattern = re.compile(site.options.address_pattern)
    return [Reference(address, address) for address in addresses if address and pattern.search(address)]


def _item(source: Source, posting: dict[str, object], address: str) -> Item:
    further = {path: value for path in source.mapping if (value := value_at(posting, path)) is not ABSENT}
    return {Field.URL: address, Field.REFERENCE: address, **read_posting(posting), **further}
