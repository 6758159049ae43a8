"""Job boards as web pages: a list by CSS selector, and a page for each posting.

In: `HtmlOptions`. Out: references by address, and one item for each detail page. Without `fields` and `pairs` there
are no detail pages: the blocks of the list say it all.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from selectolax.lexbor import LexborNode

from config.sources import Source
from ingest.adapters.contract import Adapter, Item, Listing, PullFault, Reference, Site
from ingest.adapters.link_lists import LinkOptions, pages_of_links
from ingest.adapters.options import OptionFault, Pattern
from ingest.adapters.page_fields import FieldOptions, check_fields, mapping_of, parse, read_fields, read_pairs
from ingest.adapters.strange_pages import code_of, page_title
from ingest.fields import Field

LEAST_VALUES = 2  # fewer than so many on a detail page: it is something else


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlOptions(LinkOptions, FieldOptions):
    list_fields: dict[str, str] = field(default_factory=dict)  # as `fields`, read in each block of the list
    reference_pattern: Pattern = ""  # what in the address is the posting's id: its first group

    @property
    def has_details(self) -> bool:
        return bool(self.fields or self.pairs)


class HtmlPages(Adapter[HtmlOptions]):
    needs = HtmlOptions

    def check(self, source: Source, options: HtmlOptions) -> None:
        if not options.links:
            raise OptionFault("links", '必须填写列表里每个岗位的选择器 (selector of each posting), 如 ".job a"')
        if not options.has_details and not options.list_fields:
            raise OptionFault("fields", "没有写要读哪些内容 (nothing to read): 填写 fields、pairs 或 list_fields")
        check_fields(options.fields, "fields")
        check_fields(options.list_fields, "list_fields")

    def own_mapping(self, options: HtmlOptions) -> dict[str, Field]:
        return mapping_of(*options.list_fields, *options.fields, Field.REFERENCE, Field.URL)

    def list_since(self, site: Site[HtmlOptions], since: datetime | None) -> Iterator[Listing]:
        for page in pages_of_links(cast(Site[LinkOptions], site)):
            references = [self._reference(site, address, block) for address, block in page.links]
            yield Listing([each for each in references if each.key], page.more, page.total)

    def fetch(self, site: Site[HtmlOptions], reference: Reference) -> list[Item]:
        if not site.options.has_details:
            return [dict(reference.facts)]
        return [{**reference.facts, **read_page(site, reference.address, site.options)}]

    def _reference(self, site: Site[HtmlOptions], address: str, block: LexborNode) -> Reference:
        options = site.options
        facts = read_fields(block, options.list_fields) if options.list_fields else {}
        facts = {name: " ".join(text.split()) for name, text in facts.items()}
        if not options.has_details:
            key = address or hashlib.sha256(repr(sorted(facts.items())).encode()).hexdigest() if facts else ""
            address = ""
        else:
            key = address
        if key.startswith("http"):
            facts = {Field.URL: key, Field.REFERENCE: reference_of(key, options.reference_pattern), **facts}
        return Reference(key, address, facts)


def reference_of(address: str, pattern: str) -> str:
    """The source's own id of a posting: what the pattern finds in its address, or the whole address."""
    found = re.search(pattern, address) if pattern else None
    if found is None:
        return address
    return found[1] if found.re.groups else found[0]


def read_page(site: Site[Any], address: str, options: FieldOptions) -> dict[str, str]:
    """PullFault where the page does not hold what the selectors expect."""
    tree = parse(site.text(site.visit(address)))
    found = {**read_pairs(tree, options.pairs), **read_fields(tree, options.fields)}
    if len(found) < (LEAST_VALUES if options.pairs else min(LEAST_VALUES, len(options.fields))):
        raise PullFault(
            code_of(tree),
            f"{address} 上找不到岗位内容{page_title(tree)}：页面可能改版、出错或要求登录验证；"
            "请在浏览器里打开，核对 options.fields 和 options.pairs。",
        )
    return found
