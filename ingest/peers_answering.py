"""Answering a peer: receipts for what we fetched of it, and what a comparison found.

In: what the store holds as due. Out: POST /api/v1/receipts at the provider; what it has taken note of is acknowledged
here. A POST is not repeated by itself: what did not arrive stays due and goes with the next pull.
"""

from typing import Any

import requests

from config.sources import Source
from exchange.context import Exchange
from exchange.schemas.peers import MOST_RECEIPTS
from exchange.store.peers_settling import note_acknowledged, receipts_due
from ingest.adapters.contract import PullFault
from ingest.adapters.exchange_feed import api_address, bearer


def send_receipts(exchange: Exchange, source: Source) -> int:
    """Until none is due. Returns how many. Raises PullFault."""
    sent = 0
    while True:
        with exchange.store.read() as session:
            due = receipts_due(session, source.organisation, MOST_RECEIPTS)
        if not due:
            return sent
        post_receipts(exchange, source, {"receipts": due})
        note_acknowledged(exchange.store, source.organisation, due)
        sent += len(due)


def post_receipts(exchange: Exchange, source: Source, body: dict[str, Any]) -> None:
    settings = exchange.settings
    headers = {**bearer(source), "User-Agent": settings.http_user_agent}
    address = api_address(source, "receipts")
    try:
        answer = requests.post(
            address, json=body, headers=headers, timeout=settings.http_timeout, allow_redirects=False
        )
    except requests.RequestException as fault:
        message = f"回执没有送到“{source.name}”：连不上 {address}（{type(fault).__name__}）。下次获取时再送。"
        raise PullFault("peer.receipts", message) from fault
    with answer:
        if answer.status_code != 200:
            message = f"“{source.name}”没有收下回执，状态 {answer.status_code}：{answer.text[:200]}"
            raise PullFault("peer.receipts", message)
