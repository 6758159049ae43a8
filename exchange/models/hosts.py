"""What the store remembers of the sites that are pulled: how a host is doing, what it said last, what was read.

Shared by every process that pulls, so that the worker and a command keep the same manners. The answers themselves
are files under captures/.
"""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from config.words import BreakerState
from exchange.models.columns import UtcDateTime


class Host(SQLModel, table=True):
    """One site, by host and port: when it may be asked again, and whether it is left alone (breaker)."""

    __tablename__ = "host"

    name: str = Field(primary_key=True, max_length=262)  # example.org:443
    state: str = Field(default=BreakerState.CLOSED, max_length=16)
    faults: int = 0  # in a row
    last_fault: str = Field(default="", sa_type=Text)
    open_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    open_seconds: float = 0.0  # how long it was left alone last; doubles until an answer comes
    next_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # no request before
    robots: str = Field(default="", sa_type=Text)
    robots_status: int | None = None
    robots_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Validator(SQLModel, table=True):
    """What makes a request conditional (ETag, Last-Modified), and the kept answer that a 304 stands for."""

    __tablename__ = "validator"

    source: str = Field(primary_key=True, max_length=64)
    request: str = Field(primary_key=True, max_length=64)  # SHA-256 of the whole address
    etag: str = Field(default="", sa_type=Text)
    last_modified: str = Field(default="", sa_type=Text)
    body_hash: str = Field(max_length=64)
    content_type: str = Field(default="", sa_type=Text)
    url: str = Field(default="", sa_type=Text)  # after redirects; "" when there were none
    used_at: datetime = Field(sa_type=UtcDateTime, index=True)


class PullManifest(SQLModel, table=True):
    """A pull and where the list of its answers is. Not finished: it broke, and may go on where it was."""

    __tablename__ = "pull_manifest"

    id: str = Field(primary_key=True, max_length=16)
    source: str = Field(max_length=64, index=True)
    since: datetime | None = Field(default=None, sa_type=UtcDateTime)  # asked for changes only; None: for everything
    started_at: datetime = Field(sa_type=UtcDateTime, index=True)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    batch_id: str | None = Field(default=None, max_length=16, foreign_key="batch.id", index=True)
    manifest_hash: str = Field(default="", max_length=64)
    requests: int = 0
