"""Who provides postings (organisation 单位), through what (source 来源), and facts about this store."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from exchange.models.columns import UtcDateTime


class Organisation(SQLModel, table=True):
    """A bureau carries the code of its division; the administrator gives others a code."""

    __tablename__ = "organisation"

    code: str = Field(primary_key=True, max_length=32)
    name: str
    city: str
    division: str = ""  # division code, "" when it has none


class SourceRow(SQLModel, table=True):
    """What the store remembers of a source of sources.toml."""

    __tablename__ = "source"

    id: str = Field(primary_key=True, max_length=64)
    name: str
    city: str
    organisation: str
    counts: bool
    full_list: bool
    last_run_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # of the last run: its end, else its start
    last_good_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str = Field(default="", sa_type=Text)


class StoreFact(SQLModel, table=True):
    """Small facts about the store itself, such as that it is a demonstration."""

    __tablename__ = "store_fact"

    name: str = Field(primary_key=True, max_length=64)
    value: str
