"""Reports (报告): one for each period and cluster, or of the office. Its steps are events of the ledger."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Text
from sqlmodel import Field, SQLModel

from exchange.models.columns import UtcDateTime


class Report(SQLModel, table=True):
    """`content` is what the system wrote; `edits` a person's words beside it; `documents` the files as sent."""

    __tablename__ = "report"

    id: str = Field(primary_key=True, max_length=32)  # 2026Q3-c01, 2026H1-office, 2026-office
    year: int = Field(index=True)
    kind: str = Field(max_length=8)
    number: int
    cluster: str = Field(max_length=16)  # "" is the office's
    state: str = Field(max_length=8)
    version: int  # grows with every step: what a person decides about must be what she saw
    sequence: int = Field(sa_type=BigInteger)  # of the ledger, with which its numbers end
    page: int = Field(sa_type=BigInteger)
    page_hash: str = Field(max_length=64)
    content: dict[str, Any] = Field(sa_type=JSON)
    content_digest: str = Field(max_length=64)
    edits: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # section → {text, by, at}
    documents: dict[str, str] = Field(default_factory=dict, sa_type=JSON)  # docx, xlsx, pdf → SHA-256 under files/
    remarks: str = Field(default="", sa_type=Text)  # why it was returned
    changed_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
