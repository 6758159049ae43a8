"""Workers on offer (劳动力供给, in numbers and without names) and employers that moved from one city to the other.

Every step is an event that words the row in full. A notice's outcomes are what bureaus have recorded of it.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Text
from sqlmodel import Field, SQLModel


class SupplyNotice(SQLModel, table=True):
    """供给信息: so many workers of a county or town who look for work in the other city."""

    __tablename__ = "supply_notice"

    id: str = Field(primary_key=True, max_length=16)
    state: str = Field(max_length=12, index=True)
    organisation: str = Field(max_length=32)  # who reports it
    division: str = Field(max_length=9)  # where the workers are
    workers: int
    occupations: list[str] = Field(default_factory=list, sa_type=JSON)  # words, as bureaus write them
    skills: str = ""
    pay_min: int | None = None  # CNY a month wished
    from_on: date
    until_on: date
    benefits: list[str] = Field(default_factory=list, sa_type=JSON)  # canonical names
    places: list[str] = Field(default_factory=list, sa_type=JSON)  # division codes wished in the other city
    words: str = Field(default="", sa_type=Text)
    outcomes: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    closed_because: str = ""


class Relocation(SQLModel, table=True):
    """转移企业: the office says, with its evidence, that an employer moved from Dongguan to Shaoguan."""

    __tablename__ = "relocation"

    id: str = Field(primary_key=True, max_length=16)
    state: str = Field(max_length=12)  # marked, lifted
    employer: str
    uscc: str = ""
    moved_from: str = Field(max_length=9)  # divisions
    moved_to: str = Field(max_length=9)
    moved_on: date
    evidence: str = Field(sa_type=Text)  # the paper that says so
    organisation: str = Field(default="", max_length=32)
