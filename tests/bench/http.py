"""Part `http`: whole requests to `guanshao serve` over a store of many postings.

In: sizes and a folder. Out: figures.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.children import run_step
from tests.bench.figures import Bar, Figure
from tests.bench.sizes import Sizes

_QUESTIONS = 300


def measure(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    postings, count = max(sizes.postings), min(sizes.questions, _QUESTIONS)
    where = str(folder / "http")
    run_step("http_steps:fill_store", folder=where, postings=postings)
    answer = run_step("http_steps:ask_http", folder=where, postings=postings, count=count)
    name = f"{postings:,} postings over HTTP: "
    for kind, what in (("page", "page /postings"), ("api", "API /postings"), ("typing", "API /complete")):
        yield Figure(f"{name}{what}, mean", answer[kind]["mean_ms"], "ms")
        yield Figure(f"{name}{what}, p95", answer[kind]["p95_ms"], "ms", bar=Bar(30))
