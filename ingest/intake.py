"""Taking in a file that someone names, all the way. Pulls are in ingest/pulling.py.

In: an `Exchange`, a source and a file. Out: a `Summary`, the shape of `guanshao ingest --json`.
A file fault (FileFault) is raised before anything is stored.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.sources import Source
from config.words import BatchState, Outcome
from exchange.content import Problem
from exchange.context import Exchange
from exchange.indexing import follow
from exchange.models import Batch, ProblemRow
from exchange.store import batches
from ingest import pipeline
from ingest.duplicates.telling import duplicate_problem

Progress = Callable[[str, int, int], None]  # stage, done, of


@dataclass(frozen=True, slots=True)
class Summary:
    batch: str | None
    source: str
    organisation: str
    file: str
    received: int
    outcomes: dict[str, int]
    closed: int
    seconds: float
    problems: list[dict[str, Any]] = field(default_factory=list)
    parked_closures: int = 0
    state: str = BatchState.DONE

    def as_json(self) -> dict[str, Any]:
        return {
            "batch": self.batch,
            "source": self.source,
            "organisation": self.organisation,
            "file": self.file,
            "received": self.received,
            **{outcome: self.outcomes.get(outcome, 0) for outcome in Outcome},
            "closed": self.closed,
            "seconds": round(self.seconds, 3),
            "problems": self.problems,
        }


def take_file(
    exchange: Exchange, path: Path, source: Source, organisation: str, *, actor: str, await_confirmation: bool = False
) -> Summary:
    """Read, store and (unless a person is to confirm) publish one file. Waits while others publish."""
    started = time.monotonic()
    table = pipeline.read_table(exchange, path, path.name, source, organisation)
    pipeline.context_of(exchange, source, organisation)  # an unknown organisation stops here
    batch = pipeline.receive(exchange, path, path.name, source, organisation, actor, automatic=not await_confirmation)
    pipeline.stage(exchange, batch, table)
    del table  # before the rows are read again to be published
    if not await_confirmation:
        publish(exchange, batch, actor)
    return summarise(exchange, batch.id, time.monotonic() - started)


def try_file(exchange: Exchange, path: Path, source: Source, organisation: str) -> Summary:
    """The same without storing anything: what would become of each row."""
    started = time.monotonic()
    table = pipeline.read_table(exchange, path, path.name, source, organisation)
    problems: list[Problem] = list(table.problems)
    candidates = []
    contents = {}
    for checked in pipeline.check_table(table, pipeline.context_of(exchange, source, organisation)):
        candidates.append(checked.candidate)
        if checked.content is not None:
            contents[checked.position] = checked.content
        problems += checked.problems
    decisions = pipeline.decide_batch(exchange, source.id, organisation, candidates, lambda positions: contents)
    for decision, candidate in zip(decisions, candidates, strict=True):
        if problem := duplicate_problem(decision, candidate):
            problems.append(problem)
    outcomes = Counter(str(decision.outcome) for decision in decisions)
    seconds = time.monotonic() - started
    shown = [problem_json(problem) for problem in problems]
    return Summary(None, source.id, organisation, path.name, len(candidates), outcomes, 0, seconds, shown)


def publish(exchange: Exchange, batch: Batch, actor: str) -> None:
    pipeline.confirm(exchange, batch.id, actor)
    pipeline.publish_waiting(exchange, until=batch.id)
    follow(exchange)


def summarise(exchange: Exchange, batch_id: str, seconds: float) -> Summary:
    with exchange.store.read() as session:
        batch = batches.find_batch(session, batch_id)
        problems = [problem_json(row) for row in batches.problems_of(session, batch_id)]
    return Summary(
        batch=batch.id,
        source=batch.source,
        organisation=batch.organisation,
        file=batch.file_name,
        received=batch.received,
        outcomes={outcome: getattr(batch, outcome) for outcome in Outcome},
        closed=batch.closed,
        seconds=seconds,
        problems=problems,
        parked_closures=batch.parked_closures,
        state=batch.state,
    )


def problem_json(problem: Problem | ProblemRow) -> dict[str, Any]:
    names = ("sheet", "row", "column", "field", "code", "severity", "message", "evidence")
    return {name: getattr(problem, name) for name in names}
