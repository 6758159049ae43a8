"""What the search costs, each function in a process of its own (children.py).

In: how many postings, and folders. Out: seconds, milliseconds, totals. The postings are drawn anew in each process
from the same seed, before the clock starts.
"""

import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from search.documents import PostingDocument
from search.engines.contract import Reader
from search.opening import open_engine
from search.requests import SearchRequest
from tests.bench.children import own_megabytes, timed, typical
from tests.bench.documents import FACETS, Question, ask_for_words_alone, documents, questions

TODAY = date.today()
SEED = 7
_WARM_UP = 20
_TYPED = ("普", "普工", "车", "叉车", "电", "长安", "虎门", "翁源", "会", "仓", "操作", "东莞", "注塑", "客服", "保安")


def build_ours(folder: str, postings: int) -> dict[str, Any]:
    drawn = documents(postings, SEED, TODAY)
    _, writer = open_engine(folder)
    return {"seconds": typical(lambda: writer.rebuild(drawn, postings), 3)}


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
    return {**answer, "complete_ms": _completions(reader)}


def build_whoosh(folder: str, postings: int) -> dict[str, Any]:
    from tests.bench.plain_whoosh import build

    drawn = documents(postings, SEED, TODAY)
    return {"seconds": timed(lambda: build(folder, drawn))}


def ask_whoosh(folder: str, postings: int, count: int, seconds: float) -> dict[str, Any]:
    from tests.bench.plain_whoosh import PlainWhoosh

    engine = PlainWhoosh(folder)
    ask_for_words_alone()
    return _ask(lambda request: engine.search(request)[0], _drawn_questions(postings, count), seconds)


def build_tantivy(folder: str, postings: int, weighted: bool) -> dict[str, Any]:
    from tests.bench.plain_tantivy import build

    drawn = documents(postings, SEED, TODAY)
    return {"seconds": timed(lambda: build(folder, drawn, weighted))}


def ask_tantivy(folder: str, postings: int, count: int, weighted: bool) -> dict[str, Any]:
    from tests.bench.plain_tantivy import PlainTantivy

    engine = PlainTantivy(folder, weighted)
    ask_for_words_alone()
    return _ask(lambda request: engine.search(request)[0], _drawn_questions(postings, count), None)


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
    asked = questions(documents(postings, SEED, TODAY), count + _WARM_UP, SEED, TODAY, together)
    gc.collect()
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


def _completions(reader: Reader) -> float:
    """Mean milliseconds, two thirds of them within a filter."""
    within: tuple[dict[str, tuple[str, ...]], ...] = ({}, {"direction": ("dg-sg",)}, {"salary_min": ("5000",)})
    requests = [SearchRequest(today=TODAY, q=typed, filters=filters) for typed in _TYPED for filters in within]
    return timed(lambda: [reader.complete(request) for request in requests]) * 1000 / len(requests)
