"""Part `targets`: the target page and what stands behind it at few and at many credits, and verifying them.

In: sizes and a folder. Out: figures. What a page asks must cost the same at both sizes; lists and gaps are shown beside
it, for they read the rows that they list.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.children import run_step
from tests.bench.figures import Bar, Figure
from tests.bench.sizes import Sizes

UNTIL = "2026-11-26"
_SAME = Bar(1.5)
_READS_ROWS = ("gap", "first page")


def measure(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    few, many = sizes.credits
    folders = {size: str(folder / f"credits-{size}") for size in sizes.credits}
    for size, where in folders.items():
        filled = run_step("many_credits:fill", folder=where, credits=size, until=UNTIL)
        yield Figure(f"{size:,} credits: the store", filled["megabytes"], "MB")
    asked = run_step("targets_steps:ask", folders=list(folders.values()), until=UNTIL)
    for name, (small, large) in asked["milliseconds"].items():
        bar = None if name.startswith(_READS_ROWS) else _SAME
        yield Figure(f"{many:,} credits: {name}", large, "ms", f"at {few:,}", small, bar)
    for size, where in folders.items():
        done = run_step("targets_steps:verify", folder=where, until=UNTIL)
        yield Figure(f"{size:,} credits: verify", done["seconds"], "s")
        yield Figure(f"{size:,} credits: events verified a second", done["events"] / done["seconds"], "/s")
        yield Figure(f"{size:,} credits: peak memory of verify", done["peak_mb"], "MB")
