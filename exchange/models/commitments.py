"""What the plan promises (commitments 任务), figures recorded by hand, and who is paired with whom (clusters 组团).

Seeded from commitments.toml and clusters.toml when a store is new; from then on the ledger's events rule. Rows follow
the events: `guanshao verify` compares them.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Text
from sqlmodel import Field, SQLModel

from exchange.models.columns import JSON_OR_NULL, UtcDateTime


class CommitmentRow(SQLModel, table=True):
    __tablename__ = "commitment"

    code: str = Field(primary_key=True, max_length=32)
    year: int = Field(primary_key=True)
    name: str
    direction: str = Field(max_length=8)
    unit: str = Field(max_length=16)
    goal: int
    pace: str = Field(max_length=16)
    monthly_shares: list[float] | None = Field(default=None, sa_type=JSON)
    count_carried: bool = False
    counted_by: str = Field(default="postings", max_length=16)
    scope: str = Field(default="all", max_length=8)
    origin: str = ""
    assumed: bool = False
    lead: str = ""
    responsible: str = ""
    team: str = ""
    three_year_plan: str = Field(default="", sa_type=Text)
    year_plan: str = Field(default="", sa_type=Text)
    task_list: str = Field(default="", sa_type=Text)
    due_on: date | None = None
    cluster_goals: dict[str, int] | None = Field(default=None, sa_type=JSON_OR_NULL)


class Figure(SQLModel, table=True):
    """登记数: an amount that a person recorded, with evidence. Only ever added; a correction is a new signed row."""

    __tablename__ = "figure"
    __table_args__ = (Index("ix_figure_year", "year", "commitment"),)

    id: str = Field(primary_key=True, max_length=16)
    commitment: str = Field(max_length=32)
    year: int
    member: str = Field(default="", max_length=16)  # cluster or town, as the commitment's scope asks; "" is all
    amount: int = Field(sa_type=BigInteger)
    day: date  # when it happened
    words: str = Field(sa_type=Text)
    evidence: list[dict[str, Any]] = Field(sa_type=JSON)  # digest, name, type, bytes
    corrects: str | None = Field(default=None, max_length=16)  # the figure this one puts right
    actor: str
    organisation: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class ClusterRow(SQLModel, table=True):
    __tablename__ = "cluster"

    code: str = Field(primary_key=True, max_length=16)
    name: str


class Pairing(SQLModel, table=True):
    """A division belongs to a cluster (None: to none) from its first day until the next pairing of that division."""

    __tablename__ = "pairing"

    division: str = Field(primary_key=True, max_length=9)
    since: date = Field(primary_key=True)
    cluster: str | None = Field(default=None, max_length=16, foreign_key="cluster.code")
