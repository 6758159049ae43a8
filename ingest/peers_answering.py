"""Answering a peer: receipts for what we fetched of it, and what a comparison found.

In: what the store holds as due. Out: POST /api/v1/receipts at the provider; what it has taken note of is acknowledged
here. A POST is not repeated by itself: what did not arrive stays due and goes with the next pull.
"""

import json
from typing import Any

from config.sources import Source
from exchange.context import Exchange
from exchange.schemas.peers import MOST_RECEIPTS
from exchange.store.peers_settling import note_acknowledged, receipts_due
from ingest.adapters.contract import PullFault
from ingest.adapters.exchange_feed import api_address, headers_to
from ingest.http import HttpClient, HttpFault


def send_receipts(exchange: Exchange, source: Source, client: HttpClient) -> int:
    """Until none is due. Returns how many. Raises PullFault."""
    sent = 0
    while True:
        with exchange.store.read() as session:
            due = receipts_due(session, source.organisation, MOST_RECEIPTS)
        if not due:
            return sent
        post_receipts(source, client, {"receipts": due})
        note_acknowledged(exchange.store, source.organisation, due)
        sent += len(due)


def post_receipts(source: Source, client: HttpClient, body: dict[str, Any]) -> None:
    try:
        client.post_json(api_address(source, "receipts"), body, headers_to(source))
    except HttpFault as fault:
        if fault.status is None:
            message = f"回执没有送到“{source.name}”：{fault.message}下次获取时再送。"
        else:
            message = f"“{source.name}”没有收下回执：{fault.message}{_their_words(fault.body)}"
        raise PullFault("peer.receipts", message) from fault


def _their_words(body: bytes) -> str:
    """Of its answer to a call it refuses: {"error": {"message": …}}."""
    try:
        said = json.loads(body)["error"]["message"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return ""
    return f"对方说：{str(said)[:200]}"
