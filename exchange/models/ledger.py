"""The ledger (台账): events, credits, the hash chain of pages, and what is kept up from them.

Events and credits are only ever added. A tally is the running sum of credits; a snapshot names the page
it covers. Nothing here holds a contact.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Text, text
from sqlmodel import Field, SQLModel

from exchange.models.columns import UtcDateTime

_OF_NO_POSTING = text("posting_id IS NULL")


class Event(SQLModel, table=True):
    __tablename__ = "event"
    __table_args__ = (  # what the office sets is found among millions of events of postings
        Index(
            "ix_event_settings", "kind", "sequence", sqlite_where=_OF_NO_POSTING, postgresql_where=_OF_NO_POSTING
        ),
    )

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
    __table_args__ = (  # holds all that sums and lists of postings need, so that they never touch the table
        Index("ix_credit_year", "year", "reason", "direction", "cluster", "posting_id", "sign", "openings"),
    )

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
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class Tally(SQLModel, table=True):
    """Sums of credits per month they belong to, kept up in the transaction that writes them."""

    __tablename__ = "tally"

    year: int = Field(primary_key=True)
    month: int = Field(primary_key=True)
    direction: str = Field(primary_key=True, max_length=8)
    cluster: str = Field(primary_key=True, max_length=16)
    reason: str = Field(primary_key=True, max_length=24)
    postings: int
    openings: int


class DayTally(SQLModel, table=True):
    """Sums of credits per local day on which they were written, kept up in the same transaction. `month` is the one
    they belong to: where it is not the day's, something earlier was taken back (更正)."""

    __tablename__ = "day_tally"
    __table_args__ = {"sqlite_with_rowid": False}

    year: int = Field(primary_key=True)
    reason: str = Field(primary_key=True, max_length=24)
    day: date = Field(primary_key=True)
    direction: str = Field(primary_key=True, max_length=8)
    cluster: str = Field(primary_key=True, max_length=16)
    month: int = Field(primary_key=True)
    postings: int
    openings: int


class Snapshot(SQLModel, table=True):
    """The counts as they stood at the end of a period, with the ledger page they cover."""

    __tablename__ = "snapshot"

    kind: str = Field(primary_key=True, max_length=8)  # hour, day, month, quarter, half, year
    period: str = Field(primary_key=True, max_length=20)  # local: 2026-11-24T10, 2026-11-24, 2026-11, 2026-Q4, 2026-H2
    at: datetime = Field(sa_type=UtcDateTime)  # the period's last moment, or when it was taken if that was earlier
    page: int = Field(sa_type=BigInteger)
    page_hash: str = Field(max_length=64)
    counts: dict[str, Any] = Field(sa_type=JSON)
    digest: str = Field(default="", max_length=64)  # SHA-256 over all of the above; "" before 0005
