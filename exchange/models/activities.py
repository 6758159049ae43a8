"""Activities (活动) of the plan: one model with a kind. Every step is an event that words the row in full.

Holds organisations, schools, posting ids and numbers, never persons. Evidence files are kept under their hash.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Text
from sqlmodel import Field, SQLModel


class Activity(SQLModel, table=True):
    __tablename__ = "activity"

    id: str = Field(primary_key=True, max_length=16)
    kind: str = Field(max_length=24, index=True)
    state: str = Field(max_length=12)
    name: str
    cluster: str = Field(default="", max_length=16)  # "" is both cities together
    organisation: str = Field(max_length=32)  # who entered it and may change it
    organisers: str = ""
    place: str = ""
    starts_on: date = Field(index=True)
    ends_on: date
    hours: str = ""  # as written: 9:00–12:00
    public: bool = True  # shown in the public calendar
    employers: list[str] = Field(default_factory=list, sa_type=JSON)  # names
    schools: list[str] = Field(default_factory=list, sa_type=JSON)
    postings: list[str] = Field(default_factory=list, sa_type=JSON)  # ids
    participants: int | None = None
    figures: dict[str, int] = Field(default_factory=dict, sa_type=JSON)  # exchange.activities.Figure → number
    words: str = Field(default="", sa_type=Text)  # what it is about; why it was cancelled
    evidence: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # [{"digest", "name", "type", "bytes"}]
