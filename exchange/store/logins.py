"""Attempts to log in, and the sessions that came of them.

In: names as typed, secrets from cookies. Out: whether a name is locked; the account behind a session.
"""

from datetime import datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select

from exchange.models import Account, LoginAttempts, LoginSession
from exchange.secrecy import digest_of, random_secret
from exchange.store.database import Store

_REMEMBERED = timedelta(days=1)  # failures longer ago are forgotten
_SEEN_EVERY = timedelta(minutes=5)  # a session's last use is written no more often


def note_attempt(store: Store, name: str, allowed: int, lock: timedelta) -> tuple[bool, datetime | None]:
    """Count an attempt before its password is looked at, so that many at once cannot outrun the lock.

    Out: whether the name was locked already, and until when it is locked unless this attempt turns out right.
    """
    with store.write() as transaction:
        session, now = transaction.session, transaction.now
        session.execute(delete(LoginAttempts).where(col(LoginAttempts.last_at) < now - _REMEMBERED))
        insert = sqlite.insert if store.is_sqlite else postgresql.insert
        session.execute(insert(LoginAttempts).values(name=name, failed=0, last_at=now).on_conflict_do_nothing())
        row = session.get_one(LoginAttempts, name, with_for_update=True)
        if row.locked_until is not None and now < row.locked_until:
            return True, row.locked_until
        if row.locked_until is not None:
            row.failed, row.locked_until = 0, None
        row.failed, row.last_at = row.failed + 1, now
        if row.failed >= allowed:
            row.locked_until = now + lock
        return False, row.locked_until


def open_login(store: Store, name: str, idle: timedelta, password_hash: str | None = None) -> str:
    """The secret of a new session. Forgets the failures; `password_hash` replaces one of older parameters."""
    secret = random_secret()
    with store.write() as transaction:
        session, now = transaction.session, transaction.now
        session.execute(delete(LoginAttempts).where(col(LoginAttempts.name) == name))
        session.execute(delete(LoginSession).where(col(LoginSession.last_seen_at) <= now - idle))
        account = session.get_one(Account, name)
        account.last_login_at = now
        account.password_hash = password_hash or account.password_hash
        session.add(LoginSession(secret_hash=digest_of(secret), account=name, created_at=now, last_seen_at=now))
    return secret


def find_login(session: Session, secret: str, now: datetime, idle: timedelta) -> tuple[Account, LoginSession] | None:
    """None when the session has ended, stood idle too long, or its account is not active."""
    query = select(Account, LoginSession).join(LoginSession, col(LoginSession.account) == col(Account.name))
    found = session.exec(query.where(LoginSession.secret_hash == digest_of(secret), col(Account.active))).first()
    return found if found and now < found[1].last_seen_at + idle else None


def note_seen(store: Store, login: LoginSession) -> None:
    if store.clock() < login.last_seen_at + _SEEN_EVERY:
        return
    with store.write() as transaction:
        row = transaction.session.get(LoginSession, login.secret_hash)
        if row is not None:
            row.last_seen_at = transaction.now


def end_login(store: Store, secret_hash: str) -> None:
    with store.write() as transaction:
        transaction.session.execute(delete(LoginSession).where(col(LoginSession.secret_hash) == secret_hash))
