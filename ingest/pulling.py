"""Pulling a source, all the way: fetch, keep what was read, take it the same road as a file.

In: an `Exchange`, a source and a client. Out: a `Summary`. A pull fault (PullFault), HTTP fault (HttpFault) or file
fault (FileFault) is raised before anything is stored. A pull that broke is gone on with by the next one, and then
closes nothing: a list that was read in two sittings may have moved in between.
"""

import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from config.sources import AdapterKind, Source
from exchange.context import Exchange
from exchange.models import Batch
from exchange.store import captures
from exchange.store.sources import last_good_run
from ingest import pipeline
from ingest.adapters import PullCode, PullFault
from ingest.capturing import capture
from ingest.http import HttpClient, HttpFault
from ingest.http.archive import PullArchive, ReplayArchive, open_archive
from ingest.intake import Summary, publish, summarise, try_file
from ingest.peers_pulling import pull_peer_noted
from ingest.runs import noted_run
from ingest.table import FileFault


def pull(exchange: Exchange, source: Source, client: HttpClient, *, actor: str) -> Summary:
    """Pull a source whole and publish what came. Notes the run for `guanshao sources`."""
    started = time.monotonic()
    source = source.with_port(exchange.settings.demonstration_port)
    if not source.enabled:
        raise PullFault(
            PullCode.DISABLED,
            f"来源“{source.name}”已停用，没有抓取；要启用请在 sources.toml 里写 enabled = true，试读请加 --dry-run。",
        )
    if source.adapter is AdapterKind.EXCHANGE:
        return pull_peer_noted(exchange, source, client, actor=actor)
    with noted_run(exchange, source, actor) as run:
        batch, run.shortcoming = _bring(exchange, source, client, actor)
        if batch is not None:
            run.batch_ids.append(batch.id)
            publish(exchange, batch, actor)
    if batch is None:
        return Summary(None, source.id, source.organisation, "", 0, {}, 0, time.monotonic() - started)
    return summarise(exchange, batch.id, time.monotonic() - started)


def _bring(exchange: Exchange, source: Source, client: HttpClient, actor: str) -> tuple[Batch | None, str]:
    """The batch, if anything new came, and what was missing. Goes on with a broken pull; where what that had does not
    fit what came now, starts afresh, once."""
    since = None if source.full_list else last_good_run(exchange.store, source.id)
    archive = open_archive(exchange, source.id, since)
    try:
        return _receive(exchange, source, client, archive, actor)
    except (PullFault, HttpFault, FileFault):
        if archive.is_broken or not archive.has_recalled:
            raise
    return _receive(exchange, source, client, open_archive(exchange, source.id, since), actor)


def _receive(
    exchange: Exchange, source: Source, client: HttpClient, archive: PullArchive, actor: str
) -> tuple[Batch | None, str]:
    client.archive = archive
    with TemporaryDirectory(prefix="guanshao-pull-") as folder:
        path = Path(folder) / f"{source.id}.jsonl"
        try:
            captured = capture(source, client, path, since=archive.since)
            if not captured.items:
                archive.leave()
                return None, captured.shortcoming
            table = pipeline.read_table(exchange, path, path.name, source, source.organisation)
        except (PullFault, HttpFault, FileFault):
            archive.leave()
            raise
        manifest_hash = archive.seal()
        whole = source.full_list and captured.is_whole and not archive.has_recalled
        batch = pipeline.receive(
            exchange, path, path.name, source, source.organisation, actor, automatic=True, complete=whole
        )
        archive.tie(manifest_hash, batch.id)
        pipeline.stage(exchange, batch, replace(table, problems=(*table.problems, *captured.problems)))
    return batch, captured.shortcoming


def replay(exchange: Exchange, batch_id: str, *, actor: str, dry_run: bool = False) -> Summary:
    """Read a pulled batch again from its captures, with the adapters and the configuration of today.

    A new batch, which closes nothing; `dry_run` stores nothing. Raises UnknownBatch, PullFault, HttpFault, FileFault.
    """
    started = time.monotonic()
    with exchange.store.read() as session:
        manifest = captures.manifest_of(session, batch_id)
        source_id = summarise(exchange, batch_id, 0).source
    source = exchange.configuration.sources.get(source_id)
    if manifest is None or source is None:
        lack = f"的来源 {source_id} 已不在 sources.toml 里"
        if source is not None:
            lack = "没有抓取的存档（是上传的、互通来的，或已过保留期）"
        raise PullFault("replay.nothing", f"批次 {batch_id} {lack}，不能重放。")
    source = source.with_port(exchange.settings.demonstration_port)
    with (
        TemporaryDirectory(prefix="guanshao-replay-") as folder,
        HttpClient("replay", archive=ReplayArchive(exchange, batch_id, manifest)) as client,
    ):
        path = Path(folder) / f"{source.id}.jsonl"
        capture(source, client, path, since=manifest.since)
        if dry_run:
            return try_file(exchange, path, source, source.organisation)
        table = pipeline.read_table(exchange, path, path.name, source, source.organisation)
        batch = pipeline.receive(exchange, path, path.name, source, source.organisation, actor, automatic=True)
        captures.tie_again(exchange.store, manifest, batch.id)
        pipeline.stage(exchange, batch, table)
    publish(exchange, batch, actor)
    return summarise(exchange, batch.id, time.monotonic() - started)
