"""Accounts (账号): who may be one, logging in with lockout, whose batches one may see, demonstration accounts.

In: what people type, a store. Out: accounts and sessions, or `AccountFault` / `LoginRefused` with Chinese words.
A new role is a member of config.words.Role and a line in `organisations_seen`.
"""

import logging
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from config.divisions import CITY_CODES, DONGGUAN
from config.settings import Settings
from config.words import Role
from exchange.clock import local_day
from exchange.models import Account
from exchange.passwords import hash_password, is_outdated, is_password, random_password, weakness
from exchange.store import accounts as rows
from exchange.store.database import Store
from exchange.store.logins import note_attempt, open_login
from exchange.store.setup import organisation_of, pairing_on
from exchange.verification import Verified, verification_on

NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
NAME_RULE = "登录名应为 2 到 32 个小写字母、数字、点、横线，以字母开头。"
_LONGEST_TYPED = 64
_CITIES = {code: str(city) for city, code in CITY_CODES.items()}
_DEMONSTRATION = (
    ("changan", "长安镇经办（演示）", Role.BUREAU, "441900119"),
    ("wengyuan", "翁源县经办（演示）", Role.BUREAU, "440229"),
    ("office", "指挥部办公室（演示）", Role.OFFICE, DONGGUAN),
    ("admin", "管理员（演示）", Role.ADMIN, DONGGUAN),
)
log = logging.getLogger(__name__)


class AccountFault(Exception):
    """Something about an account cannot be as asked. `field` is the form's; the message says how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class LoginRefused(Exception):
    """Name or password is wrong, or the name is locked until a moment. It never says which accounts there are."""

    def __init__(self, locked_until: datetime | None) -> None:
        super().__init__("locked" if locked_until else "wrong")
        self.locked_until = locked_until


@dataclass(frozen=True, slots=True)
class NewAccount:
    name: str
    display_name: str
    role: Role
    organisation: str
    password: str
    password_is_temporary: bool = False


def normal_name(typed: str) -> str:
    return typed.strip().casefold()[:_LONGEST_TYPED]


def add_account(store: Store, new: NewAccount) -> None:
    """Verified today: whoever adds it has made sure who it is. Raises AccountFault."""
    if not NAME.fullmatch(new.name):
        raise AccountFault("name", NAME_RULE)
    with store.read() as session:
        _check_organisation(session, new.role, new.organisation)
    _insert(store, new, _hashed(new.password, new.name))
    log.info("account %s added: %s of %s", new.name, new.role, new.organisation)


def _insert(store: Store, new: NewAccount, password_hash: str) -> None:
    now = store.clock()
    account = Account(
        name=new.name,
        display_name=new.display_name,
        password_hash=password_hash,
        password_is_temporary=new.password_is_temporary,
        role=new.role,
        organisation=new.organisation,
        verified_on=local_day(now),
        created_at=now,
    )
    if not rows.insert_account(store, account):
        raise AccountFault("name", f"登录名 {new.name} 已经有人用了，请换一个。")


def _check_organisation(session: Session, role: Role, code: str) -> None:
    if role is Role.CLUSTER and not rows.is_cluster(session, code):
        raise AccountFault("organisation", f"没有组团 {code}：组团账号要写组团代码，例如 c01。")
    if role is not Role.CLUSTER and organisation_of(session, code) is None:
        raise AccountFault("organisation", f"没有单位 {code}：请写单位代码，例如 441900119（长安镇）。")


def _hashed(password: str, name: str) -> str:
    fault = weakness(password, name)
    if fault:
        raise AccountFault("password", fault)
    return hash_password(password)


def log_in(store: Store, settings: Settings, typed_name: str, password: str) -> str:
    """The secret of a new session. Raises LoginRefused. Takes as long for names that nobody has."""
    name = normal_name(typed_name)
    lock = timedelta(minutes=settings.lock_minutes)
    was_locked, locked_until = note_attempt(store, name, settings.login_attempts, lock)
    with store.read() as session:
        account = rows.find_account(session, name)
    right = is_password(password, account.password_hash if account else None)
    if was_locked or account is None or not account.active or not right:
        log.warning("login refused: %r%s", name, " (locked)" if was_locked else "")
        raise LoginRefused(locked_until)
    log.info("login: %s", name)
    renewed = hash_password(password) if is_outdated(account.password_hash) else None
    return open_login(store, name, timedelta(hours=settings.session_hours), renewed)


def change_password(store: Store, name: str, old: str, new: str, keep_session: str) -> None:
    """One's own; other sessions end. Raises AccountFault."""
    with store.read() as session:
        account = rows.find_account(session, name)
    if not is_password(old, account.password_hash if account else None):
        raise AccountFault("old_password", "现在的密码不对。")
    if old == new:
        raise AccountFault("password", "新密码和现在的一样，请换一个。")
    rows.save_password(store, name, _hashed(new, name), temporary=False, keep_session=keep_session)
    log.info("password of %s changed", name)


def set_password(store: Store, name: str, password: str) -> None:
    """By the operator, who knows it afterwards. Raises AccountFault."""
    _must_exist(store, name)
    rows.save_password(store, name, _hashed(password, name), temporary=False)


def reset_password(store: Store, name: str) -> str:
    """A temporary password, to be handed on once and changed at the next login. Raises AccountFault."""
    _must_exist(store, name)
    password = random_password()
    rows.save_password(store, name, hash_password(password), temporary=True)
    log.info("password of %s reset", name)
    return password


def set_active(store: Store, name: str, active: bool) -> None:
    """Raises AccountFault."""
    _must_exist(store, name)
    rows.save_active(store, name, active)
    log.info("account %s %s", name, "activated" if active else "deactivated")


def _must_exist(store: Store, name: str) -> Account:
    with store.read() as session:
        account = rows.find_account(session, name)
    if account is None:
        raise AccountFault("name", f"没有账号 {name}。")
    return account


def verify_organisation(store: Store, organisation: str) -> None:
    """Someone has made sure again that its accounts are in the right hands."""
    log.info("organisation %s verified on %s", organisation, rows.save_verified(store, organisation))


def verification_state(session: Session, settings: Settings, organisation: str, today: date) -> Verified:
    """Of the organisation behind an account, batch or token: whether its uploads are taken, warned about or parked."""
    return verification_on(rows.last_verified_on(session, organisation), today, settings)


def organisations_seen(session: Session, role: Role, organisation: str, day: date) -> frozenset[str] | None:
    """The organisations whose batches this role may see; None for all of them.

    A bureau sees its own, a city's bureau those of its city, a cluster those of the divisions paired in it.
    """
    if role in {Role.OFFICE, Role.ADMIN}:
        return None
    if role is Role.CLUSTER:
        paired = pairing_on(session, day)
        return frozenset(division for division, cluster in paired.items() if cluster == organisation)
    if organisation in _CITIES:
        return rows.organisations_of_city(session, _CITIES[organisation]) | {organisation}
    return frozenset({organisation})


def demonstration_accounts(store: Store) -> list[tuple[str, str, Role]]:
    """(login, password, role) of the demonstration's accounts, with new passwords each time it is called.

    The passwords are kept nowhere: whoever starts the demonstration reads them once.
    """
    made = []
    for name, display_name, role, organisation in _DEMONSTRATION:
        password = random_password()
        with store.read() as session:
            known = rows.find_account(session, name) is not None
        if known:
            rows.save_password(store, name, hash_password(password), temporary=False)
            rows.save_active(store, name, active=True)
        else:
            _insert(store, NewAccount(name, display_name, role, organisation, password), hash_password(password))
        made.append((name, password, role))
    return made
