"""Passwords: what is stored gives nothing away, weak ones are refused, a name that nobody has costs as much time."""

import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.passwords import hash_password, is_outdated, is_password, random_password, weakness
from exchange.secrecy import digest_of, random_token, shared_key

GOOD = "plum river nine"


def test_a_password_is_stored_as_argon2id_with_its_own_salt() -> None:
    first, second = hash_password(GOOD), hash_password(GOOD)
    assert first.startswith("$argon2id$")
    assert first != second
    assert is_password(GOOD, first)
    assert not is_password(GOOD + " ", first)
    assert not is_outdated(first)


def test_a_hash_of_weaker_parameters_is_outdated() -> None:
    weak = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21l$ZLUh3qWMBRWzFjR5mQyQ0w"
    assert is_outdated(weak)


@pytest.mark.parametrize("stored", [None, "", "plain text", "$argon2id$broken"])
def test_nothing_opens_an_account_without_a_good_hash(stored: str | None) -> None:
    assert not is_password("", stored)
    assert not is_password(GOOD, stored)


def test_a_name_that_nobody_has_takes_as_long_as_one_that_somebody_has() -> None:
    stored = hash_password(GOOD)

    def milliseconds(stored: str | None) -> float:
        taken = []
        for _ in range(9):
            started = time.perf_counter()
            is_password("wrong guess 1", stored)
            taken.append(1000 * (time.perf_counter() - started))
        return median(taken)

    milliseconds(None)
    somebody, nobody = milliseconds(stored), milliseconds(None)
    assert nobody > somebody / 3


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "太短"),
        ("长安镇123", "太短"),
        ("ninechars", "太短"),
        ("x" * 201, "太长"),
        ("1234567890", "太常见"),
        ("Woaini1314520", "太常见"),
        ("aaaabbbbaaaa", "太常见"),
        ("renshechangan", ""),
        ("changan-office", "登录名"),
        ("Changan-Office2026!", "登录名"),
        (GOOD, ""),
        ("东莞韶关一起找工作真好", ""),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, why: str) -> None:
    found = weakness(password, "changan-office")
    assert why in found if why else found == ""


def test_passwords_made_here_are_strong_and_never_the_same() -> None:
    made = [random_password() for _ in range(200)]
    assert len(set(made)) == 200
    assert [weakness(password, "admin") for password in made] == [""] * 200


@given(st.text(max_size=250), st.text(max_size=40))
@settings(max_examples=200)
def test_judging_never_fails_and_never_lets_a_short_one_pass(password: str, name: str) -> None:
    assert weakness(password, name) or len(password) >= 10


def test_a_token_is_known_by_its_beginning_and_kept_as_a_digest() -> None:
    token = random_token()
    assert token.startswith("gs_")
    assert len(token) >= 3 + 43  # 256 bits in base 64
    assert token not in digest_of(token)
    assert digest_of(token) == digest_of(token) != digest_of(random_token())


def test_the_key_of_cookies_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as several:
        keys = set(several.map(lambda _: shared_key(tmp_path / "var"), range(16)))
    (key,) = keys
    assert len(key) == 32
    file = tmp_path / "var" / "session.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert shared_key(tmp_path / "elsewhere") != key
