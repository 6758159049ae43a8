"""`python tests/bench [PART …] [--quick] [--json F]`: measures, and prints the table.

In: the parts to measure (all of them when none is named). Out: a table on the terminal and, on request, JSON.
"""

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from tests.bench import batch, compliance, duplicates, http, occupations, pulling, search
from tests.bench.children import StepFailed
from tests.bench.figures import Figure, show, write_json
from tests.bench.sizes import FULL, QUICK, Sizes

PARTS: dict[str, Callable[[Sizes, Path], Iterator[Figure]]] = {
    "batch": batch.measure,
    "search": search.measure,
    "search-million": search.measure_million,
    "http": http.measure,
    "pulling": pulling.measure,
    "compliance": compliance.measure,
    "duplicates": duplicates.measure,
    "occupations": occupations.measure,
}

ON_REQUEST = {"search-million"}  # takes half an hour and six gigabytes
_TITLE = "莞韶岗位互通 · measured in one run"
_QUICK_TITLE = "莞韶岗位互通 · a quick run, too small to be judged by"


def main(arguments: list[str] | None = None) -> int:
    """0 when everything was measured, whether it meets its bar or not; 1 when a step failed."""
    asked = _parser().parse_args(arguments)
    console = Console(width=None if Console().is_terminal else 140)
    figures: list[Figure] = []
    failed = False
    circumstances = _circumstances(asked)
    with TemporaryDirectory(prefix="guanshao-bench-") as folder, console.status("") as status:
        for part in asked.parts or [part for part in PARTS if part not in ON_REQUEST]:
            started = time.monotonic()
            status.update(f"{part} …")
            try:
                for figure in PARTS[part](QUICK if asked.quick else FULL, Path(folder)):
                    figures.append(figure)
                    status.update(f"{part}: {figure.what} …")
            except StepFailed as fault:
                console.print(f"{part} could not be measured to its end: {fault}", markup=False)
                failed = True
            console.print(f"{part}: {time.monotonic() - started:.0f} s", highlight=False)
            if asked.json:
                write_json(figures, circumstances, asked.json)
    console.print(" · ".join(f"{name} {value}" for name, value in circumstances.items()), highlight=False)
    show(figures, console, _QUICK_TITLE if asked.quick else _TITLE)
    return int(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests/bench", description="Measure against the bars of the design.")
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=f"{', '.join(PARTS)}; default: all"
    )
    parser.add_argument("--quick", action="store_true", help="small sizes: shows that it works, not how fast it is")
    parser.add_argument("--json", type=Path, metavar="F", help="write the figures to this file as well")
    return parser


def _circumstances(asked: argparse.Namespace) -> dict[str, Any]:
    return {
        "at": datetime.now().astimezone().isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "sizes": "quick" if asked.quick else "full",
    }
