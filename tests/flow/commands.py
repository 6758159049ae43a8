"""The command line in processes of their own, quickly: each is forked from a server that has the product loaded.

In: arguments of `guanshao`. Out: `Answer`, or a process that is still running. `die` names a moment at which the
process kills itself with SIGKILL, as the kernel would.
"""

import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass
from importlib import import_module
from json import loads
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import Engine, event

from ingest.cli import COMMANDS, main

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.flow.commands"])
for place, _ in COMMANDS.values():  # by the server, once
    import_module(place.partition(":")[0])
PATIENCE = 60  # seconds
Moment = tuple[str, int]  # ("commit", 3): before the third commit; ("os.rename", 2): before the second renaming


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return loads(self.out)

    @property
    def was_killed(self) -> bool:
        return self.code == -signal.SIGKILL


class Running:
    """A command that has been started."""

    def __init__(self, arguments: tuple[str, ...], environment: dict[str, str], die: Moment | None) -> None:
        self.folder = Path(mkdtemp(prefix="guanshao-command-"))
        self.process: ForkServerProcess = _CONTEXT.Process(
            target=carry_out, args=(arguments, environment, str(self.folder), die)
        )
        self.process.start()

    def text(self, name: str) -> str:
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def answer(self, patience: float = PATIENCE) -> Answer:
        self.process.join(patience)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
            raise AssertionError(f"the command did not end:\n{self.text('err')}")
        found = Answer(self.process.exitcode, self.text("out"), self.text("err"))
        self.process.close()
        return found

    def kill(self) -> Answer:
        self.process.kill()
        return self.answer()


class Commands:
    """`guanshao` with a data folder and a database."""

    def __init__(self, folder: Path, url: str = "", **variables: str) -> None:
        self.environment = {"GUANSHAO_DATA": str(folder), "GUANSHAO_DATABASE_URL": url, "COLUMNS": "200", **variables}

    def __call__(self, *arguments: str, die: Moment | None = None) -> Answer:
        return self.start(*arguments, die=die).answer()

    def start(self, *arguments: str, die: Moment | None = None) -> Running:
        return Running(arguments, self.environment, die)


def carry_out(arguments: tuple[str, ...], environment: dict[str, str], folder: str, die: Moment | None) -> None:
    """In the child: output goes to files, then the command line itself."""
    os.environ.update(environment)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{folder}/{name}", os.O_CREAT | os.O_WRONLY | os.O_TRUNC), number)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if die is not None:
        _die_at(*die)
    try:
        main(list(arguments))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _die_at(what: str, number: int) -> None:
    left = [number]

    def count(*_: Any) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    if what == "commit":
        event.listen(Engine, "commit", count)
    else:
        sys.addaudithook(lambda name, _: count() if name == what else None)
