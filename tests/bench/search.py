"""Part `search`: the same questions to our engine, to plain Whoosh and to tantivy, over the same postings.

In: sizes and a folder for the indexes. Out: figures. Totals are compared question by question; an engine that is not
installed is left out and said to be.
"""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.children import run_step
from tests.bench.figures import Bar, Figure
from tests.bench.sizes import Sizes

_WHOOSH_NOTE = (
    "search: every engine gets the same words from the same tokeniser, and its time includes cutting the question. "
    "Plain Whoosh has five fields with weights, `filter=` and `groupedby=`. The bar is held against the tantivy that "
    "ranks as ours does; with all words in one field it ranks worse and answers faster."
)
_TANTIVY: tuple[tuple[str, bool, tuple[Bar | None, ...]], ...] = (
    ("tantivy, fields with weights", True, (Bar(1), None, Bar(1.5))),
    ("tantivy, one field", False, (None, None, None)),
)  # how it is called, are its fields weighted, bars of mean, p50, p95
_SHOWN = 5  # questions whose totals differ


def measure(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    for postings in sizes.postings:
        here = folder / f"index-{postings}"
        here.mkdir()
        yield from _at(postings, sizes, here, is_largest=postings == max(sizes.postings))


def _at(postings: int, sizes: Sizes, folder: Path, is_largest: bool) -> Iterator[Figure]:
    name = f"{postings:,} postings: "
    built = run_step("search_steps:build_ours", folder=str(folder / "ours"), postings=postings)
    ours, *others = _ask_by_turns(postings, sizes, folder)
    yield from _against_whoosh(name, postings, ours, sizes, folder)
    if not others:
        yield Figure(f"{name}search, mean", ours["mean_ms"], "ms", "tantivy is not installed: pip install tantivy")
    for (how, _, bars), other in zip(_TANTIVY, others, strict=False):
        yield from _against_tantivy(name, how, bars, ours, other)
    yield Figure(f"{name}words and filters that do not go together, p95", ours["apart_p95_ms"], "ms")
    yield Figure(f"{name}index rebuilt", postings / built["seconds"], "/s", bar=Bar(4_000, at_least=True))
    accepted = run_step("search_steps:accept_one", folder=str(folder / "ours"), postings=postings)
    yield Figure(f"{name}accepted to found", accepted["seconds"] * 1000, "ms", bar=Bar(2_000))
    yield Figure(f"{name}completion, mean", ours["complete_ms"], "ms", bar=Bar(5))
    if is_largest:
        asked = {"postings": postings, "count": sizes.questions}
        kept = run_step("search_steps:memory_of_ours", folder=str(folder / "ours"), **asked)
        yield Figure(f"{name}memory of a reader (PSS)", kept["megabytes"], "MB", bar=Bar(400))


def _ask_by_turns(postings: int, sizes: Sizes, folder: Path) -> list[dict[str, Any]]:
    """Ours, then tantivy in its two ways, again and again, so that all meet the same machine; the median of each."""
    asked = {"postings": postings, "count": sizes.questions}
    steps: list[tuple[str, dict[str, Any]]] = [("ask_ours", {**asked, "folder": str(folder / "ours")})]
    for _, weighted, _ in _TANTIVY if find_spec("tantivy") else ():
        where = {"folder": str(folder / f"tantivy-{weighted}"), "weighted": weighted}
        run_step("search_steps:build_tantivy", postings=postings, **where)
        steps.append(("ask_tantivy", {**asked, **where}))
    runs = [[run_step(f"search_steps:{step}", **given) for step, given in steps] for _ in range(sizes.repeats)]
    return [_typical(answers) for answers in zip(*runs, strict=True)]


def _typical(answers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The median of every time; the totals are the same each time."""
    times = {name: median(answer[name] for answer in answers) for name in answers[0] if name.endswith("_ms")}
    return {**answers[0], **times}


def _against_whoosh(name: str, postings: int, ours: dict[str, Any], sizes: Sizes, folder: Path) -> Iterator[Figure]:
    where = str(folder / "whoosh")
    built = run_step("search_steps:build_whoosh", folder=where, postings=postings)
    asked = {"postings": postings, "count": sizes.questions, "seconds": sizes.plain_seconds}
    plain = run_step("search_steps:ask_whoosh", folder=where, **asked)
    said = f"plain Whoosh ({plain['asked']} asked)"
    for which in ("mean", "p50", "p95"):
        value, other = ours[f"{which}_ms"], plain[f"{which}_ms"]
        yield Figure(f"{name}search, {which}", value, "ms", said, other, turned=True, note=_WHOOSH_NOTE)
    yield _differences(name, "plain Whoosh", ours["totals"], plain["totals"])
    yield Figure(f"{name}plain Whoosh indexed", postings / built["seconds"], "/s")


def _against_tantivy(
    name: str, how: str, bars: tuple[Bar | None, ...], ours: dict[str, Any], other: dict[str, Any]
) -> Iterator[Figure]:
    for which, bar in zip(("mean", "p50", "p95"), bars, strict=True):
        yield Figure(f"{name}search, {which}", ours[f"{which}_ms"], "ms", how, other[f"{which}_ms"], bar)
    yield _differences(name, how, ours["totals"], other["totals"])


def _differences(name: str, engine: str, ours: Sequence[int], theirs: Sequence[int]) -> Figure:
    """Every question was drawn to be answered, so that nobody has to let anything go."""
    pairs = [(number, a, b) for number, (a, b) in enumerate(zip(ours, theirs, strict=False))]
    differing = [pair for pair in pairs if pair[1] != pair[2]]
    note = ""
    if differing:
        examples = ", ".join(f"question {number}: {a} and {b}" for number, a, b in differing[:_SHOWN])
        note = f"{name}totals that differ from {engine}: {examples}"
    what = f"{name}totals unlike {engine}, of {len(pairs)}"
    return Figure(what, len(differing), "", bar=Bar(0), note=note)
