"""Runs one step of a measurement in a process of its own, so that memory and caches are that step's alone.

In: `module:function` of this folder and plain arguments. Out: what the function returns, plus `peak_mb`.
"""

import importlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
_MEGABYTE = 2**20
_LOOK_SECONDS = 0.05


class StepFailed(Exception):
    """The step ended badly; the message is the end of what it wrote."""


def run_step(step: str, **arguments: Any) -> dict[str, Any]:
    """Raises StepFailed. `arguments` and the answer travel as JSON."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GUANSHAO_")}
    command = [sys.executable, "-m", "tests.bench.children", step, json.dumps(arguments)]
    ended = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    if ended.returncode:
        raise StepFailed(f"{step}: {ended.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return answer


def timed(work: Callable[[], Any]) -> float:
    """Seconds."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def typical(work: Callable[[], Any], times: int = 3) -> float:
    """Median seconds."""
    return median(timed(work) for _ in range(times))


def peak_megabytes() -> float:
    """Of this process alone. ru_maxrss would also know the parent it was forked from, VmHWM only what came since."""
    return _proc("/proc/self/status", "VmHWM:") * 1024 / _MEGABYTE


def own_megabytes() -> float:
    """PSS now: pages shared with other processes count in part."""
    return _proc("/proc/self/smaps_rollup", "Pss:") * 1024 / _MEGABYTE


class MemoryWatch:
    """Looks again and again how much memory this process and its children have together (PSS)."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.wait(_LOOK_SECONDS):
            pids = [os.getpid(), *_children()]
            total = sum(_proc(f"/proc/{pid}/smaps_rollup", "Pss:") for pid in pids)
            self.megabytes = max(self.megabytes, total * 1024 / _MEGABYTE)


def _children() -> list[int]:
    lists = Path("/proc/self/task").glob("*/children")
    return [int(pid) for path in lists for pid in path.read_text(encoding="ascii").split()]


def _proc(path: str, name: str) -> int:
    """Kilobytes; 0 of a process that has just ended."""
    try:
        lines = Path(path).read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)


def main(step: str, arguments: str) -> None:
    module, _, function = step.partition(":")
    found = getattr(importlib.import_module(f"tests.bench.{module}"), function)
    answer = found(**json.loads(arguments))
    answer["peak_mb"] = peak_megabytes()
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
