"""Trying a source: pull it and tell what would become of each posting, without storing anything.

In: an `Exchange`, a source (one that is switched off too), a client, how many items are enough. Out: a `Summary`
without a batch.
"""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from config.sources import Source
from exchange.context import Exchange
from ingest.capturing import capture
from ingest.http import HttpClient
from ingest.intake import Summary, problem_json, try_file


def try_source(exchange: Exchange, source: Source, client: HttpClient, limit: int | None = None) -> Summary:
    """Raises PullFault, HttpFault or FileFault as a pull would; the run is not noted."""
    source = source.with_port(exchange.settings.demonstration_port)
    with TemporaryDirectory(prefix="guanshao-try-") as folder:
        path = Path(folder) / f"{source.id}.jsonl"
        captured = capture(source, client, path, limit=limit)
        summary = try_file(exchange, path, source, source.organisation)
    return replace(summary, problems=[*map(problem_json, captured.problems), *summary.problems])
