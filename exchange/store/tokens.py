"""API tokens (接口令牌): issued once, found by the hash of their secret, revoked for good.

In: a store or a reading session. Out: rows; the secret itself only from `issue_token`.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlmodel import Session, col, select

from config.words import TokenScope
from exchange.identifiers import random_id
from exchange.models import ApiToken
from exchange.secrecy import digest_of, random_token
from exchange.store.database import Store

_USED_EVERY = timedelta(minutes=1)  # its last use is written no more often


def issue_token(
    store: Store, name: str, organisation: str, scopes: Iterable[TokenScope], days: int, issued_by: str
) -> tuple[str, ApiToken]:
    """The secret, which is kept nowhere, and the row. The organisation is known to exist."""
    secret = random_token()
    with store.write() as transaction:
        token = ApiToken(
            id=random_id(),
            name=name,
            organisation=organisation,
            scopes=" ".join(sorted(set(scopes))),
            secret_hash=digest_of(secret),
            issued_by=issued_by,
            created_at=transaction.now,
            expires_at=transaction.now + timedelta(days=days),
        )
        transaction.session.add(token)
    return secret, token


def find_token(session: Session, secret: str) -> ApiToken | None:
    """Also one that has expired or was revoked."""
    return session.exec(select(ApiToken).where(ApiToken.secret_hash == digest_of(secret))).first()


def all_tokens(session: Session) -> Sequence[ApiToken]:
    return session.exec(select(ApiToken).order_by(col(ApiToken.created_at).desc(), col(ApiToken.id))).all()


def revoke_token(store: Store, id: str) -> ApiToken | None:
    """At once and for good. None when there is no such token."""
    with store.write() as transaction:
        token = transaction.session.get(ApiToken, id)
        if token is not None and token.revoked_at is None:
            token.revoked_at = transaction.now
        return token


def note_used(store: Store, token: ApiToken) -> None:
    if token.last_used_at is not None and store.clock() < token.last_used_at + _USED_EVERY:
        return
    with store.write() as transaction:
        row = transaction.session.get(ApiToken, token.id)
        if row is not None:
            row.last_used_at = transaction.now
