"""Adapters (适配器): one small class per kind of source, all driven the same way.

In: a source. Out: `adapter_of(source).pull(source, client)`, its `field_mapping`, and `check_sources` for the start-up
check. A new kind needs a subclass of `contract.Adapter`, a line in ADAPTERS and a member of `AdapterKind`.
"""

from collections.abc import Iterable
from typing import Any

from config.sources import AdapterKind, Source
from ingest.adapters.contract import Adapter, Page, PullCode, PullFault
from ingest.adapters.driving import Driver
from ingest.adapters.exchange_feed import ExchangeFeed, feed_options
from ingest.adapters.feed import Feed
from ingest.adapters.file_links import FileLinks
from ingest.adapters.html_pages import HtmlPages
from ingest.adapters.job_posting import JobPosting
from ingest.adapters.json_pages import JsonPages
from ingest.adapters.upload import Upload
from ingest.fields import Field

ADAPTERS: dict[AdapterKind, Adapter[Any]] = {
    AdapterKind.FILE: Upload(),
    AdapterKind.JSON_PAGES: JsonPages(),
    AdapterKind.FILE_LINKS: FileLinks(),
    AdapterKind.HTML_PAGES: HtmlPages(),
    AdapterKind.JOB_POSTING: JobPosting(),
    AdapterKind.FEED: Feed(),
    AdapterKind.EXCHANGE: ExchangeFeed(),
}

__all__ = [
    "ADAPTERS",
    "Adapter",
    "Driver",
    "Page",
    "PullCode",
    "PullFault",
    "adapter_of",
    "check_sources",
    "field_mapping",
    "origin_of",
]


def adapter_of(source: Source) -> Driver[Any]:
    return Driver(ADAPTERS[source.adapter])


def field_mapping(source: Source) -> dict[str, Field]:
    """Their dotted key -> our field. ConfigurationError when a field is none of ours."""
    return adapter_of(source).mapping(source)


def origin_of(source: Source) -> str:
    """The exchange where everything of this source was born; "" when it reaches the two cities here."""
    return feed_options(source).exchange if source.adapter is AdapterKind.EXCHANGE else ""


def check_sources(sources: Iterable[Source]) -> None:
    """What config.sources cannot know: options and field names. Raises ConfigurationError."""
    for source in sources:
        driver = adapter_of(source)
        driver.check(source)
        driver.mapping(source)
