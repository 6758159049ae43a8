"""Runs one step of a measurement in a process of its own, so that memory and caches are that step's alone.

In: `module:function` of this folder and plain arguments. Out: what the function returns, plus `peak_mb`.
"""

import importlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_MEGABYTE = 2**20


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
    """Of this process and the largest of its children. The kernel's ru_maxrss of a process also knows the parent it
    was forked from, VmHWM only what it has been since."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (_proc("/proc/self/status", "VmHWM:") + children) * 1024 / _MEGABYTE


def own_megabytes() -> float:
    """PSS now: pages shared with other processes count in part."""
    return _proc("/proc/self/smaps_rollup", "Pss:") * 1024 / _MEGABYTE


def _proc(path: str, name: str) -> int:
    """Kilobytes."""
    lines = Path(path).read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def main(step: str, arguments: str) -> None:
    module, _, function = step.partition(":")
    found = getattr(importlib.import_module(f"tests.bench.{module}"), function)
    answer = found(**json.loads(arguments))
    answer["peak_mb"] = peak_megabytes()
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
