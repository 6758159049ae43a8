"""What came in: batches (批次), their records verbatim, and what was wrong with them.

A record's `verbatim` and `contact` can be erased; its place, outcome and posting stay.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Text, text
from sqlmodel import Field, SQLModel

from config.words import BatchState
from exchange.models.columns import JSON_OR_NULL, UtcDateTime

_REJECTED = text("outcome = 'rejected'")


class Batch(SQLModel, table=True):
    __tablename__ = "batch"
    __table_args__ = (Index("ix_batch_state", "state", "confirmed_at"), Index("ix_batch_file", "file_hash", "source"))

    id: str = Field(primary_key=True, max_length=16)
    source: str = Field(max_length=64)
    organisation: str = Field(max_length=32, index=True)
    state: str = Field(default=BatchState.RECEIVED, max_length=16)
    actor: str = ""
    idempotency_key: str | None = Field(default=None, max_length=200)
    file_name: str = ""
    file_hash: str = ""  # SHA-256 of the file or of the pulled capture, kept under files/
    complete: bool = False  # a complete pull of a full-list source: what it lacks is closed
    automatic: bool = False  # goes on to be published without a person's confirmation
    created_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    progress_read: int = 0
    progress_of: int = 0
    compared_at: int | None = Field(default=None, sa_type=BigInteger)  # the ledger's sequence it was compared with last
    preview: dict[str, int] | None = Field(default=None, sa_type=JSON_OR_NULL)  # outcomes as shown before confirmation
    received: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    held: int = 0
    rejected: int = 0
    closed: int = 0
    parked_closures: int = 0  # what a guard kept from being closed until a person decides
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    error: str = Field(default="", sa_type=Text)
    layout: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # how headings were understood


class Record(SQLModel, table=True):
    """One incoming row. `decision` says what publishing will do; `settled` that it is done."""

    __tablename__ = "record"
    __table_args__ = (
        Index("ix_record_settled", "batch_id", "settled", "position"),
        Index("ix_record_rejected", "batch_id", "position", sqlite_where=_REJECTED, postgresql_where=_REJECTED),
    )

    batch_id: str = Field(primary_key=True, max_length=16, foreign_key="batch.id")
    position: int = Field(primary_key=True)
    sheet: str | None = None
    row: int
    reference: str = ""
    platform_id: str = ""
    title: str = ""
    employer: str = ""
    employer_key: str = ""
    identity_key: str = ""
    content_hash: str = ""
    job_key: str = Field(default="", max_length=32)
    wording_key: str = Field(default="", max_length=32)
    breached: bool = False  # an open compliance error
    past: bool = False  # its stated validity was over when it was read
    verbatim: dict[str, Any] | None = Field(default=None, sa_type=JSON_OR_NULL)
    content: dict[str, Any] | None = Field(default=None, sa_type=JSON_OR_NULL)
    contact: dict[str, Any] | None = Field(default=None, sa_type=JSON_OR_NULL)
    outcome: str = Field(default="", max_length=16)
    decision: str = Field(default="", max_length=16)
    posting_id: str | None = Field(default=None, max_length=16, index=True)
    offer_id: str | None = Field(default=None, max_length=16)
    joined_because: dict[str, Any] | None = Field(default=None, sa_type=JSON_OR_NULL)  # which posting, and why
    settled: bool = False


class ProblemRow(SQLModel, table=True):
    """A problem of a record (position) or, with no position, of a sheet or the file."""

    __tablename__ = "problem"
    __table_args__ = (Index("ix_problem_batch", "batch_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    batch_id: str = Field(max_length=16, foreign_key="batch.id")
    position: int | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None
    code: str = Field(max_length=40)
    severity: str = Field(max_length=8)
    message: str = Field(sa_type=Text)
    evidence: str = Field(default="", sa_type=Text)
    decided: bool = False  # found when comparing (duplicate.of), so made anew by the next comparison
