"""Part `batch`: a bureau's workbook, from the file to postings that are found and counted.

In: sizes and a folder for what is made. Out: figures, as ratios of the time openpyxl takes just to read the file.
"""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.children import run_step
from tests.bench.figures import Bar, Figure
from tests.bench.sizes import Sizes

_SEED = 2026
_NOTE = (
    "batch: every repeat in a new process with a new data folder; reading vocabularies for the first time is included."
)


def measure(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    path = str(folder / "batch.xlsx")
    run_step("batch_steps:make_workbook", path=path, rows=sizes.batch_rows, seed=_SEED)
    reads, runs = [], []
    for number in range(sizes.repeats):  # by turns, so that both meet the same machine
        reads.append(run_step("batch_steps:read_with_openpyxl", path=path))
        runs.append(run_step("batch_steps:take_in", path=path, folder=str(folder / f"data-{number}")))
    baseline = _median(reads, "seconds")
    yield from _journey(sizes.batch_rows, baseline, runs)
    yield from _again(runs)
    yield _peak(sizes.memory_rows, folder)


def _median(answers: list[dict[str, Any]], name: str) -> float:
    return median(answer[name] for answer in answers)


def _journey(rows: int, baseline: float, runs: list[dict[str, Any]]) -> Iterator[Figure]:
    preview, publish = _median(runs, "preview"), _median(runs, "publish")
    stood = runs[0]
    note = (
        f"batch: {stood['received']} rows became {stood['created']} created, {stood['held']} held, "
        f"{stood['rejected']} rejected, {stood['duplicate']} duplicate; {stood['counted']} are counted."
    )
    openpyxl = "openpyxl read_only"
    yield Figure(f"{rows:,} rows: file to preview", preview, "s", openpyxl, baseline, Bar(2), note=_NOTE)
    yield Figure(f"{rows:,} rows: confirm to searchable", publish, "s", openpyxl, baseline, Bar(3), note=note)
    yield Figure(f"{rows:,} rows: file to searchable", rows / (preview + publish), "/s")


def _again(runs: list[dict[str, Any]]) -> Iterator[Figure]:
    """Confirming the same file again, reading not included."""
    again, first = _median(runs, "again_publish"), _median(runs, "publish")
    what = f"the same file again, {runs[0]['unchanged']:,} unchanged"
    yield Figure(what, again, "s", "the first time", first, Bar(10, at_least=True), turned=True)


def _peak(rows: int, folder: Path) -> Figure:
    path = str(folder / "large.xlsx")
    run_step("batch_steps:make_workbook", path=path, rows=rows, seed=_SEED + 1)
    answer = run_step("batch_steps:preview_and_publish", path=path, folder=str(folder / "large"))
    return Figure(f"{rows:,} rows: peak memory, children included", answer["megabytes"], "MB", bar=Bar(300))
