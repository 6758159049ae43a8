"""Another exchange of this kind, read by its change feed (/api/v1/changes); configured by address and options alone.

In: a source with `FeedOptions` and a sequence. Out: a page of changes: upserts and removals under the peer's ids.
A list cannot say what is gone, so ingest.peers reads `changes` instead of the contract's `pull`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from marshmallow import ValidationError

from config.errors import ConfigurationError
from config.setting_table import EXCHANGE_ID
from config.sources import Source
from exchange.schemas.peers_received import ReceivedChangesSchema
from ingest.adapters.contract import Page, PullFault
from ingest.http import HttpClient, HttpFault

_REFUSED = {401, 403}
_FEED = ReceivedChangesSchema()


@dataclass(frozen=True, slots=True)
class FeedOptions:
    exchange: str  # the peer's GUANSHAO_EXCHANGE_ID: the origin of all it provides
    token: str  # that the peer has issued to us, scope peers
    page_size: int = 500


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


class ExchangeFeed:
    def check(self, source: Source) -> None:
        feed_options(source)
        for key in ("counts", "full_list", "mapping"):
            if getattr(source, key):
                raise _wrong(source, key, "互通的来源不能填写：对方计数，这里只回执 (not for adapter exchange)")

    def pull(self, source: Source, client: HttpClient) -> Iterator[Page]:
        """A list without removals and receipts would be half of it: ingest.peers reads `changes`."""
        message = f"“{source.name}”是互通的平台，按变更获取，请用 guanshao ingest {source.id}。"
        raise PullFault("pull.not_pulled", message)

    def changes(self, source: Source, client: HttpClient, since: int) -> ChangePage:
        """The changes after a sequence of the peer's ledger, oldest first. Raises PullFault."""
        options = feed_options(source)
        query: dict[str, str | int] = {"since": since, "limit": options.page_size}
        try:
            answer = client.get_json(api_address(source, "changes"), query, bearer(source))
            page = _FEED.load(answer)
        except HttpFault as fault:
            raise PullFault(fault.code, f"“{source.name}”{_explained(fault, since)}") from fault
        except ValidationError as fault:
            message = f"“{source.name}”的变更列表读不懂：{str(fault)[:200]}；请核对地址，或请对方升级。"
            raise PullFault("pull.unreadable", message) from fault
        changes = tuple(map(_change, page["items"]))
        if page["next_since"] < since or (page["more"] and page["next_since"] == since):
            raise PullFault("pull.repeated_page", f"“{source.name}”的变更列表没有往前走，停在序号 {since}。")
        return ChangePage(changes, page["next_since"], page["more"])


def _change(item: dict[str, Any]) -> Change:
    return Change(item["seq"], item["id"], item["posting"] if item["kind"] == "upsert" else None)


def feed_options(source: Source) -> FeedOptions:
    """ConfigurationError naming the key."""
    known = {f.name: f.type for f in fields(FeedOptions)}
    for key, value in source.options.items():
        if key not in known:
            raise _wrong(source, f"options.{key}", f"不认识的键 (unknown key)，可用 (known): {', '.join(known)}")
        if type(value) is not known[key]:
            raise _wrong(source, f"options.{key}", f"类型不对 (wrong type)：{value!r}")
    for key in ("exchange", "token"):
        if key not in source.options:
            raise _wrong(source, f"options.{key}", "必须填写 (required)")
    options = FeedOptions(**source.options)
    if not EXCHANGE_ID.fullmatch(options.exchange):
        raise _wrong(source, "options.exchange", "应为对方的 GUANSHAO_EXCHANGE_ID (the peer's exchange id)")
    if not 1 <= options.page_size <= 1000:
        raise _wrong(source, "options.page_size", f"应在 (between) 1 与 (and) 1000 之间，现为 {options.page_size}")
    return options


def api_address(source: Source, part: str) -> str:
    return f"{source.address.rstrip('/')}/api/v1/{part}"


def bearer(source: Source) -> dict[str, str]:
    return {"Authorization": f"Bearer {feed_options(source).token}"}


def _explained(fault: HttpFault, since: int) -> str:
    if fault.status in _REFUSED:
        return "不认我们的令牌：请向对方要一个权限为 peers 的接口令牌，写在 options.token。"
    if fault.status == 400:
        return (
            f"不认我们读到的序号 {since}，它的台账可能退回过。请先与对方核对，再用 guanshao peers --again 从头重读。"
        )
    return f"没有取到变更：{fault.message}"


def _wrong(source: Source, key: str, message: str) -> ConfigurationError:
    return ConfigurationError(f"sources.toml: {source.id}: {key}: {message}")
