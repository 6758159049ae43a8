"""Taking in what another exchange provides (互通): its changes page by page, then receipts for every one of them.

In: a source of adapter `exchange`. Out: `PeerPull`. Each step can be cut off anywhere: batches on their way are
finished first, a page is fetched again until it is noted, receipts are sent until they are acknowledged.

    finish    batches that a dead pull has left
    take      a page: its postings as batches, one a providing organisation; its removals; the sequence to go on from
    settle    what became of each change, from the rows that its batch and people's decisions left
    answer    receipts to the provider
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from config.sources import AdapterKind, Source
from config.words import BatchState
from exchange.context import Exchange
from exchange.indexing import follow
from exchange.models import Batch
from exchange.store import batches
from exchange.store.peers_received import (
    batches_on_their_way,
    confirm_listed,
    note_page,
    organisations_of,
    read_since,
)
from exchange.store.peers_settling import settle_receipts
from exchange.store.setup import organisation_of
from ingest import pipeline
from ingest.adapters.contract import PullCode, PullFault
from ingest.adapters.exchange_feed import Change, ChangePage, ExchangeFeed, feed_options
from ingest.http import HttpClient
from ingest.peers_answering import send_receipts
from ingest.peers_judging import Judged, judge

_FEED = ExchangeFeed()


@dataclass(frozen=True, slots=True)
class PeerPull:
    batches: tuple[str, ...]  # ids
    removed: int  # offers that ended because the peer removed them


def pull_peer(exchange: Exchange, source: Source, client: HttpClient, *, actor: str) -> PeerPull:
    """Everything the peer has changed since the last time; for who holds the source's lock. Raises PullFault; what is
    noted by then stays noted."""
    _check_identity(exchange, source)
    peer = source.organisation
    taken = [_finish(exchange, batch) for batch in _on_their_way(exchange, source)]
    settle_receipts(exchange.store, source.id, peer)
    send_receipts(exchange, source, client)
    removed = 0
    for page in _pages(exchange, source, client):
        batches_made, ended = _take(exchange, source, page.changes, page.next_since, actor)
        taken, removed = [*taken, *batches_made], removed + ended
        settle_receipts(exchange.store, source.id, peer, only_waiting=True)
        send_receipts(exchange, source, client)
    confirm_listed(exchange.store, source.id, peer, exchange.settings.validity_days)
    follow(exchange)
    return PeerPull(tuple(batch.id for batch in taken), removed)


def _pages(exchange: Exchange, source: Source, client: HttpClient) -> Iterator[ChangePage]:
    """Each page that says something, asked for when the one before it has been noted."""
    limit = feed_options(source).page_limit
    for _ in range(limit):
        with exchange.store.read() as session:
            since = read_since(session, source.organisation)
        page = _FEED.changes(source, client, since)
        if page.changes or page.next_since != since:
            yield page
        if not page.more:
            return
    message = f"“{source.name}”的变更超过 {limit} 页，这次先读到这里，下次接着读"
    raise PullFault(PullCode.PAGE_LIMIT, f"{message}；常常如此就把 options.page_limit 调大。")


def is_peer(source: Source) -> bool:
    """Switched off, it is none."""
    return source.enabled and source.adapter is AdapterKind.EXCHANGE


def _check_identity(exchange: Exchange, source: Source) -> None:
    own = exchange.settings.exchange_id
    if feed_options(source).exchange == own:
        message = f"“{source.name}”的代号与本平台相同，都是 {own}：请把其中一个平台的 GUANSHAO_EXCHANGE_ID 改掉。"
        raise PullFault("peer.same_identity", message)
    others = exchange.configuration.sources.values()
    twins = [s.id for s in others if is_peer(s) and s.organisation == source.organisation]
    if len(twins) > 1:
        message = f"来源 {'、'.join(twins)} 的单位都是 {source.organisation}：一个单位只能有一个互通平台。"
        raise PullFault("peer.twice", message)


def _on_their_way(exchange: Exchange, source: Source) -> Sequence[Batch]:
    with exchange.store.read() as session:
        return batches_on_their_way(session, source.id)


def _take(
    exchange: Exchange, source: Source, changes: Sequence[Change], next_since: int, actor: str
) -> tuple[list[Batch], int]:
    """One page. Files and batch rows come first: what is noted as received can always be published."""
    judged = [judge(change, source, exchange.settings.exchange_id) for change in changes]
    received: list[Batch] = []
    placed: dict[str, str] = {}
    for organisation, items in _by_organisation(exchange, source, judged).items():
        batch = _receive(exchange, source, organisation, items, actor)
        received.append(batch)
        placed |= {item.change.id: batch.id for item in items}
    noted = [item.as_received(placed.get(item.change.id, "")) for item in judged]
    ended = note_page(exchange.store, source.id, source.organisation, noted, next_since)
    return [_finish(exchange, batch) for batch in received], ended


def _by_organisation(exchange: Exchange, source: Source, judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """Who provides it, as first taken in; the peer's own organisation where we do not know the provider."""
    wanted = [item for item in judged if item.cells is not None]
    grouped: dict[str, list[Judged]] = {}
    with exchange.store.read() as session:
        first = organisations_of(session, source.id, [item.change.id for item in wanted])
        for item in wanted:
            code = first.get(item.change.id) or item.organisation
            known = organisation_of(session, code) is not None
            grouped.setdefault(code if known else source.organisation, []).append(item)
    return grouped


def _receive(exchange: Exchange, source: Source, organisation: str, items: Sequence[Judged], actor: str) -> Batch:
    with TemporaryDirectory(prefix="guanshao-peer-") as folder:
        capture = Path(folder) / f"{source.id}.jsonl"
        lines = [json.dumps(item.cells, sort_keys=True) for item in items]
        capture.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return pipeline.receive(exchange, capture, capture.name, source, organisation, actor, automatic=True)


def _finish(exchange: Exchange, batch: Batch) -> Batch:
    """Read, compare, publish; waits while another process is at it."""
    pipeline.stage(exchange, batch)
    pipeline.confirm(exchange, batch.id, batch.actor)
    with exchange.store.read() as session:
        now = batches.find_batch(session, batch.id)
    if now.state not in {BatchState.FAILED, BatchState.DISCARDED}:
        pipeline.publish_waiting(exchange, until=batch.id)
    return now
