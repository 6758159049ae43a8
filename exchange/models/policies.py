"""Subsidies (补贴政策): who gets how much, from when to when, and the conditions as data.

Seeded once with the examples of policies.toml; from then on the ledger's events rule and the office edits them.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Text
from sqlmodel import Field, SQLModel


class Policy(SQLModel, table=True):
    __tablename__ = "policy"

    id: str = Field(primary_key=True, max_length=32)
    state: str = Field(max_length=12)  # in_force, withdrawn
    kind: str = Field(max_length=16)  # config.policies.PolicyKind
    name: str
    is_example: bool = False  # 示例: shipped to show how it works, not in force anywhere
    who: str = Field(sa_type=Text)
    amount: str = Field(sa_type=Text)
    since: date
    until: date | None = None
    papers: str = Field(default="", sa_type=Text)
    office: str = ""
    words: str = Field(sa_type=Text)  # of the rule, as published
    origin: str = ""  # the document it stands in
    conditions: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # exchange.qualifying.Conditions
    organisation: str = Field(default="", max_length=32)
