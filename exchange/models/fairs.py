"""Fairs (供需对接会、招聘会): what was planned, the papers, who exhibits, the day's counts and what was reported.

A fair's state follows the ledger's `fair.*` events, as does its revision. Its contact is the office's, as announced;
it is in no event.
"""

from datetime import date, datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from exchange.models.columns import UtcDateTime


class Fair(SQLModel, table=True):
    __tablename__ = "fair"
    __table_args__ = (Index("ix_fair_time", "starts_at", "state"),)

    id: str = Field(primary_key=True, max_length=16)
    revision: int = 1  # rises with every event; what a person decides on is the one that was seen
    state: str = Field(max_length=12)
    organisation: str = Field(max_length=32, index=True)  # whose fair it is here
    cluster: str = Field(max_length=16)
    name: str
    organisers: str = Field(sa_type=Text)
    by_government: bool = False  # run directly by a government
    online: bool = False
    place: str = ""
    address: str = ""
    map_link: str = Field(default="", sa_type=Text)
    meeting_link: str = Field(default="", sa_type=Text)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    expected: int = 0
    contact: str = ""
    phone: str = ""
    notice: str = Field(default="", sa_type=Text)
    licence_applied_on: date | None = None
    licence_number: str = ""
    planned_by: str = ""  # the account that planned or last changed it: another one checks it
    reason: str = Field(default="", sa_type=Text)  # why it was cancelled
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    employers_held: int | None = None  # as it stood when it was held; postings end afterwards
    postings_held: int | None = None
    openings_held: int | None = None


class FairDocument(SQLModel, table=True):
    """A paper or a piece of evidence, kept under its digest among the exchange's files."""

    __tablename__ = "fair_document"

    fair_id: str = Field(primary_key=True, max_length=16, foreign_key="fair.id")
    digest: str = Field(primary_key=True, max_length=64)
    kind: str = Field(primary_key=True, max_length=16)
    name: str
    size: int
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str = ""


class Exhibitor(SQLModel, table=True):
    """An employer at a fair. All its open postings of this exchange go with it, but those left out."""

    __tablename__ = "exhibitor"
    __table_args__ = (Index("ix_exhibitor_name", "fair_id", "key", unique=True),)

    id: str = Field(primary_key=True, max_length=16)
    fair_id: str = Field(max_length=16, foreign_key="fair.id", index=True)
    key: str  # the name made comparable
    name: str
    employer_id: str | None = Field(default=None, max_length=16)  # None: it has no posting here yet
    booth: str = Field(default="", max_length=16)
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    verified_by: str = ""


class LeftOutPosting(SQLModel, table=True):
    """A posting that its employer does not bring to this fair."""

    __tablename__ = "fair_left_out"

    fair_id: str = Field(primary_key=True, max_length=16, foreign_key="fair.id")
    posting_id: str = Field(primary_key=True, max_length=16)


class FairTally(SQLModel, table=True):
    """One count by one person on the day. Its id was made where it was counted, so it is added once."""

    __tablename__ = "fair_tally"
    __table_args__ = (Index("ix_fair_tally_sum", "fair_id", "kind", "exhibitor_id"),)

    id: str = Field(primary_key=True, max_length=64)
    fair_id: str = Field(max_length=16, foreign_key="fair.id")
    exhibitor_id: str = Field(default="", max_length=16)  # "" the whole fair
    kind: str = Field(max_length=12)
    amount: int  # less than nothing takes a slip back
    counted_at: datetime = Field(sa_type=UtcDateTime)  # by the clock of the phone
    received_at: datetime = Field(sa_type=UtcDateTime)
    actor: str = ""


class FairResult(SQLModel, table=True):
    """What was reported, beside what was counted, and why they differ."""

    __tablename__ = "fair_result"

    fair_id: str = Field(primary_key=True, max_length=16, foreign_key="fair.id")
    kind: str = Field(primary_key=True, max_length=12)
    counted: int
    reported: int
    reason: str = Field(default="", sa_type=Text)
