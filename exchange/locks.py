"""Locks that die with their holder: `flock` on one machine, session advisory locks on PostgreSQL.

In: a name. Out: a context that is held by one process at a time. A killed holder leaves nothing behind.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import text

from exchange.store.database import Store

PUBLISHING = "publishing"  # compare and publish: one batch at a time
INDEXING = "indexing"  # writing this machine's index
SCHEDULING = "scheduling"  # the one worker that acts
_POLL_SECONDS = 0.05

# Given a name and how long to wait (None: for ever), a context that says whether the lock was got.
Lock = Callable[[str, float | None], AbstractContextManager[bool]]


def pulling(source: str) -> str:
    """The lock of whoever pulls this source, by hand or on time."""
    return f"pulling-{source}"


def file_locks(folder: Path) -> Lock:
    """Locks between the processes of this machine."""

    @contextmanager
    def lock(name: str, wait: float | None = None) -> Iterator[bool]:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.lock"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            yield _keep_trying(lambda: _try_flock(handle), wait)
        finally:
            os.close(handle)

    return lock


def store_locks(store: Store, folder: Path) -> Lock:
    """Locks between all processes that share this store."""
    if store.is_sqlite:
        return file_locks(folder)

    @contextmanager
    def lock(name: str, wait: float | None = None) -> Iterator[bool]:
        number = int.from_bytes(hashlib.sha256(f"guanshao {name}".encode()).digest()[:8], "big", signed=True)
        connection = store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            query = text("SELECT pg_try_advisory_lock(:number)")
            yield _keep_trying(lambda: bool(connection.execute(query, {"number": number}).scalar()), wait)
        finally:
            connection.invalidate()  # ends the server's session, and the lock with it
            connection.close()

    return lock


def _try_flock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _keep_trying(attempt: Callable[[], bool], wait: float | None) -> bool:
    end = None if wait is None else time.monotonic() + wait
    while not attempt():
        if end is not None and time.monotonic() >= end:
            return False
        time.sleep(_POLL_SECONDS)
    return True
