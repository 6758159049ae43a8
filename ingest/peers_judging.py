"""Judging one change of a peer's feed before it is stored: ours come back, someone else's, unreadable, or to be taken.

In: a `Change` and the source. Out: `Judged`: the cells of a row, or the receipt that is due at once. An origin that is
neither ours nor the peer's was passed on, which no exchange does.
"""

from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError

from config.sources import Source
from exchange.ledger import digest
from exchange.models import Receipt
from exchange.schemas.peers import posting_digest
from exchange.store.peers_received import ReceivedChange
from ingest.adapters.exchange_feed import Change, feed_options
from ingest.adapters.exchange_words import in_words


@dataclass(frozen=True, slots=True)
class Judged:
    change: Change
    cells: dict[str, str] | None = None  # a row to be taken in
    organisation: str = ""  # that provides it
    receipt: Receipt = Receipt.WAITING
    problems: list[dict[str, str]] = field(default_factory=list)

    def as_received(self, batch_id: str) -> ReceivedChange:
        posting = self.change.posting
        return ReceivedChange(
            sequence=self.change.sequence,
            posting_id=self.change.id,
            removed=self.change.is_removal,
            digest=_digest(posting) if posting is not None else "",
            batch_id=batch_id,
            outcome=self.receipt,
            problems=self.problems,
        )


def judge(change: Change, source: Source, own_id: str) -> Judged:
    if change.posting is None:
        return Judged(change, receipt=Receipt.ACCEPTED)
    peer = feed_options(source).exchange
    origin = change.posting.get("origin")
    born, id = (origin.get("exchange"), origin.get("id")) if isinstance(origin, dict) else (None, None)
    if born == own_id:
        return Judged(change, receipt=Receipt.OWN)
    if (born, id) != (peer, change.id):
        message = f"它来自 {born}（编号 {id}），不是 {peer} 自己的岗位；转来的岗位不收，请直接与 {born} 互通。"
        return _refused(change, "origin.foreign", message)
    try:
        cells = in_words(change.posting, source.address)
    except ValidationError as fault:
        return _refused(change, "posting.unreadable", f"岗位的内容读不懂：{str(fault)[:200]}")
    return Judged(change, cells, str(change.posting["source"]["organisation"]))


def _refused(change: Change, code: str, message: str) -> Judged:
    return Judged(change, receipt=Receipt.REFUSED, problems=[{"code": code, "message": message}])


def _digest(posting: dict[str, Any]) -> str:
    """Also of what is no posting at all."""
    try:
        return posting_digest(posting)
    except AttributeError:
        return digest(posting)
