"""What the search costs, each function in a process of its own (children.py).

In: how many postings, and folders. Out: seconds, milliseconds, totals. The postings are drawn anew in each process
from the same seed, before the clock starts.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from random import Random
from statistics import median
from typing import Any

from search.documents import PostingDocument
from search.engines.contract import Reader
from search.opening import open_engine
from search.requests import SearchRequest
from tests.bench.children import own_megabytes, timed
from tests.bench.documents import FACETS, Question, ask_for_words_alone, documents, questions, stream

TODAY = date.today()
SEED = 7
_WARM_UP = 20
_ASKED_ABOUT = 100_000  # questions are about the first postings; larger indexes are asked the same
_TYPED = ("普", "普工", "车", "叉车", "电", "长安", "虎门", "翁源", "会", "仓", "操作", "东莞", "注塑", "客服", "保安")


class _Drawing:
    """Postings drawn one by one, and the seconds that took: they are not the engine's."""

    def __init__(self, postings: int) -> None:
        self._drawn = stream(postings, SEED, TODAY)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[PostingDocument]:
        return self

    def __next__(self) -> PostingDocument:
        started = time.perf_counter()
        try:
            return next(self._drawn)
        finally:
            self.seconds += time.perf_counter() - started


def _built(build: Callable[[Iterator[PostingDocument]], None], postings: int) -> float:
    """Seconds."""
    drawing = _Drawing(postings)
    return timed(lambda: build(drawing)) - drawing.seconds


def build_ours(folder: str, postings: int, times: int) -> dict[str, Any]:
    _, writer = open_engine(folder)
    return {"seconds": median(_built(lambda drawn: writer.rebuild(drawn, postings), postings) for _ in range(times))}


def memory_of_ours(folder: str, postings: int, count: int) -> dict[str, Any]:
    """PSS of a process that has only opened the index and answered; the questions come from a small sample."""
    asked = questions(documents(min(postings, 2_000), SEED, TODAY), count, SEED, TODAY)
    gc.collect()
    reader, _ = open_engine(folder)
    for question in asked:
        reader.search(_request(question))
    gc.collect()
    return {"megabytes": own_megabytes()}


def ask_ours(folder: str, postings: int, count: int) -> dict[str, Any]:
    reader, _ = open_engine(folder)
    ask_for_words_alone()
    together = _ask(lambda request: reader.search(request).total, _drawn_questions(postings, count), None)
    apart = _ask(lambda request: reader.search(request).total, _drawn_questions(postings, count, False), None)
    return {**together, "apart_p95_ms": apart["p95_ms"]}


def ask_ours_with_synonyms(folder: str, postings: int, count: int) -> dict[str, Any]:
    reader, _ = open_engine(folder)
    answer = _ask(lambda request: reader.search(request).total, _drawn_questions(postings, count), None)
    return {**answer, **_completions(reader)}


def build_other(engine: str, folder: str, postings: int, **how: Any) -> dict[str, Any]:
    build = import_module(f"tests.bench.plain_{engine}").build
    return {"seconds": _built(lambda drawn: build(folder, drawn, **how), postings)}


def ask_other(
    engine: str, folder: str, postings: int, count: int, seconds: float | None = None, **how: Any
) -> dict[str, Any]:
    ask_for_words_alone()
    opened = getattr(import_module(f"tests.bench.plain_{engine}"), f"Plain{engine.capitalize()}")(folder, **how)
    return _ask(lambda request: opened.search(request)[0], _drawn_questions(postings, count), seconds)


def accept_one(folder: str, postings: int) -> dict[str, Any]:
    """One posting after another is accepted into the full index; how long until a search finds it."""
    reader, writer = open_engine(folder)
    model = documents(1, SEED, TODAY)[0]
    reader.search(SearchRequest(today=TODAY, q="普工"))
    seconds = []
    for number in range(5):
        word = f"{'甲乙丙丁戊'[number]}{Random(number).randrange(10**9)}号机长"
        new = replace(
            model,
            id=f"new-{number}",
            title=word,
            sequence=postings + number + 1,
            valid_through=TODAY + timedelta(30),
        )

        def accept(new: PostingDocument = new) -> None:
            writer.apply([new], [], new.sequence)
            found = reader.search(SearchRequest(today=TODAY, q=new.title))
            if new.id not in {hit.id for hit in found.hits}:
                sys.exit(f"{new.title} was accepted and is not found")

        seconds.append(timed(accept))
    return {"seconds": max(seconds)}


def _drawn_questions(postings: int, count: int, together: bool = True) -> list[Question]:
    drawn = documents(min(postings, _ASKED_ABOUT), SEED, TODAY)
    asked = questions(drawn, count + _WARM_UP, SEED, TODAY, together)
    del drawn
    gc.collect()
    gc.freeze()  # as `guanshao serve` does; the same for every engine
    return asked


def _request(question: Question) -> SearchRequest:
    return SearchRequest(today=TODAY, q=question.q, filters=question.filters, facets=FACETS)


def _ask(search: Callable[[SearchRequest], int], asked: Sequence[Question], seconds: float | None) -> dict[str, Any]:
    """The first questions warm up; then each of the others once, as many as fit into `seconds`."""
    for question in asked[:_WARM_UP]:
        search(_request(question))
    times: list[float] = []
    totals: list[int] = []
    end = time.monotonic() + seconds if seconds else None
    for question in asked[_WARM_UP:]:
        if end and time.monotonic() > end:
            break
        request = _request(question)
        started = time.perf_counter()
        totals.append(search(request))
        times.append((time.perf_counter() - started) * 1000)
    ordered = sorted(times)
    return {
        "mean_ms": sum(times) / len(times),
        "p50_ms": ordered[len(ordered) // 2],
        "p95_ms": ordered[int(len(ordered) * 0.95)],
        "asked": len(times),
        "totals": totals,
    }


def _completions(reader: Reader) -> dict[str, float]:
    """Milliseconds; two thirds of them within a filter."""
    within: tuple[dict[str, tuple[str, ...]], ...] = ({}, {"direction": ("dg-sg",)}, {"salary_min": ("5000",)})
    requests = [SearchRequest(today=TODAY, q=typed, filters=filters) for typed in _TYPED for filters in within]
    times = sorted(timed(lambda request=request: reader.complete(request)) * 1000 for request in requests)
    return {"complete_ms": sum(times) / len(times), "complete_p95_ms": times[int(len(times) * 0.95)]}
