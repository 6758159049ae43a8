"""Workbooks (.xlsx, .xls, WPS .et) as grids.

In: path. Out: one `Grid` per worksheet, hidden ones included and marked; chart sheets are left out. The file is opened
by `opener.py` in a child process with limited memory and time: python-calamine is fast, but a hostile workbook can
make it panic, loop or ask for hundreds of gigabytes.
"""

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import python_calamine

from ingest.table import opener
from ingest.table.faults import FileFault, Limits, too_many_columns, too_many_rows
from ingest.table.kind import SAVE_IT, damaged, encrypted
from ingest.table.model import Grid, Merge

OUT_OF_MEMORY = b"memory allocation"
SITE_PACKAGES = str(Path(python_calamine.__file__).parent.parent)


def read_grids(path: Path, name: str, limits: Limits) -> list[Grid]:
    answer = _open(path, name, limits)
    if "fault" in answer:
        raise _fault(answer, name, limits)
    return [
        Grid(sheet, columns, rows, tuple(Merge(*merge) for merge in merges), hidden)
        for sheet, hidden, columns, rows, merges in answer["sheets"]
    ]


def _open(path: Path, name: str, limits: Limits) -> dict[str, Any]:
    numbers = [str(limits.max_rows * 2), str(limits.max_columns), str(limits.max_memory_bytes)]
    command = [sys.executable, "-I", "-S", opener.__file__, SITE_PACKAGES, str(path.resolve()), *numbers]
    try:
        done = subprocess.run(command, capture_output=True, timeout=limits.max_seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise _too_large(name) from error
    if done.returncode == 0:
        return dict(pickle.loads(done.stdout))
    if OUT_OF_MEMORY in done.stderr or b"MemoryError" in done.stderr:
        raise _too_large(name)
    raise damaged(name)


def _fault(answer: dict[str, Any], name: str, limits: Limits) -> FileFault:
    code, detail = answer["fault"], answer.get("detail", ("", 0))
    if code == "file.encrypted":
        return encrypted(name)
    if code == "file.too_many_columns":
        return too_many_columns(name, detail[0], detail[1], limits)
    if code == "file.too_many_rows":
        return too_many_rows(name, limits)
    return damaged(name)


def _too_large(name: str) -> FileFault:
    message = f"文件“{name}”的工作表范围太大，系统打不开。请删除数据右边和下面多余的行列，再{SAVE_IT}。"
    return FileFault("file.too_large", message)
