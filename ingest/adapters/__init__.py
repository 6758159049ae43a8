"""Adapters (适配器): one class per kind of source.

In: a source. Out: `adapter_of(source)`, and `check_sources` for the start-up check. A new kind needs a class
with `pull` and `check`, a line in ADAPTERS and a member of `config.sources.AdapterKind`.
"""

from collections.abc import Iterable

from config.errors import ConfigurationError
from config.sources import AdapterKind, Source
from ingest.adapters.contract import Adapter, Page, PullFault
from ingest.adapters.exchange_feed import ExchangeFeed, feed_options
from ingest.adapters.json_pages import JsonPages
from ingest.adapters.upload import Upload
from ingest.fields import Field

ADAPTERS: dict[AdapterKind, Adapter] = {
    AdapterKind.FILE: Upload(),
    AdapterKind.JSON_PAGES: JsonPages(),
    AdapterKind.EXCHANGE: ExchangeFeed(),
}

__all__ = ["ADAPTERS", "Adapter", "Page", "PullFault", "adapter_of", "check_sources", "field_mapping", "origin_of"]


def adapter_of(source: Source) -> Adapter:
    return ADAPTERS[source.adapter]


def field_mapping(source: Source) -> dict[str, Field]:
    """Their dotted key -> our field. ConfigurationError when a field is none of ours."""
    mapping: dict[str, Field] = {}
    for theirs, ours in source.mapping.items():
        try:
            mapping[theirs] = Field(ours)
        except ValueError:
            known = ", ".join(Field)
            raise ConfigurationError(
                f"sources.toml: {source.id}: mapping.{theirs}: 没有字段 (no field) {ours!r}，可用 (known): {known}"
            ) from None
    return mapping


def origin_of(source: Source) -> str:
    """The exchange where everything of this source was born; "" when it reaches the two cities here."""
    return feed_options(source).exchange if source.adapter is AdapterKind.EXCHANGE else ""


def check_sources(sources: Iterable[Source]) -> None:
    """What config.sources cannot know: options and field names. Raises ConfigurationError."""
    for source in sources:
        adapter_of(source).check(source)
        field_mapping(source)
