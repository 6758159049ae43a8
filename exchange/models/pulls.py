"""Pulls (抓取): each run with what became of it, what people have ordered about a source, and what a guard has parked.

A run holds figures only, so that it can be kept when the records it brought are erased. A closed list below has its
Chinese words in exchange.pull_words.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, Index, Text
from sqlmodel import Field, SQLModel

from exchange.models.columns import UtcDateTime


class RunState(StrEnum):
    RUNNING = "running"  # or broken off, when nobody holds the source's lock
    DONE = "done"
    FAILED = "failed"
    PARKED = "parked"  # pulled well, nothing published: a person decides


class DropKind(StrEnum):
    CLOSURES = "closures"  # the run is published, what vanished waits
    RUN = "run"  # nothing is published: the source seems to have renumbered everything


class DropState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    SUPERSEDED = "superseded"  # a later pull has answered the question


class DropReason(StrEnum):
    SHARE = "share"  # too much would close at once
    SHRUNK = "shrunk"  # the list is much shorter than usual


class PullRun(SQLModel, table=True):
    __tablename__ = "pull_run"
    __table_args__ = (Index("ix_pull_run_source", "source", "id"), Index("ix_pull_run_day", "source", "day"))

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(max_length=64)
    actor: str = ""
    day: date  # local, of the start
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    state: str = Field(default=RunState.RUNNING, max_length=16)
    batch_id: str | None = Field(default=None, max_length=16, index=True)
    code: str = Field(default="", max_length=40)  # of the fault
    message: str = Field(default="", sa_type=Text)  # Chinese
    received: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    held: int = 0
    rejected: int = 0
    closed: int = 0
    parked: int = 0  # closures kept waiting
    problems: dict[str, int] = Field(default_factory=dict, sa_type=JSON)  # code -> how many
    filled: dict[str, float] = Field(default_factory=dict, sa_type=JSON)  # field -> share of records that fill it
    requests: int | None = None
    bytes: int | None = Field(default=None, sa_type=BigInteger)


class PullPlan(SQLModel, table=True):
    """What people have ordered about pulling a source. Its cron line is in sources.toml."""

    __tablename__ = "pull_plan"

    source: str = Field(primary_key=True, max_length=64)
    since: datetime = Field(sa_type=UtcDateTime)  # no time of the cron line before this one is caught up
    paused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paused_by: str = ""
    wanted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # somebody wants it pulled now
    wanted_by: str = ""


class ParkedDrop(SQLModel, table=True):
    """A complete pull that would close suspiciously much (DESIGN: Lifecycle), and who decided what."""

    __tablename__ = "parked_drop"
    __table_args__ = (Index("ix_parked_drop_source", "source", "state"),)

    batch_id: str = Field(primary_key=True, max_length=16, foreign_key="batch.id")
    source: str = Field(max_length=64)
    organisation: str = Field(max_length=32)
    kind: str = Field(max_length=16)
    reason: str = Field(max_length=16)
    state: str = Field(default=DropState.WAITING, max_length=16)
    open: int  # offers that were open before
    gone: int  # of these no longer listed
    received: int
    usual: int | None = None  # median of the last runs
    new: int = 0  # references never seen before
    parked_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: str = ""
    words: str = Field(default="", sa_type=Text)
    closed: int = 0  # ended by the approval
