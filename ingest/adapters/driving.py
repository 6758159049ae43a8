"""The driver: walks one adapter through a source, page by page.

In: a source, an HTTP client and, for sources that are no full list, the moment since which to ask. Out: `Page`s of
items. The pull is whole when the iterator has ended without a fault and every page says `whole`.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Generic

from config.errors import ConfigurationError
from config.sources import Source
from ingest.adapters.contract import Adapter, Item, Listing, Page, PullFault, Site
from ingest.adapters.options import OptionFault, read_options
from ingest.adapters.site import O
from ingest.adapters.walk import Walk
from ingest.fields import Field
from ingest.http import HttpClient, HttpFault

OVERLAP = timedelta(days=1)  # asked for once more: clocks differ, and many sites tell days only


class Driver(Generic[O]):
    def __init__(self, adapter: Adapter[O]) -> None:
        self.adapter = adapter

    def check(self, source: Source) -> O:
        """The options. ConfigurationError when they are not what the adapter understands."""
        options = read_options(source, self.adapter.needs)
        try:
            self.adapter.check(source, options)
        except OptionFault as fault:
            raise ConfigurationError(f"sources.toml: {source.id}: options.{fault.key}: {fault.message}") from None
        return options

    def mapping(self, source: Source) -> dict[str, Field]:
        """Their key -> our field. ConfigurationError when a field is none of ours."""
        theirs: dict[str, Field] = {}
        for key, ours in source.mapping.items():
            try:
                theirs[key] = Field(ours)
            except ValueError:
                known = ", ".join(Field)
                raise ConfigurationError(
                    f"sources.toml: {source.id}: mapping.{key}: 没有字段 (no field) {ours!r}，可用 (known): {known}"
                ) from None
        return self.adapter.mapping(read_options(source, self.adapter.needs), theirs)

    def pull(
        self, source: Source, client: HttpClient, since: datetime | None = None, limit: int | None = None
    ) -> Iterator[Page]:
        """Every page in order. `since` is not asked of a full list: what it leaves out would look gone. With `limit` it
        ends when so many items have come, and is not whole."""
        options = self.check(source)
        since = None if source.full_list or since is None else since - OVERLAP
        site = Site(source, options, client)
        walk = Walk(source, self.mapping(source), page_limit=options.page_limit, lists_once=self.adapter.lists_once)
        brought, whole = 0, since is None and limit is None
        for listing in self._listings(site, since, walk):
            page = self._page(site, walk, listing, whole=whole, limit=None if limit is None else limit - brought)
            if page.items or page.problems or walk.pages == 1:
                yield page
            brought += len(page.items)
            if limit is not None and brought >= limit:
                return
            walk.go_on(listing)
        walk.finish()

    def _listings(self, site: Site[O], since: datetime | None, walk: Walk) -> Iterator[Listing]:
        try:
            yield from self.adapter.list_since(site, since)
        except HttpFault as fault:
            raise PullFault(
                fault.code, f"“{site.source.name}”第 {walk.pages + 1} 页没有取到：{fault.message}"
            ) from fault

    def _page(self, site: Site[O], walk: Walk, listing: Listing, *, whole: bool, limit: int | None) -> Page:
        items: list[Item] = []
        problems = []
        for reference in walk.admit(listing):
            if limit is not None and len(items) >= limit:
                break
            try:
                items += self.adapter.fetch(site, reference)
            except (HttpFault, PullFault) as fault:
                problems.append(walk.fail(reference, fault))
                whole = False
            else:
                walk.succeed()
        walk.look_at(items)
        return Page(walk.pages, items, listing.total, (*problems, *site.take_notes()), whole)
