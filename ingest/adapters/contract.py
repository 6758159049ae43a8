"""The contract of an adapter (适配器): how postings are found and fetched at one kind of source.

In: a `Site`, which is a source, its checked options and the way to reach it. Out: `Listing`s of references, and for
each reference its items as the source words them. Walking, counting, limits and failures are the driver's; nothing
here knows of batches. A new kind: subclass `Adapter`, name it in `ingest.adapters.ADAPTERS` and in `AdapterKind`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Generic

from config.sources import Source
from exchange.content import Problem
from ingest.adapters.faults import PullCode, PullFault
from ingest.adapters.options import Options
from ingest.adapters.site import O, Site
from ingest.fields import Field

__all__ = ["Adapter", "Item", "Listing", "Options", "Page", "PullCode", "PullFault", "Reference", "Site"]

Item = dict[str, Any]  # one posting, keys and values as the source words them


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing that a listing names: a posting, or a file of them."""

    key: str  # tells it from every other one of this source: an address, a digest of its content
    address: str = ""  # where to fetch it; "" where the listing brought it whole
    facts: Mapping[str, Any] = field(default_factory=dict)  # what the listing said of it already


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list."""

    references: Sequence[Reference]
    more: bool  # another page is to follow
    total: int | None = None  # how many items the source says there are in all


@dataclass(frozen=True, slots=True)
class Page:
    """What the driver hands on."""

    number: int  # 1, 2, 3 … whatever the source calls it
    items: list[Item]
    complete_total: int | None  # how many items the source says there are in all
    problems: tuple[Problem, ...] = ()  # details that could not be fetched, pages in another encoding
    whole: bool = True  # False: something is missing or was not asked for, this pull closes nothing


class Adapter(ABC, Generic[O]):
    needs: type[O]  # the dataclass of its options
    lists_once: ClassVar[bool] = False  # an item that comes twice means that the list moved under our hands

    def check(self, source: Source, options: O) -> None:
        """OptionFault where the types and bounds of the options do not say it all."""
        return None

    def own_mapping(self, options: O) -> dict[str, Field]:
        """Keys that it gives to its items itself -> our fields."""
        return {}

    def mapping(self, options: O, theirs: dict[str, Field]) -> dict[str, Field]:
        """What the keys of its items mean; `theirs` is the source's mapping, which goes over ours."""
        own = self.own_mapping(options)
        return {key: field for key, field in own.items() if field not in theirs.values()} | theirs

    @abstractmethod
    def list_since(self, site: Site[O], since: datetime | None) -> Iterator[Listing]:
        """Page after page of references. `since` may leave out what has not changed after that moment; without it
        the listing is whole. Raises PullFault or HttpFault: then the pull is over."""

    @abstractmethod
    def fetch(self, site: Site[O], reference: Reference) -> list[Item]:
        """The items of one reference. PullFault or HttpFault: this one failed, the others go on."""
