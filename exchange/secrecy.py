"""Secrets that are random themselves: of sessions, of API tokens, and the key that signs cookies.

In: nothing, or the data folder. Out: 256 random bits as text, their SHA-256 for the store, the key of this machine.
"""

import hashlib
import secrets
from pathlib import Path

from exchange.locks import file_locks

_TOKEN_MARK = "gs_"  # so that scanners of leaked secrets can know it
_KEY = "session.key"


def random_secret() -> str:
    return secrets.token_urlsafe(32)


def random_token() -> str:
    return _TOKEN_MARK + random_secret()


def digest_of(secret: str) -> str:
    """What is stored of a random secret. Slow hashing protects guessable ones; these cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def shared_key(data: Path) -> bytes:
    """Made once, for all processes that share the data folder; readable to its owner only."""
    path = data / _KEY
    with file_locks(data / "locks")("session-key", None):
        if not path.exists():
            draft = path.with_suffix(".new")
            draft.unlink(missing_ok=True)
            draft.touch(mode=0o600)
            draft.write_bytes(secrets.token_bytes(32))
            draft.replace(path)  # whole or not at all
    return path.read_bytes()
