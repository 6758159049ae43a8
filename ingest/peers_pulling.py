"""A pull of a peer as it is noted: one run and one summary of all its batches.

In: an exchange, a source of adapter `exchange`, a client. Out: a `Summary`; `closed` is what the peer has removed. Two
pulls of one peer never run at once, whoever began them: the worker, the command, the evening's comparison.
"""

import time

from config.sources import Source
from config.words import BatchState, Outcome
from exchange.context import Exchange
from ingest.http import HttpClient
from ingest.intake import Summary, summarise
from ingest.peers import PeerPull, pull_peer
from ingest.runs import noted_run

PATIENCE = 1.0  # seconds, for a pull that is under way


def pull_peer_noted(
    exchange: Exchange, source: Source, client: HttpClient, *, actor: str, wait: float = PATIENCE
) -> Summary:
    """Raises PullFault or HttpFault."""
    started = time.monotonic()
    with noted_run(exchange, source, actor, wait) as run:
        done = pull_peer(exchange, source, client, actor=actor)
        run.batch_ids += done.batches
        run.closed = done.removed
    return _summary(exchange, source, done, time.monotonic() - started)


def _summary(exchange: Exchange, source: Source, done: PeerPull, seconds: float) -> Summary:
    parts = [summarise(exchange, id, 0.0) for id in done.batches]
    return Summary(
        batch=done.batches[-1] if done.batches else None,
        source=source.id,
        organisation=source.organisation,
        file=f"{source.id}.jsonl",
        received=sum(part.received for part in parts),
        outcomes={word: sum(part.outcomes[word] for part in parts) for word in Outcome},
        closed=done.removed,
        seconds=seconds,
        problems=[problem for part in parts for problem in part.problems],
        state=BatchState.DONE,
    )
