"""Passwords (密码): hashed, checked, judged, made.

In: what a person typed. Out: an argon2id hash, yes or no, or what is wrong with a new one. What makes a password weak
is here and in config/vocabulary/common_passwords.txt.
"""

import secrets
import string
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from config.packaged import read_vocabulary

SHORTEST = 10
LONGEST = 200  # longer ones only keep the machine busy
_DIFFERENT = 5  # characters at least
_READABLE = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is mistaken for another over the phone


@cache
def _hasher() -> PasswordHasher:
    """argon2id as OWASP recommends where memory counts: 19 MiB, so that eight logins at once stay small."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    return _hasher().hash(password)


@cache
def _nobodys_hash() -> str:
    return hash_password(secrets.token_hex())


def is_password(password: str, stored: str | None) -> bool:
    """Takes the same time when there is no account (`stored` is None): the clock must not tell names."""
    try:
        return _hasher().verify(stored or _nobodys_hash(), password[:LONGEST]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """The hash was made with weaker parameters than today's."""
    return _hasher().check_needs_rehash(stored)


def weakness(password: str, name: str) -> str:
    """What is wrong with a new password, in Chinese; "" when nothing is."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return f"密码太短：至少 {SHORTEST} 个字符，可以用几个词连起来。"
    if len(password) > LONGEST:
        return f"密码太长：最多 {LONGEST} 个字符。"
    if plain.strip(string.digits + string.punctuation) == name:
        return "密码不能就是登录名（或登录名加数字、符号）。"
    if plain in _common_passwords() or len(set(plain)) < _DIFFERENT:
        return "这个密码太常见，容易被猜中：请换一个。"
    return ""


@cache
def _common_passwords() -> frozenset[str]:
    lines = read_vocabulary("common_passwords.txt").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def random_password() -> str:
    """Four groups of four, 79 bits, readable over the phone."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))
