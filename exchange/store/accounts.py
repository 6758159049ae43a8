"""Accounts, and the organisations they stand for.

In: a store or a reading session. Out: rows. What may be done and by whom is decided in exchange.accounts.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, delete, func, select

from config.words import Role
from exchange.clock import local_day
from exchange.models import Account, ApiToken, ClusterRow, LoginAttempts, LoginSession, Organisation
from exchange.store.database import Store

_REPORTING = [str(role) for role in Role if role.is_verified_regularly]


def find_account(session: Session, name: str) -> Account | None:
    return session.get(Account, name)


def all_accounts(session: Session) -> Sequence[Account]:
    return session.exec(select(Account).order_by(col(Account.active).desc(), col(Account.name))).all()


def has_accounts(session: Session) -> bool:
    return session.exec(select(Account.name).limit(1)).first() is not None


def locked_names(session: Session, now: datetime) -> list[str]:
    return list(session.exec(select(LoginAttempts.name).where(col(LoginAttempts.locked_until) > now)))


def insert_account(store: Store, account: Account) -> bool:
    """False when the name is taken."""
    with store.write() as transaction:
        if transaction.session.get(Account, account.name, with_for_update=True) is not None:
            return False
        transaction.session.add(account)
        return True


def save_password(store: Store, name: str, password_hash: str, temporary: bool, keep_session: str = "") -> None:
    """Ends every session of the account but the one whose hash is given, and lifts its lock."""
    with store.write() as transaction:
        session = transaction.session
        account = session.get_one(Account, name, with_for_update=True)
        account.password_hash, account.password_is_temporary = password_hash, temporary
        ended = delete(LoginSession).where(col(LoginSession.account) == name)
        session.execute(ended.where(col(LoginSession.secret_hash) != keep_session))
        session.execute(delete(LoginAttempts).where(col(LoginAttempts.name) == name))


def save_active(store: Store, name: str, active: bool) -> None:
    """Deactivating ends the account's sessions at once."""
    with store.write() as transaction:
        transaction.session.get_one(Account, name, with_for_update=True).active = active
        if not active:
            transaction.session.execute(delete(LoginSession).where(col(LoginSession.account) == name))


def save_verified(store: Store, organisation: str) -> date:
    """Every account of the organisation counts as verified today."""
    with store.write() as transaction:
        today = local_day(transaction.now)
        for account in transaction.session.exec(select(Account).where(Account.organisation == organisation)):
            account.verified_on = today
        return today


def last_verified_on(session: Session, organisation: str) -> date | None:
    """The latest day on which an administrator vouched for it: verified it, or issued it a token that still lives."""
    accounts = select(func.max(Account.verified_on)).where(
        Account.organisation == organisation, col(Account.active), col(Account.role).in_(_REPORTING)
    )
    tokens = select(func.max(ApiToken.created_at)).where(
        ApiToken.organisation == organisation, col(ApiToken.revoked_at).is_(None)
    )
    issued = session.exec(tokens).one()
    days = [session.exec(accounts).one(), local_day(issued) if issued else None]
    return max((day for day in days if day is not None), default=None)


def represented(session: Session) -> dict[str, str]:
    """Code → name of everything an account can stand for: organisations, then clusters."""
    organisations = session.exec(select(Organisation.code, Organisation.name).order_by(col(Organisation.code)))
    clusters = session.exec(select(ClusterRow.code, ClusterRow.name).order_by(col(ClusterRow.code)))
    return {**dict(organisations.all()), **dict(clusters.all())}


def is_cluster(session: Session, code: str) -> bool:
    return session.get(ClusterRow, code) is not None


def organisations_of_city(session: Session, city: str) -> frozenset[str]:
    return frozenset(session.exec(select(Organisation.code).where(Organisation.city == city)))
