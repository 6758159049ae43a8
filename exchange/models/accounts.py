"""Who may log in (account 账号), their sessions, failed attempts, and tokens for programs.

Nothing secret is kept in clear: passwords as argon2 hashes, secrets of sessions and tokens as SHA-256 of 256 random
bits. None of this is part of the ledger.
"""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from exchange.models.columns import UtcDateTime


class Account(SQLModel, table=True):
    """`organisation` is the code of an organisation, for the role `cluster` that of a cluster."""

    __tablename__ = "account"

    name: str = Field(primary_key=True, max_length=32)
    display_name: str
    password_hash: str
    password_is_temporary: bool = False  # set by an administrator: to be changed before anything else
    role: str = Field(max_length=16)
    organisation: str = Field(max_length=32, index=True)
    active: bool = True
    verified_on: date
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_login_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LoginAttempts(SQLModel, table=True):
    """Failures in a row under a name, whether or not an account has it: an answer must not tell which."""

    __tablename__ = "login_attempts"

    name: str = Field(primary_key=True, max_length=64)
    failed: int = 0
    last_at: datetime = Field(sa_type=UtcDateTime, index=True)
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LoginSession(SQLModel, table=True):
    """One login of one browser. It is gone with logging out, a new password, or deactivation."""

    __tablename__ = "login_session"

    secret_hash: str = Field(primary_key=True, max_length=64)
    account: str = Field(max_length=32, foreign_key="account.name", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_seen_at: datetime = Field(sa_type=UtcDateTime)


class ApiToken(SQLModel, table=True):
    """接口令牌 of an organisation's program. `scopes` are the words it may use, separated by spaces."""

    __tablename__ = "api_token"

    id: str = Field(primary_key=True, max_length=16)
    name: str
    organisation: str = Field(max_length=32, index=True)
    scopes: str
    secret_hash: str = Field(max_length=64, unique=True)
    issued_by: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
