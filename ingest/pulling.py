"""Pulling a source, all the way: fetch, keep what was read, take it the same road as a file.

In: an `Exchange`, a source and a client. Out: a `Summary`. A pull fault (PullFault), HTTP fault (HttpFault) or file
fault (FileFault) is raised before anything is stored. A pull that broke is gone on with by the next one, and then
closes nothing: a list that was read in two sittings may have moved in between.
"""

import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from config.sources import Source
from exchange.context import Exchange
from exchange.models import Batch
from exchange.store import captures
from exchange.store.sources import note_run
from ingest import pipeline
from ingest.adapters import PullFault, adapter_of
from ingest.http import HttpClient, HttpFault
from ingest.http.archive import PullArchive, ReplayArchive, open_archive
from ingest.intake import Summary, publish, summarise, try_file
from ingest.table import FileFault

_BUSY_SECONDS = 0.5  # a lock may outlive its holder by a moment


def pull(exchange: Exchange, source: Source, client: HttpClient, *, actor: str) -> Summary:
    """Pull a source whole and publish what came. Notes the run for `guanshao sources`."""
    started = time.monotonic()
    source = source.with_port(exchange.settings.demonstration_port)
    with exchange.lock(f"pulling-{source.id}", _BUSY_SECONDS) as mine:
        if not mine:
            raise PullFault("pull.busy", f"“{source.name}”正由另一个进程抓取，请等它结束再试。")
        try:
            batch = _bring(exchange, source, client, actor)
        except (PullFault, HttpFault, FileFault) as fault:
            note_run(exchange.store, source.id, error=fault.message)
            raise
        publish(exchange, batch, actor)
        note_run(exchange.store, source.id)
    return summarise(exchange, batch.id, time.monotonic() - started)


def _bring(exchange: Exchange, source: Source, client: HttpClient, actor: str) -> Batch:
    """Go on with a broken pull. Where what it had does not fit what came now, start afresh, once."""
    archive = open_archive(exchange, source.id)
    try:
        return _receive(exchange, source, client, archive, actor)
    except (PullFault, HttpFault, FileFault):
        if archive.is_broken or not archive.has_recalled:
            raise
    return _receive(exchange, source, client, open_archive(exchange, source.id), actor)


def _receive(exchange: Exchange, source: Source, client: HttpClient, archive: PullArchive, actor: str) -> Batch:
    client.archive = archive
    with TemporaryDirectory(prefix="guanshao-pull-") as folder:
        path = Path(folder) / f"{source.id}.jsonl"
        try:
            _fetch(source, client, path)
            table = pipeline.read_table(exchange, path, path.name, source, source.organisation)
        except (PullFault, HttpFault, FileFault):
            archive.leave()
            raise
        manifest_hash = archive.seal()
        whole = source.full_list and not archive.has_recalled
        batch = pipeline.receive(
            exchange, path, path.name, source, source.organisation, actor, automatic=True, complete=whole
        )
        archive.tie(manifest_hash, batch.id)
        pipeline.stage(exchange, batch, table)
    return batch


def _fetch(source: Source, client: HttpClient, path: Path) -> None:
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
        lack = "没有抓取的存档（是上传的，或已过保留期）" if source else f"的来源 {source_id} 已不在 sources.toml 里"
        raise PullFault("replay.nothing", f"批次 {batch_id} {lack}，不能重放。")
    source = source.with_port(exchange.settings.demonstration_port)
    with (
        TemporaryDirectory(prefix="guanshao-replay-") as folder,
        HttpClient("replay", archive=ReplayArchive(exchange, batch_id, manifest)) as client,
    ):
        path = Path(folder) / f"{source.id}.jsonl"
        _fetch(source, client, path)
        if dry_run:
            return try_file(exchange, path, source, source.organisation)
        table = pipeline.read_table(exchange, path, path.name, source, source.organisation)
        batch = pipeline.receive(exchange, path, path.name, source, source.organisation, actor, automatic=True)
        captures.tie_again(exchange.store, manifest, batch.id)
        pipeline.stage(exchange, batch, table)
    publish(exchange, batch, actor)
    return summarise(exchange, batch.id, time.monotonic() - started)
