"""Another exchange of this kind, read by its change feed (/api/v1/changes); configured by address and options alone.

In: a source with `FeedOptions` and a sequence. Out: a page of changes: upserts and removals under the peer's ids.
A list cannot say what is gone, so ingest.peers reads `changes` instead of what the contract lists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from config.errors import ConfigurationError
from config.setting_table import EXCHANGE_ID
from config.sources import Source
from exchange.schemas.peers_received import ReceivedChangesSchema
from ingest.adapters.contract import Adapter, Item, Listing, PullCode, PullFault, Reference, Site
from ingest.adapters.options import OptionFault, Options, option, read_options
from ingest.http import HttpClient, HttpFault

_REFUSED = {401, 403}
_FEED = ReceivedChangesSchema()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOptions(Options):
    exchange: str = option()  # the peer's GUANSHAO_EXCHANGE_ID: the origin of all it provides
    token: str = option()  # that the peer has issued to us, scope peers
    page_size: int = option(500, least=1, most=1000)


@dataclass(frozen=True, slots=True)
class Change:
    sequence: int
    id: str
    posting: dict[str, Any] | None  # None: removed

    @property
    def is_removal(self) -> bool:
        return self.posting is None


@dataclass(frozen=True, slots=True)
class ChangePage:
    changes: tuple[Change, ...]
    next_since: int
    more: bool


class ExchangeFeed(Adapter[FeedOptions]):
    needs = FeedOptions

    def check(self, source: Source, options: FeedOptions) -> None:
        for key in ("counts", "full_list", "mapping"):
            if getattr(source, key):
                words = "互通的来源不能填写：对方计数，这里只回执 (not for adapter exchange)"
                raise ConfigurationError(f"sources.toml: {source.id}: {key}: {words}")
        for key in ("hosts", "params", "encoding"):
            if getattr(options, key):
                raise OptionFault(key, "互通的来源用不上，请删去 (not for adapter exchange)")
        if not EXCHANGE_ID.fullmatch(options.exchange):
            raise OptionFault("exchange", "应为对方的 GUANSHAO_EXCHANGE_ID (the peer's exchange id)")

    def list_since(self, site: Site[FeedOptions], since: datetime | None) -> Iterator[Listing]:
        """A list without removals and receipts would be half of it: ingest.peers reads `changes`."""
        source = site.source
        raise PullFault(
            PullCode.NOT_PULLED,
            f"“{source.name}”是互通的平台，按变更获取并逐条回执，不能试读；请用 guanshao ingest {source.id}。",
        )

    def fetch(self, site: Site[FeedOptions], reference: Reference) -> list[Item]:
        return []

    def changes(self, source: Source, client: HttpClient, since: int) -> ChangePage:
        """The changes after a sequence of the peer's ledger, oldest first. Raises PullFault."""
        query: dict[str, str | int] = {"since": since, "limit": feed_options(source).page_size}
        try:
            page = _FEED.load(client.get_json(api_address(source, "changes"), query, headers_to(source)))
        except HttpFault as fault:
            raise PullFault(fault.code, f"“{source.name}”{_explained(fault, since)}") from fault
        except ValidationError as fault:
            message = f"“{source.name}”的变更列表读不懂：{str(fault)[:200]}；请核对地址，或请对方升级。"
            raise PullFault(PullCode.UNREADABLE, message) from fault
        changes = tuple(map(_change, page["items"]))
        if page["next_since"] < since or (page["more"] and page["next_since"] == since):
            raise PullFault(PullCode.REPEATED_PAGE, f"“{source.name}”的变更列表没有往前走，停在序号 {since}。")
        return ChangePage(changes, page["next_since"], page["more"])


def _change(item: dict[str, Any]) -> Change:
    return Change(item["seq"], item["id"], item["posting"] if item["kind"] == "upsert" else None)


def feed_options(source: Source) -> FeedOptions:
    """ConfigurationError naming the key."""
    return read_options(source, FeedOptions)


def api_address(source: Source, part: str) -> str:
    return f"{source.address.rstrip('/')}/api/v1/{part}"


def headers_to(source: Source) -> dict[str, str]:
    options = feed_options(source)
    return {**options.headers, "Authorization": f"Bearer {options.token}"}


def _explained(fault: HttpFault, since: int) -> str:
    if fault.status in _REFUSED:
        return "不认我们的令牌：请向对方要一个权限为 peers 的接口令牌，写在 options.token。"
    if fault.status == 400:
        return (
            f"不认我们读到的序号 {since}，它的台账可能退回过。请先与对方核对，再用 guanshao peers --again 从头重读。"
        )
    return f"没有取到变更：{fault.message}"
