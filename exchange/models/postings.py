"""What is on offer: employers (用人单位), postings (岗位信息), offers (提供) and contacts.

A posting has one offer per source and organisation and shows the content of its primary offer; it ends
only with its last live offer. Contacts are in a table of their own, which can be erased.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Text, text
from sqlmodel import Field, SQLModel

from exchange.models.columns import JSON_OR_NULL, UtcDateTime

_OBJECTED = text("objection <> ''")


class OfferState(StrEnum):
    LIVE = "live"
    HELD = "held"
    ENDED = "ended"
    REFUSED = "refused"  # a reviewer has refused just these words


class Employer(SQLModel, table=True):
    __tablename__ = "employer"

    id: str = Field(primary_key=True, max_length=16)  # derived from the key
    key: str = Field(unique=True)  # normalised name
    name: str  # as first written
    uscc: str = ""


class Posting(SQLModel, table=True):
    __tablename__ = "posting"
    __table_args__ = (Index("ix_posting_identity", "identity_key", "status"),)

    id: str = Field(primary_key=True, max_length=16)
    employer_id: str = Field(max_length=16, foreign_key="employer.id", index=True)
    identity_key: str = Field(max_length=64)
    status: str = Field(max_length=16)
    primary_offer: str = Field(max_length=16)
    division: str = Field(max_length=9)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # first time it was public
    last_confirmed_on: date
    valid_through: date
    valid_through_is_default: bool
    sequence: int = Field(default=0, sa_type=BigInteger, index=True)  # of its last event
    shared: bool = True  # an offer of ours stands or stood behind it: peers are told what becomes of it


class Offer(SQLModel, table=True):
    __tablename__ = "offer"
    __table_args__ = (
        Index("ix_offer_reference", "source", "reference", "organisation"),
        Index("ix_offer_content", "source", "organisation", "content_hash"),
        Index("ix_offer_identity", "source", "organisation", "identity_key"),
        Index("ix_offer_objection", "id", sqlite_where=_OBJECTED, postgresql_where=_OBJECTED),
    )

    id: str = Field(primary_key=True, max_length=16)
    posting_id: str = Field(max_length=16, foreign_key="posting.id", index=True)
    source: str = Field(max_length=64)
    organisation: str = Field(max_length=32)
    reference: str = ""
    origin: str = Field(default="", max_length=32)  # the peer it came from (its id there: reference); "" is ours
    employer_id: str = Field(max_length=16, foreign_key="employer.id")
    identity_key: str = Field(max_length=64)
    content_hash: str = Field(max_length=64)
    job_key: str = Field(default="", max_length=32, index=True)  # employer and trade: what may be the same job
    wording_key: str = Field(default="", max_length=32, index=True)  # trade, place and pay, whoever the employer
    content: dict[str, Any] = Field(sa_type=JSON)
    state: str = Field(default=OfferState.LIVE, max_length=8)
    joined: bool = False  # it came as a duplicate of a posting that was there
    joined_because: dict[str, Any] | None = Field(default=None, sa_type=JSON_OR_NULL)  # which one, and why
    objection: str = Field(default="", sa_type=Text)  # a clerk's words: it is another job. "" when none is open
    batch_id: str = Field(max_length=16)  # the last batch that named it
    started_on: date
    last_confirmed_on: date
    valid_through: date
    valid_through_is_default: bool


class ContactRow(SQLModel, table=True):
    """Whom to call about an offer. Erased on demand; read by one page and one API call only."""

    __tablename__ = "contact"

    offer_id: str = Field(primary_key=True, max_length=16)
    person: str = ""
    phone: str = ""
