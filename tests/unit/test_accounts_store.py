"""Accounts, logins and tokens in the store, on both databases, by a clock that the test sets."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from config.startup import Configuration, load_configuration
from config.words import Role, TokenScope, Verification
from exchange import accounts
from exchange.accounts import AccountFault, LoginRefused, NewAccount
from exchange.clock import LOCAL
from exchange.models import Account, ApiToken, LoginAttempts, LoginSession
from exchange.secrecy import digest_of
from exchange.store import Store
from exchange.store.accounts import all_accounts, find_account
from exchange.store.logins import end_login, find_login, note_attempt, note_seen
from exchange.store.setup import open_store
from exchange.store.tokens import find_token, issue_token, note_used, revoke_token

PASSWORD = "plum river nine"
CHANGAN, WENGYUAN, HUMEN = "441900119", "440229", "441900121"
IDLE = timedelta(hours=12)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 12, 10, 0, tzinfo=LOCAL)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def configuration(database_url: str, tmp_path: Path) -> Configuration:
    return load_configuration({"GUANSHAO_DATA": str(tmp_path / "var"), "GUANSHAO_DATABASE_URL": database_url})


@pytest.fixture
def store(configuration: Configuration, clock: Clock) -> Iterator[Store]:
    opened = open_store(configuration, clock)
    yield opened
    opened.close()


def _add(store: Store, name: str = "changan", role: Role = Role.BUREAU, organisation: str = CHANGAN) -> None:
    accounts.add_account(store, NewAccount(name, f"{name}的经办", role, organisation, PASSWORD))


def _log_in(store: Store, configuration: Configuration, name: str = "changan", password: str = PASSWORD) -> str:
    return accounts.log_in(store, configuration.settings, name, password)


def _refusal(store: Store, configuration: Configuration, name: str, password: str = "wrong guess") -> datetime | None:
    with pytest.raises(LoginRefused) as refused:
        _log_in(store, configuration, name, password)
    return refused.value.locked_until


def _behind(store: Store, secret: str) -> Account | None:
    with store.read() as session:
        found = find_login(session, secret, store.clock(), IDLE)
    return found[0] if found else None


def test_who_is_added_can_log_in_and_is_verified_from_that_day(store: Store, configuration: Configuration) -> None:
    _add(store)
    account = _behind(store, _log_in(store, configuration, " Changan "))
    assert account is not None
    assert (account.role, account.organisation, account.verified_on) == (Role.BUREAU, CHANGAN, date(2026, 3, 12))
    assert account.last_login_at == store.clock()
    assert PASSWORD not in account.password_hash


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewAccount("Chang An", "x", Role.BUREAU, CHANGAN, PASSWORD), "name"),
        (NewAccount("x", "x", Role.BUREAU, CHANGAN, PASSWORD), "name"),
        (NewAccount("nobody", "x", Role.BUREAU, "123456", PASSWORD), "organisation"),
        (NewAccount("nobody", "x", Role.BUREAU, "c01", PASSWORD), "organisation"),
        (NewAccount("nobody", "x", Role.CLUSTER, CHANGAN, PASSWORD), "organisation"),
        (NewAccount("nobody", "x", Role.BUREAU, CHANGAN, "1234567890"), "password"),
        (NewAccount("changan", "x", Role.OFFICE, "441900", PASSWORD), "name"),
    ],
)
def test_what_cannot_be_an_account_is_refused_by_field(store: Store, new: NewAccount, field: str) -> None:
    _add(store)
    with pytest.raises(AccountFault) as fault:
        accounts.add_account(store, new)
    assert fault.value.field == field
    with store.read() as session:
        assert [account.name for account in all_accounts(session)] == ["changan"]


def test_five_wrong_passwords_lock_the_login_for_a_quarter_of_an_hour(
    store: Store, configuration: Configuration, clock: Clock
) -> None:
    _add(store)
    assert [_refusal(store, configuration, "changan") for _ in range(4)] == [None] * 4
    until = clock() + timedelta(minutes=15)
    assert _refusal(store, configuration, "changan") == until
    assert _refusal(store, configuration, "changan", PASSWORD) == until, "the right password must not be told apart"
    clock.move(minutes=14, seconds=59)
    assert _refusal(store, configuration, "changan", PASSWORD) == until, "a try while locked must not lengthen the lock"
    clock.move(seconds=1)
    assert _behind(store, _log_in(store, configuration)) is not None


def test_a_right_password_forgets_the_wrong_ones_before(store: Store, configuration: Configuration) -> None:
    _add(store)
    for _ in range(3):
        for _ in range(4):
            assert _refusal(store, configuration, "changan") is None
        _log_in(store, configuration)


def test_the_fifth_try_may_still_be_right(store: Store, configuration: Configuration) -> None:
    _add(store)
    for _ in range(4):
        _refusal(store, configuration, "changan")
    _log_in(store, configuration)
    assert _refusal(store, configuration, "changan") is None


def test_a_name_that_nobody_has_is_locked_the_same_way(store: Store, configuration: Configuration) -> None:
    _add(store)
    answers = {name: [_refusal(store, configuration, name) for _ in range(7)] for name in ("changan", "nobody")}
    assert answers["changan"] == answers["nobody"]


def test_many_guesses_at_once_cannot_outrun_the_lock(store: Store, configuration: Configuration) -> None:
    def is_let_through(_: int) -> bool:
        was_locked, _ = note_attempt(store, "changan", configuration.settings.login_attempts, timedelta(minutes=9))
        return not was_locked

    with ThreadPoolExecutor(8) as several:
        assert sum(several.map(is_let_through, range(40))) == 5


def test_failures_of_long_ago_are_forgotten_and_leave_no_trace(
    store: Store, configuration: Configuration, clock: Clock
) -> None:
    _add(store)
    for name in ("changan", "somebody", "anybody"):
        for _ in range(4):
            _refusal(store, configuration, name)
    clock.move(days=1, seconds=1)
    assert _refusal(store, configuration, "changan") is None
    with store.read() as session:
        assert [row.name for row in session.exec(select(LoginAttempts))] == ["changan"]


def test_a_session_ends_when_it_stood_idle(store: Store, configuration: Configuration, clock: Clock) -> None:
    _add(store)
    secret = _log_in(store, configuration)
    for _ in range(3):
        clock.move(hours=11)
        with store.read() as session:
            found = find_login(session, secret, clock(), IDLE)
        assert found is not None
        note_seen(store, found[1])
    clock.move(hours=12)
    assert _behind(store, secret) is None
    _log_in(store, configuration)
    with store.read() as session:
        assert len(session.exec(select(LoginSession)).all()) == 1, "dead sessions are swept away"


def test_every_login_has_its_own_session_stored_as_a_digest(store: Store, configuration: Configuration) -> None:
    _add(store)
    first, second = _log_in(store, configuration), _log_in(store, configuration)
    assert first != second
    with store.read() as session:
        assert {row.secret_hash for row in session.exec(select(LoginSession))} == {digest_of(first), digest_of(second)}
    end_login(store, digest_of(first))
    assert _behind(store, first) is None
    assert _behind(store, second) is not None


def test_deactivation_ends_every_session_at_once(store: Store, configuration: Configuration) -> None:
    _add(store)
    secret = _log_in(store, configuration)
    accounts.set_active(store, "changan", active=False)
    assert _behind(store, secret) is None
    assert _refusal(store, configuration, "changan", PASSWORD) is None
    accounts.set_active(store, "changan", active=True)
    assert _behind(store, secret) is None
    assert _behind(store, _log_in(store, configuration)) is not None


def test_a_new_password_ends_the_other_sessions(store: Store, configuration: Configuration) -> None:
    _add(store)
    here, elsewhere = _log_in(store, configuration), _log_in(store, configuration)
    for old, new, field in (("wrong", "walnut cloud 7", "old_password"), (PASSWORD, "short", "password")):
        with pytest.raises(AccountFault) as fault:
            accounts.change_password(store, "changan", old, new, digest_of(here))
        assert fault.value.field == field
    accounts.change_password(store, "changan", PASSWORD, "walnut cloud 7", digest_of(here))
    assert _behind(store, here) is not None
    assert _behind(store, elsewhere) is None
    _refusal(store, configuration, "changan", PASSWORD)
    _log_in(store, configuration, password="walnut cloud 7")


def test_a_reset_password_is_temporary_and_lifts_the_lock(store: Store, configuration: Configuration) -> None:
    _add(store)
    for _ in range(5):
        _refusal(store, configuration, "changan")
    account = _behind(store, _log_in(store, configuration, password=accounts.reset_password(store, "changan")))
    assert account is not None
    assert account.password_is_temporary


def test_a_hash_of_older_parameters_is_renewed_at_login(store: Store, configuration: Configuration) -> None:
    from argon2 import PasswordHasher

    _add(store)
    old = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    with store.write() as transaction:
        transaction.session.get_one(Account, "changan").password_hash = old
    _log_in(store, configuration)
    with store.read() as session:
        account = find_account(session, "changan")
    assert account is not None
    assert account.password_hash != old
    _log_in(store, configuration)


def test_a_token_is_found_by_its_secret_which_is_stored_nowhere(store: Store, clock: Clock) -> None:
    secret, token = issue_token(store, "招聘系统", CHANGAN, [TokenScope.BATCHES], 30, "admin")
    with store.read() as session:
        found = find_token(session, secret)
        assert found is not None
        assert (found.id, found.organisation, found.scopes) == (token.id, CHANGAN, "batches")
        assert found.expires_at == clock() + timedelta(days=30)
        assert find_token(session, secret[:-1]) is None
        assert find_token(session, found.secret_hash) is None
        assert secret not in str(session.exec(select(ApiToken)).all())


def test_a_token_remembers_its_last_use_and_its_first_revocation(store: Store, clock: Clock) -> None:
    secret, token = issue_token(store, "招聘系统", CHANGAN, [TokenScope.BATCHES], 30, "admin")
    note_used(store, token)
    used = clock()
    assert revoke_token(store, token.id) is not None
    clock.move(hours=1)
    assert revoke_token(store, token.id) is not None
    with store.read() as session:
        found = find_token(session, secret)
    assert found is not None
    assert (found.last_used_at, found.revoked_at) == (used, used)
    assert revoke_token(store, "NOSUCHTOKEN1") is None


def test_an_organisation_is_verified_by_whom_an_administrator_vouched_for(
    store: Store, configuration: Configuration, clock: Clock
) -> None:
    def state(organisation: str) -> Verification:
        with store.read() as session:
            day = clock().date()
            return accounts.verification_state(session, configuration.settings, organisation, day).state

    _add(store)
    _add(store, "boss", Role.ADMIN, HUMEN)
    issue_token(store, "招聘系统", WENGYUAN, [TokenScope.BATCHES], 9, "admin")
    assert (state(CHANGAN), state(WENGYUAN)) == (Verification.VERIFIED, Verification.VERIFIED)
    assert state(HUMEN) is Verification.OVERDUE, "an administrator does not report for Humen"
    clock.move(days=183)
    assert (state(CHANGAN), state(WENGYUAN)) == (Verification.DUE, Verification.DUE)
    clock.move(days=14)
    assert (state(CHANGAN), state(WENGYUAN)) == (Verification.OVERDUE, Verification.OVERDUE)
    accounts.verify_organisation(store, CHANGAN)
    assert (state(CHANGAN), state(WENGYUAN)) == (Verification.VERIFIED, Verification.OVERDUE)


def test_each_role_sees_its_own(store: Store, clock: Clock) -> None:
    def seen(role: Role, organisation: str) -> frozenset[str] | None:
        with store.read() as session:
            return accounts.organisations_seen(session, role, organisation, clock().date())

    assert seen(Role.BUREAU, CHANGAN) == {CHANGAN}
    assert seen(Role.BUREAU, WENGYUAN) == {WENGYUAN}
    city = seen(Role.BUREAU, "441900")
    assert city is not None
    assert {CHANGAN, HUMEN, "441900"} <= city
    assert not city & {WENGYUAN, "440200"}
    shaoguan = seen(Role.BUREAU, "440200")
    assert shaoguan is not None
    assert WENGYUAN in shaoguan
    assert CHANGAN not in shaoguan
    cluster = seen(Role.CLUSTER, "c01")
    assert cluster is not None
    assert {CHANGAN, WENGYUAN} <= cluster
    assert "441900" not in cluster
    assert seen(Role.OFFICE, "441900") is None
    assert seen(Role.ADMIN, "441900") is None


def test_demonstration_accounts_get_new_passwords_each_time(store: Store, configuration: Configuration) -> None:
    first = accounts.demonstration_accounts(store)
    assert [(name, role) for name, _, role in first] == [
        ("changan", Role.BUREAU),
        ("wengyuan", Role.BUREAU),
        ("office", Role.OFFICE),
        ("admin", Role.ADMIN),
    ]
    accounts.set_active(store, "admin", active=False)
    second = accounts.demonstration_accounts(store)
    for (name, old, _), (_, new, _) in zip(first, second, strict=True):
        assert old != new
        _refusal(store, configuration, name, old)
        _log_in(store, configuration, name, new)
