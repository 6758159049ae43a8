"""What the plan promises (commitments 任务) and who is paired with whom (clusters 组团).

Seeded from commitments.toml and clusters.toml when a store is new; from then on the ledger's events rule.
"""

from datetime import date

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


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


class ClusterRow(SQLModel, table=True):
    __tablename__ = "cluster"

    code: str = Field(primary_key=True, max_length=16)
    name: str


class Pairing(SQLModel, table=True):
    """A division belongs to a cluster from its first day until the next pairing of that division."""

    __tablename__ = "pairing"

    division: str = Field(primary_key=True, max_length=9)
    since: date = Field(primary_key=True)
    cluster: str = Field(max_length=16, foreign_key="cluster.code")
