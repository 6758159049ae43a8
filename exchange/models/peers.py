"""Other exchanges (互通平台): how far we have read each, what went to and fro, and the daily comparison.

A peer goes by the code of its organisation: our tokens for it and our source of it both name that. A change is one
item of a change feed; both sides keep it under the provider's sequence and write the receipt beside it. Contact-free.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field, SQLModel

from exchange.models.columns import UtcDateTime


class PeerSide(StrEnum):
    SENT = "sent"  # ours, that the peer has fetched
    RECEIVED = "received"  # the peer's, that we have fetched


class Receipt(StrEnum):
    """What became of one change at its receiver."""

    WAITING = ""  # sent and not answered yet, or received and not handled yet
    ACCEPTED = "accepted"
    REFUSED = "refused"
    PENDING = "pending"  # held for a reviewer
    OWN = "own"  # it was the receiver's own posting that came back
    REPLACED = "replaced"  # never arrived: a later change of the same posting was sent instead


class Peer(SQLModel, table=True):
    __tablename__ = "peer"

    organisation: str = Field(primary_key=True, max_length=32)
    since: int = Field(default=0, sa_type=BigInteger)  # the peer's ledger sequence up to which we hold everything
    pulled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # last time we had read all of it


class PeerChange(SQLModel, table=True):
    __tablename__ = "peer_change"
    __table_args__ = (
        Index("ix_peer_change_posting", "peer", "side", "posting_id"),
        Index("ix_peer_change_outcome", "peer", "side", "outcome"),
        Index("ix_peer_change_due", "peer", "side", "acknowledged"),
    )

    peer: str = Field(primary_key=True, max_length=32)
    side: str = Field(primary_key=True, max_length=8)
    sequence: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    posting_id: str = Field(max_length=64)  # the provider's
    removed: bool = False
    digest: str = Field(default="", max_length=64)  # of what it says; "" when removed
    latest: bool = True  # no later change of this posting is known
    outcome: str = Field(default=Receipt.WAITING, max_length=8)
    problems: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # [{"code", "message"}]
    batch_id: str = Field(default="", max_length=16)  # received: the batch that took it in
    acknowledged: bool = False  # received: the provider has this receipt
    at: datetime = Field(sa_type=UtcDateTime)  # when it was sent or received


class PeerDigest(SQLModel, table=True):
    """What the provider provides and the receiver holds, as compared on one local day. The last comparison stays."""

    __tablename__ = "peer_digest"

    peer: str = Field(primary_key=True, max_length=32)
    side: str = Field(primary_key=True, max_length=8)
    day: date = Field(primary_key=True)
    sequence: int = Field(sa_type=BigInteger)  # of the provider's ledger
    provided: int
    provided_digest: str = Field(max_length=64)
    held: int | None = None  # None: not compared yet
    held_digest: str = Field(default="", max_length=64)
    differences: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # [{"id", "what"}], the first ones
    at: datetime = Field(sa_type=UtcDateTime)

    @property
    def agrees(self) -> bool:
        return self.held is not None and self.provided_digest == self.held_digest
