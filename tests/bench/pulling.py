"""Part `pulling`: a paged JSON feed of many records, beside a bare requests loop that reads the same pages.

In: sizes and a folder. Out: figures. The site is a process of its own on this machine; both are paced at 0.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.children import run_step
from tests.bench.figures import Figure
from tests.bench.sizes import Sizes


def measure(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    records = sizes.pulled_records
    answer = run_step("pulling_steps:pull_pages", folder=str(folder / "pulling"), records=records)
    bare = records / answer["bare"]
    loop = "bare requests loop"
    name = f"{records:,} records in {answer['pages']:,} pages: "
    note = (
        f"pulling: {answer['created']:,} created, {answer['duplicate']:,} duplicate, {answer['held']:,} held, "
        f"{answer['rejected']:,} rejected."
    )
    yield Figure(f"{name}fetched, checked, every answer kept", records / answer["fetched"], "/s", loop, bare)
    yield Figure(f"{name}pulled to searchable and counted", records / answer["whole"], "/s", loop, bare, note=note)
    yield Figure(f"{name}the same again", records / answer["again"], "/s", loop, bare)
