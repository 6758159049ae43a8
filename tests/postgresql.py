"""A private PostgreSQL server for tests and benchmarks, reached over a socket in a temporary folder.

In: nothing, or options. Out: `binaries()`, None when it is not installed; `server()`, the folder of its socket.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

PATIENCE = 30
PR_SET_PDEATHSIG = 1  # of prctl: the signal a process gets when its parent ends
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50")


def binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


@contextmanager
def server(programs: Path, options: Sequence[str] = ()) -> Iterator[Path]:
    """Its data is gone when it ends. RuntimeError when it does not start."""
    folder = Path(tempfile.mkdtemp(prefix="guanshao-pg-", dir="/tmp"))  # a socket path must stay short
    try:
        with _running(programs, folder, options):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _end_with_parent() -> None:
    """The server must not outlive a run that was killed: Linux ends it with it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


@contextmanager
def _running(programs: Path, folder: Path, more: Sequence[str]) -> Iterator[None]:
    """PostgreSQL refuses to run as root: then it runs as the user `postgres`, who owns the folder."""
    run: dict[str, Any] = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "TZ": "UTC"}}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        run |= {"user": "postgres", "group": "postgres", "extra_groups": []}
    data, log = folder / "data", folder / "log"
    initdb = [programs / "initdb", "-D", data, "-U", "guanshao", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    subprocess.run(initdb, check=True, capture_output=True, **run)
    options = ["listen_addresses=", f"unix_socket_directories={folder}", *_QUICK, *more]
    command = [programs / "postgres", "-D", data, *(part for option in options for part in ("-c", option))]
    with log.open("wb") as output:
        started = subprocess.Popen(command, stdout=output, stderr=output, preexec_fn=_end_with_parent, **run)
    try:
        _wait_for(started, folder, log)
        yield
    finally:
        started.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        started.wait(PATIENCE)


def _wait_for(started: "subprocess.Popen[bytes]", folder: Path, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(host=str(folder), user="guanshao", dbname="postgres").close()
            return
        except psycopg.OperationalError as fault:
            if started.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from fault
            time.sleep(0.05)
