"""Parts `search` and `search-million`: the same questions to our engine and to five set-ups of four others.

In: sizes and a folder for the indexes. Out: figures. Totals are compared question by question; an engine that is not
installed is left out and said to be.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.children import run_step
from tests.bench.figures import Bar, Figure
from tests.bench.plain_postgresql import OPTIONS
from tests.bench.sizes import Sizes
from tests.postgresql import binaries, server

_NOTE = (
    "search: every engine gets the same words from the same tokeniser, without synonyms, and its time includes cutting "
    "the question. The bar is held against the tantivy that ranks as ours does; with all words in one field it ranks "
    "worse and answers faster. Slow engines answer as many questions as fit into their time."
)
_JUDGED = 100_000  # postings: what the bars are about
_SHOWN = 5  # questions whose totals differ


@dataclass(frozen=True, slots=True)
class Other:
    called: str
    engine: str  # tests/bench/plain_<engine>.py
    how: dict[str, Any] = field(default_factory=dict)
    bars: dict[str, Bar] = field(default_factory=dict)  # of mean, p50, p95
    is_fast: bool = False  # asked by turns with ours, else once
    needs: str = ""  # the library it stands on
    up_to: int = 1_000_000  # postings; beyond it would take hours


_TANTIVY_BARS = {"mean": Bar(1), "p95": Bar(1.5)}
OTHERS = (
    Other("tantivy, fields with weights", "tantivy", {"weighted": True}, _TANTIVY_BARS, True, "tantivy"),
    Other("tantivy, one field", "tantivy", {"weighted": False}, {}, True, "tantivy"),
    Other("PostgreSQL full text", "postgresql", bars={"mean": Bar(30, at_least=True)}),
    Other("SQLite FTS5", "sqlite"),
    Other("plain Whoosh", "whoosh", up_to=100_000),
)


def measure(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    for postings in sizes.postings:
        measuring = Measuring(postings, sizes, _new(folder, postings))
        yield from measuring.figures(sizes.repeats, rebuilds=3)
        if postings == max(sizes.postings):
            yield measuring.memory()


def measure_million(sizes: Sizes, folder: Path) -> Iterator[Figure]:
    """The same at a size that nobody has promised anything for: no bars."""
    measuring = Measuring(sizes.most_postings, sizes, _new(folder, sizes.most_postings))
    for figure in measuring.figures(1, rebuilds=1):
        yield replace(figure, bar=None)
    yield replace(measuring.memory(), bar=None)


def _new(folder: Path, postings: int) -> Path:
    here = folder / f"index-{postings}"
    here.mkdir()
    return here


class Measuring:
    def __init__(self, postings: int, sizes: Sizes, folder: Path) -> None:
        self._name = f"{postings:,} postings: "
        self._size = {"postings": postings}
        self._asked = {"postings": postings, "count": sizes.questions}
        self._seconds = sizes.plain_seconds
        self._folder = folder
        self._ours = {"folder": str(folder / "ours")}

    def figures(self, repeats: int, rebuilds: int) -> Iterator[Figure]:
        built = run_step("search_steps:build_ours", **self._ours, **self._size, times=rebuilds)
        fast = [other for other in OTHERS if other.is_fast and find_spec(other.needs)]
        ours, *answers = self._by_turns(fast, repeats)
        for other, answer in zip(fast, answers, strict=True):
            yield from self._against(other, ours, answer)
        for other in OTHERS:
            if other not in fast:
                yield from self._once(other, ours)
        yield Figure(f"{self._name}words and filters that do not go together, p95", ours["apart_p95_ms"], "ms")
        real = run_step("search_steps:ask_ours_with_synonyms", **self._ours, **self._asked)
        yield Figure(f"{self._name}synonyms looked for as well, mean", real["mean_ms"], "ms")
        yield Figure(f"{self._name}synonyms looked for as well, p95", real["p95_ms"], "ms")
        yield Figure(f"{self._name}completion, mean", real["complete_ms"], "ms")
        yield Figure(f"{self._name}completion, p95", real["complete_p95_ms"], "ms", bar=Bar(5))
        yield self._rate("index rebuilt", built, Bar(4_000, at_least=True))
        accepted = run_step("search_steps:accept_one", **self._ours, **self._size)
        yield Figure(f"{self._name}accepted to found", accepted["seconds"] * 1000, "ms", bar=Bar(2_000))

    def memory(self) -> Figure:
        kept = run_step("search_steps:memory_of_ours", **self._ours, **self._asked)
        return Figure(f"{self._name}memory of a reader (PSS)", kept["megabytes"], "MB", bar=Bar(400))

    def _by_turns(self, others: Sequence[Other], repeats: int) -> list[dict[str, Any]]:
        """Ours, then the others, again and again, so that all meet the same machine; the median of each."""
        for other in others:
            run_step("search_steps:build_other", **self._where(other), **self._size)
        steps: list[tuple[str, dict[str, Any]]] = [("ask_ours", self._ours)]
        steps += [("ask_other", self._where(other)) for other in others]
        runs = [
            [run_step(f"search_steps:{step}", **given, **self._asked) for step, given in steps] for _ in range(repeats)
        ]
        return [_typical(answers) for answers in zip(*runs, strict=True)]

    def _where(self, other: Other) -> dict[str, Any]:
        return {"engine": other.engine, "folder": str(self._folder / other.called.replace(" ", "-")), **other.how}

    def _once(self, other: Other, ours: dict[str, Any]) -> Iterator[Figure]:
        with ExitStack() as stack:
            missing, where = self._missing(other), self._where(other)
            if not missing and other.engine == "postgresql":
                programs = binaries()
                assert programs is not None
                where["folder"] = str(stack.enter_context(server(programs, OPTIONS)))
            if missing:
                yield Figure(f"{self._name}search, mean", ours["mean_ms"], "ms", f"{other.called}: {missing}")
                return
            built = run_step("search_steps:build_other", **where, **self._size)
            answer = run_step("search_steps:ask_other", **where, **self._asked, seconds=self._seconds)
        yield from self._against(other, ours, answer)
        yield self._rate(f"{other.called} indexed", built)

    def _missing(self, other: Other) -> str:
        """Why it is left out, "" when it is not."""
        if self._size["postings"] > other.up_to:
            return "would take hours"
        if other.engine == "postgresql":
            return "" if binaries() else "not installed (apt-get install postgresql)"
        return "" if not other.needs or find_spec(other.needs) else f"not installed (pip install {other.needs})"

    def _against(self, other: Other, ours: dict[str, Any], answer: dict[str, Any]) -> Iterator[Figure]:
        called = other.called if other.is_fast else f"{other.called} ({answer['asked']} asked)"
        for which in ("mean", "p50", "p95"):
            value, theirs = ours[f"{which}_ms"], answer[f"{which}_ms"]
            bar = other.bars.get(which) if self._size["postings"] >= _JUDGED else None
            turned = not other.is_fast
            yield Figure(f"{self._name}search, {which}", value, "ms", called, theirs, bar, turned, _NOTE)
        yield _differences(self._name, other.called, ours["totals"], answer["totals"])

    def _rate(self, what: str, built: dict[str, Any], bar: Bar | None = None) -> Figure:
        return Figure(f"{self._name}{what}", self._size["postings"] / built["seconds"], "/s", bar=bar)


def _typical(answers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The median of every time; the totals are the same each time."""
    times = {name: median(answer[name] for answer in answers) for name in answers[0] if name.endswith("_ms")}
    return {**answers[0], **times}


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
