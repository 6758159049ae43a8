"""Comparing (对账) what a peer provides with what we hold of it, at the same sequence of its ledger.

In: sources of adapter `exchange`. Out: a row of peer_digest here, the same figures told to the provider. Equal digests
mean the same postings with the same content; where they differ, the ids are listed. The worker does it every evening.
"""

import logging
import threading
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from config.sources import Source
from exchange.context import Exchange
from exchange.models import PeerSide
from exchange.schemas.peers import DigestSchema
from exchange.store.peers_digests import differences_between, held_from, save_digest, sha256_of
from exchange.store.peers_received import read_since
from exchange.store.sources import in_force, plans
from ingest.adapters.contract import PullCode, PullFault
from ingest.adapters.exchange_feed import api_address, feed_options, headers_to
from ingest.http import HttpClient, HttpFault, client_for
from ingest.peers import is_peer
from ingest.peers_answering import post_receipts
from ingest.peers_pulling import pull_peer_noted

_ACTOR = "compare"
_ATTEMPTS = 5  # while the peer goes on changing
_PATIENCE = 600.0  # seconds, for a provider that answers late and for a pull that is under way
_DIGEST = DigestSchema()
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Comparison:
    provided: int
    held: int
    differences: tuple[dict[str, str], ...]

    @property
    def agrees(self) -> bool:
        return not self.differences


def peer_sources(exchange: Exchange, *, paused: bool) -> list[Source]:
    """Peers in force; `paused`: those too that people have paused, since comparing pulls."""
    with exchange.store.read() as session:
        found = filter(is_peer, in_force(session, exchange.configuration))
        resting = {source for source, plan in plans(session).items() if plan.paused_at is not None}
    port = exchange.settings.demonstration_port
    return [source.with_port(port) for source in found if paused or source.id not in resting]


def compare_peer(exchange: Exchange, source: Source, client: HttpClient) -> Comparison:
    """Pulls first, so that both sides speak of the same sequence. Raises PullFault."""
    for _ in range(_ATTEMPTS):
        pull_peer_noted(exchange, source, client, actor=_ACTOR, wait=_PATIENCE)
        told = _digest(source, client, items=False)
        _check_same_day(exchange, source, told)
        with exchange.store.read() as session:
            since = read_since(session, source.organisation)
            held = held_from(session, source.id, source.organisation, exchange.today)
        differences: list[dict[str, str]] = []
        if told["sequence"] <= since and told["sha256"] != sha256_of(held):
            told = _digest(source, client, items=True)
            provided = {item["id"]: item["digest"] for item in told["items"] or ()}
            differences = differences_between(provided, held)
        if told["sequence"] <= since:  # else it has gone on meanwhile
            found = Comparison(told["postings"], len(held), tuple(differences))
            _keep(exchange, source, client, told, held, found)
            return found
    raise PullFault("peer.busy", f"“{source.name}”一直在变化，{_ATTEMPTS} 次都没有对上同一个序号，请稍后再对账。")


def _check_same_day(exchange: Exchange, source: Source, told: dict[str, Any]) -> None:
    if told["day"] != exchange.today:
        message = f"“{source.name}”今天是 {told['day']}，本平台今天是 {exchange.today}，请核对两边的时钟。"
        raise PullFault("peer.day", message)


def _keep(
    exchange: Exchange,
    source: Source,
    client: HttpClient,
    told: dict[str, Any],
    held: dict[str, str],
    found: Comparison,
) -> None:
    """Here, and at the provider."""
    sha256 = sha256_of(held)
    save_digest(
        exchange.store,
        source.organisation,
        PeerSide.RECEIVED,
        exchange.today,
        sequence=told["sequence"],
        provided=told["postings"],
        provided_digest=told["sha256"],
        held=found.held,
        held_digest=sha256,
        differences=list(found.differences),
    )
    compared = {
        "day": exchange.today.isoformat(),
        "held": found.held,
        "sha256": sha256,
        "differences": list(found.differences),
    }
    post_receipts(source, client, {"receipts": [], "compared": compared})


def _digest(source: Source, client: HttpClient, *, items: bool) -> dict[str, Any]:
    try:
        answer = client.get_json(api_address(source, "digest"), {"items": str(items).lower()}, headers_to(source))
        told: dict[str, Any] = _DIGEST.load(answer)
    except HttpFault as fault:
        raise PullFault(fault.code, f"“{source.name}”没有给出摘要：{fault.message}") from fault
    except ValidationError as fault:
        raise PullFault(PullCode.UNREADABLE, f"“{source.name}”的摘要读不懂：{str(fault)[:200]}") from fault
    own = feed_options(source).exchange
    if told["exchange"] != own:
        message = f"“{source.name}”自称 {told['exchange']}，不是 options.exchange 写的 {own}，请核对。"
        raise PullFault("peer.other_exchange", message)
    return told


def comparing_client(exchange: Exchange, source: Source) -> HttpClient:
    """Patient: a provider works out the digest of all it has while we wait for the first byte."""
    return client_for(exchange, source, patience=_PATIENCE)


def compare_in_background(exchange: Exchange) -> None:
    """The evening's job, in a thread that keeps no process alive: who is killed on the way compares the next day."""
    sources = peer_sources(exchange, paused=False)
    threading.Thread(target=compare_all, args=(exchange, sources), name="compare-peers", daemon=True).start()


def compare_all(exchange: Exchange, sources: list[Source]) -> None:
    """A peer that fails is logged, the others go on."""
    for source in sources:
        with comparing_client(exchange, source) as client:
            try:
                found = compare_peer(exchange, source, client)
            except PullFault as fault:
                log.warning("peer %s not compared: %s", source.id, fault.message)
            except Exception:  # edge: one peer's trouble must not keep the others from being compared
                log.exception("comparing peer %s crashed", source.id)
            else:
                level = logging.INFO if found.agrees else logging.WARNING
                log.log(level, "peer %s: %d provided, %d held", source.id, found.provided, found.held)
