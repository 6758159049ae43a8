"""Taking something in, all the way: a file that someone names, or a pull from a source.

In: an `Exchange`, a source, a file or nothing. Out: a `Summary`, the shape of `guanshao ingest --json`.
A file fault (FileFault), pull fault (PullFault) or HTTP fault (HttpFault) is raised before anything is stored.
"""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from config.sources import AdapterKind, Source
from config.words import BatchState, Outcome
from exchange.content import Problem
from exchange.context import Exchange
from exchange.indexing import follow
from exchange.models import Batch, ProblemRow
from exchange.store import batches
from exchange.store.sources import note_run
from ingest import pipeline
from ingest.adapters import PullFault, adapter_of
from ingest.duplicates.telling import duplicate_problem
from ingest.http import HttpClient, HttpFault
from ingest.peers import pull_peer
from ingest.table import FileFault

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
    if not await_confirmation:
        _publish(exchange, batch, actor)
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


def pull(exchange: Exchange, source: Source, client: HttpClient, *, actor: str) -> Summary:
    """Pull a source whole, then take what came the same road as a file. Notes the run for `guanshao sources`."""
    started = time.monotonic()
    source = source.with_port(exchange.settings.demonstration_port)
    try:
        if source.adapter is AdapterKind.EXCHANGE:
            return _pull_peer(exchange, source, client, actor, started)
        with TemporaryDirectory(prefix="guanshao-pull-") as folder:
            capture = Path(folder) / f"{source.id}.jsonl"
            _capture(source, client, capture)
            batch = _take_capture(exchange, source, capture, actor)
    except (PullFault, HttpFault, FileFault) as fault:
        note_run(exchange.store, source.id, error=fault.message)
        raise
    _publish(exchange, batch, actor)
    note_run(exchange.store, source.id)
    return summarise(exchange, batch.id, time.monotonic() - started)


def _pull_peer(exchange: Exchange, source: Source, client: HttpClient, actor: str, started: float) -> Summary:
    """One summary of all its batches; `closed` is what the peer has removed."""
    done = pull_peer(exchange, source, client, actor=actor)
    note_run(exchange.store, source.id)
    parts = [summarise(exchange, id, 0.0) for id in done.batches]
    return Summary(
        batch=done.batches[-1] if done.batches else None,
        source=source.id,
        organisation=source.organisation,
        file=f"{source.id}.jsonl",
        received=sum(part.received for part in parts),
        outcomes={word: sum(part.outcomes[word] for part in parts) for word in Outcome},
        closed=done.removed,
        seconds=time.monotonic() - started,
        problems=[problem for part in parts for problem in part.problems],
    )


def _capture(source: Source, client: HttpClient, path: Path) -> None:
    """Every item of every page, one JSON line each, as the source worded it."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for page in adapter_of(source).pull(source, client):
            for item in page.items:
                file.write(json.dumps(item, ensure_ascii=False) + "\n")
                count += 1
    if not count:
        raise PullFault(
            "pull.empty", f"来源“{source.name}”一条岗位也没有返回，本次不作处理；请打开 {source.address} 查看。"
        )


def _take_capture(exchange: Exchange, source: Source, capture: Path, actor: str) -> Batch:
    table = pipeline.read_table(exchange, capture, capture.name, source, source.organisation)
    batch = pipeline.receive(
        exchange, capture, capture.name, source, source.organisation, actor, automatic=True, complete=source.full_list
    )
    pipeline.stage(exchange, batch, table)
    return batch


def _publish(exchange: Exchange, batch: Batch, actor: str) -> None:
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
