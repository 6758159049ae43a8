"""RSS 2.0 and Atom: entries, with or without a page for each.

In: `FeedOptions`. Out: one item for each entry: what the entry says (its elements by their names without namespace),
and what its page or its content says at the configured selectors. A feed shows the newest only: it is no full list
unless its owner says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from config.sources import Source
from ingest.adapters.contract import Adapter, Item, Listing, PullCode, PullFault, Reference, Site
from ingest.adapters.feed_entries import Entry, next_page, read_entries, unknown_parts
from ingest.adapters.html_pages import read_page
from ingest.adapters.markup import local_name, read_xml
from ingest.adapters.options import OptionFault, Options
from ingest.adapters.page_fields import FieldOptions, check_fields, mapping_of, parse, read_fields, read_pairs
from ingest.fields import Field

_OWN = (Field.REFERENCE, Field.TITLE, Field.URL, Field.PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOptions(Options, FieldOptions):
    details: bool = True  # False: `fields` and `pairs` are read in the entry's own content


class Feed(Adapter[FeedOptions]):
    needs = FeedOptions

    def check(self, source: Source, options: FeedOptions) -> None:
        check_fields(options.fields, "fields")
        if options.details and not (options.fields or options.pairs):
            raise OptionFault("details", "没有写要读什么 (nothing to read): 填写 fields 或 pairs, 或 details = false")

    def own_mapping(self, options: FeedOptions) -> dict[str, Field]:
        return mapping_of(*_OWN, *options.fields)

    def list_since(self, site: Site[FeedOptions], since: datetime | None) -> Iterator[Listing]:
        address, visited = site.source.address, set[str]()
        while address:
            visited.add(address)
            answer = site.get(address) if len(visited) == 1 else site.visit(address)
            root = read_xml(site, answer)
            if local_name(root) not in {"rss", "feed", "rdf"}:
                raise PullFault(
                    PullCode.CHANGED_LAYOUT,
                    f"“{site.source.name}”的 {address} 不是 RSS 或 Atom（最外层是 {local_name(root)}），请核对地址。",
                )
            found = read_entries(root, answer.url)
            if not found and (strange := unknown_parts(root)):
                raise PullFault(
                    PullCode.CHANGED_LAYOUT,
                    f"“{site.source.name}”的 {address} 里没有 item 或 entry，只有 {'、'.join(strange)}，格式可能改了。",
                )
            entries = [entry for entry in found if entry.is_since(since)]
            following = next_page(root, answer.url)
            address = following if following not in visited else ""
            yield Listing([_reference(entry, site.options) for entry in entries], bool(address))

    def fetch(self, site: Site[FeedOptions], reference: Reference) -> list[Item]:
        facts, options = dict(reference.facts), site.options
        content = facts.pop("content", "")
        if reference.address:
            return [{**facts, **read_page(site, reference.address, options)}]
        tree = parse(content)
        return [{**facts, **read_pairs(tree, options.pairs or "body"), **read_fields(tree, options.fields)}]


def _reference(entry: Entry, options: FeedOptions) -> Reference:
    own = {
        Field.REFERENCE: entry.id or entry.address,
        Field.TITLE: entry.title,
        Field.URL: entry.address,
        Field.PUBLISHED: entry.published,
    }
    facts = {str(name): text for name, text in own.items() if text}
    facts = {**entry.further, **facts, "content": entry.content}
    return Reference(entry.id or entry.address, entry.address if options.details else "", facts)
