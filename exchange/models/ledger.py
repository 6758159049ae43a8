"""The ledger (台账): events, credits, the hash chain of pages, and what is kept up from them.

Events and credits are only ever added. A tally is the running sum of credits; a snapshot names the page
it covers. Nothing here holds a contact.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Text, text
from sqlmodel import Field, SQLModel

from exchange.models.columns import UtcDateTime

_APART = text("posting_id IS NULL")  # events about no posting are few and looked for by their kind


class Event(SQLModel, table=True):
    __tablename__ = "event"
    __table_args__ = (Index("ix_event_apart", "kind", sqlite_where=_APART, postgresql_where=_APART),)

    sequence: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    kind: str = Field(max_length=32)
    posting_id: str | None = Field(default=None, max_length=16, index=True)
    batch_id: str | None = Field(default=None, max_length=16, index=True)
    organisation: str = ""
    actor: str = ""
    body: str = Field(sa_type=Text)  # canonical JSON, exactly as hashed


class Credit(SQLModel, table=True):
    """计数凭证: one signed row. `reason` "" counts; any other says why the posting is not counted."""

    __tablename__ = "credit"
    __table_args__ = (Index("ix_credit_year", "year", "reason", "direction", "cluster"),)

    sequence: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}, foreign_key="event.sequence"
    )
    posting_id: str = Field(primary_key=True, max_length=16, index=True)
    year: int = Field(primary_key=True)
    reason: str = Field(primary_key=True, max_length=24)
    sign: int
    month: int
    direction: str = Field(max_length=8)
    division: str = Field(max_length=9)
    cluster: str = Field(max_length=16)  # as paired on that day; "" is 未归组团
    openings: int
    organisation: str = Field(max_length=32)
    source: str = Field(max_length=64)


class LedgerPage(SQLModel, table=True):
    __tablename__ = "ledger_page"

    number: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    first_sequence: int = Field(sa_type=BigInteger)
    last_sequence: int = Field(sa_type=BigInteger, index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class Tally(SQLModel, table=True):
    """Sums of credits per month, kept up in the transaction that writes them."""

    __tablename__ = "tally"

    year: int = Field(primary_key=True)
    month: int = Field(primary_key=True)
    direction: str = Field(primary_key=True, max_length=8)
    cluster: str = Field(primary_key=True, max_length=16)
    reason: str = Field(primary_key=True, max_length=24)
    postings: int
    openings: int


class Snapshot(SQLModel, table=True):
    """The counts as they stood, with the ledger page they cover."""

    __tablename__ = "snapshot"

    kind: str = Field(primary_key=True, max_length=8)  # hour, day, month, quarter
    period: str = Field(primary_key=True, max_length=20)  # local: 2026-11-24T10, 2026-11-24
    at: datetime = Field(sa_type=UtcDateTime)
    page: int = Field(sa_type=BigInteger)
    page_hash: str = Field(max_length=64)
    counts: dict[str, Any] = Field(sa_type=JSON)
