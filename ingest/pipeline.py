"""The journey of a batch (批次), in order: receive, stage, confirm, publish.

In: a file and where it belongs. Out: postings, events, credits, an index that follows. Every step can be cut
off anywhere and called again: it goes on where it was.

    receive   the file is kept under its hash, a batch row says so         state received
    stage     read, map, check: records with their problems               state staged
    confirm   a person or the command says: publish                        state confirmed
    publish   compare, freeze the outcomes, then short transactions        state publishing, done
"""

import hashlib
import logging
import os
import shutil
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from config.sources import Source
from config.words import BatchState, Outcome, Severity
from exchange.content import Problem
from exchange.context import Exchange
from exchange.indexing import follow
from exchange.locks import PUBLISHING
from exchange.models import Batch
from exchange.store import batches
from exchange.store.finishing import ClosingGuards, finish_batch
from exchange.store.matching import find_open_elsewhere, find_own_offers
from exchange.store.publishing import PublishingRules, publish_records
from exchange.store.setup import organisation_of
from ingest.adapters import field_mapping
from ingest.checking import CheckedRow, check_row, record_row
from ingest.compare import Action, Candidate, Decision, KnownOffer, decide
from ingest.normalise import Context
from ingest.table import FileFault, FileTable, Limits, read_file

_STAGE_AT_ONCE = 500
_STAGING_LOCKS = 16  # batches share them: two that meet on one wait for each other
_CAPTURE_BYTES, _CAPTURE_ROWS = 512 * 2**20, 1_000_000  # of one pull
log = logging.getLogger(__name__)


class UnknownOrganisation(Exception):
    """The batch names an organisation that the store does not know. The message is for the operator."""


def read_table(exchange: Exchange, path: Path, name: str, source: Source) -> FileTable:
    """Raises FileFault: nothing has been stored yet."""
    settings = exchange.settings
    if source.is_pulled:
        limits = Limits(max_bytes=_CAPTURE_BYTES, max_rows=_CAPTURE_ROWS)
    else:
        limits = Limits(settings.upload_max_bytes, settings.upload_max_rows, settings.upload_max_columns)
    return read_file(path, limits, name=name, mapping=field_mapping(source) or None)


def receive(
    exchange: Exchange, path: Path, name: str, source: Source, organisation: str, actor: str, **facts: Any
) -> Batch:
    """Keep the file, then say so: from here on nothing is lost. Goes on with the same file if it was cut off."""
    file_hash = _keep_file(exchange.files_folder, path)
    with exchange.store.read() as session:
        unfinished = batches.find_unfinished(session, source.id, organisation, file_hash)
    if unfinished is not None and facts.get("automatic"):
        return unfinished
    return batches.receive_batch(
        exchange.store,
        source=source.id,
        organisation=organisation,
        actor=actor,
        file_name=name,
        file_hash=file_hash,
        **facts,
    )


def stage(exchange: Exchange, batch: Batch, table: FileTable | None = None, wait: float | None = None) -> None:
    """Read and check every row, unless another process is at it and does not leave it within `wait` seconds."""
    with exchange.lock(f"staging-{zlib.crc32(batch.id.encode()) % _STAGING_LOCKS}", wait) as mine:
        with exchange.store.read() as session:
            batch = batches.find_batch(session, batch.id)
        if not mine or batch.state != BatchState.RECEIVED:
            return
        source = exchange.configuration.sources[batch.source]
        if table is None:
            try:
                table = read_table(exchange, kept_file(exchange.files_folder, batch.file_hash), batch.file_name, source)
            except FileFault as fault:
                batches.fail_batch(exchange.store, batch.id, fault.message)
                return
        layout = [asdict(sheet) for sheet in table.sheets]
        batches.begin_staging(exchange.store, batch.id, len(table.rows), layout)
        _stage_rows(exchange, batch, table, context_of(exchange, source, batch.organisation))


def _stage_rows(exchange: Exchange, batch: Batch, table: FileTable, context: Context) -> None:
    records: list[dict[str, Any]] = []
    problems = [batches.problem_row(problem, batch.id, None) for problem in table.problems]
    for checked in check_table(table, context):
        records.append(record_row(checked, batch.id))
        problems += [batches.problem_row(problem, batch.id, checked.position) for problem in checked.problems]
        if len(records) == _STAGE_AT_ONCE:
            batches.stage_records(exchange.store, batch.id, records, problems)
            records, problems = [], []
    batches.stage_records(exchange.store, batch.id, records, problems)
    batches.finish_staging(exchange.store, batch.id, len(table.rows))


def check_table(table: FileTable, context: Context) -> Iterator[CheckedRow]:
    for position, row in enumerate(table.rows, 1):
        yield check_row(row, context, position)


def context_of(exchange: Exchange, source: Source, organisation: str) -> Context:
    with exchange.store.read() as session:
        known = organisation_of(session, organisation)
    if known is None:
        raise UnknownOrganisation(f"不认识单位 {organisation}：请填行政区划代码，例如长安镇 441900119、翁源县 440229。")
    return Context(today=exchange.today, city=source.city, organisation_division=known.division)


def confirm(exchange: Exchange, batch_id: str, actor: str) -> None:
    batches.confirm_batch(exchange.store, batch_id, actor)


def publish_waiting(exchange: Exchange, until: str | None = None) -> int:
    """Publish every confirmed batch, the broken-off ones first; stop after `until`. Returns how many."""
    published = 0
    with exchange.lock(PUBLISHING, None):
        while True:
            with exchange.store.read() as session:
                batch = batches.next_to_publish(session)
                done = until is not None and batches.find_batch(session, until).state == BatchState.DONE
            if batch is None or done:
                return published
            _publish(exchange, batch)
            published += 1


def _publish(exchange: Exchange, batch: Batch) -> None:
    if batch.state == BatchState.CONFIRMED:
        _freeze_outcomes(exchange, batch)
    settings = exchange.settings
    source = exchange.configuration.sources[batch.source]
    rules = PublishingRules(source.counts, settings.validity_days)
    while True:
        with exchange.store.write(batch.actor, batch.organisation) as transaction:
            records = batches.unsettled_records(transaction.session, batch.id, settings.publish_chunk)
            publish_records(transaction, batch, records, rules)
        if len(records) < settings.publish_chunk:
            break
    guards = ClosingGuards(settings.close_guard_share, settings.close_guard_minimum, settings.shrink_guard_share)
    finish_batch(exchange.store, batch.id, settings.validity_days, guards)
    log.info("batch %s published", batch.id)
    follow(exchange, wait=0)


def _freeze_outcomes(exchange: Exchange, batch: Batch) -> None:
    with exchange.store.read() as session:
        rows = batches.candidate_rows(session, batch.id)
    candidates = [_candidate(row) for row in rows]
    decisions = decide_batch(exchange, batch.source, batch.organisation, candidates)
    places = {candidate.position: candidate for candidate in candidates}
    batches.save_decisions(
        exchange.store,
        batch.id,
        [_decision_row(decision) for decision in decisions],
        [
            batches.problem_row(problem, batch.id, decision.position, decided=True)
            for decision in decisions
            if (problem := duplicate_problem(decision, places[decision.position]))
        ],
    )


def _candidate(row: Any) -> Candidate:
    """From a row of `batches.candidate_rows`."""
    facts = row._asdict()
    return Candidate(rejected=facts.pop("outcome") == Outcome.REJECTED, **facts)


def decide_batch(exchange: Exchange, source: str, organisation: str, candidates: Sequence[Candidate]) -> list[Decision]:
    """Compare with the store as it is now."""
    live = [candidate for candidate in candidates if not candidate.rejected]
    identities = [candidate.identity_key for candidate in live]
    with exchange.store.read() as session:
        own = find_own_offers(
            session,
            source,
            organisation,
            references=[candidate.reference for candidate in live],
            platform_ids=[candidate.platform_id for candidate in live],
            content_hashes=[candidate.content_hash for candidate in live],
            identity_keys=identities,
        )
        elsewhere = find_open_elsewhere(session, source, organisation, identities)
    return decide(candidates, [KnownOffer(*facts) for facts in own], elsewhere)


def duplicate_problem(decision: Decision, candidate: Candidate) -> Problem | None:
    if not decision.duplicate_of:
        return None
    inside = decision.duplicate_of.startswith("row:")
    place = decision.duplicate_of.removeprefix("row:").lstrip("!").replace("!", " 表第 ")
    message = (
        f"与本批第 {place} 行是同一个岗位（单位、岗位、地点相同），只收前一行"
        if inside
        else f"这个岗位已由其他单位或来源提供（平台编号 {decision.duplicate_of}），已并入该岗位，不重复计数"
    )
    return Problem(
        code="duplicate.of",
        severity=Severity.WARNING,
        message=f"{message}；如果确是两个岗位，请在岗位名称里写出区别。",
        evidence=decision.duplicate_of,
        sheet=candidate.sheet,
        row=candidate.row,
    )


def _decision_row(decision: Decision) -> dict[str, Any]:
    return {
        "at_position": decision.position,
        "new_outcome": decision.outcome,
        "new_decision": decision.action,
        "new_posting_id": decision.posting_id,
        "new_offer_id": decision.offer_id,
        "new_settled": decision.action in {Action.KEEP, Action.NOTHING},
    }


def kept_file(folder: Path, file_hash: str) -> Path:
    return folder / file_hash[:2] / file_hash


def _keep_file(folder: Path, path: Path) -> str:
    """Copy under the file's own hash, on disk before anything says that it was received."""
    with path.open("rb") as file:
        file_hash = hashlib.file_digest(file, "sha256").hexdigest()
    kept = kept_file(folder, file_hash)
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as file, NamedTemporaryFile(dir=kept.parent, delete=False) as copy:
            shutil.copyfileobj(file, copy)
            copy.flush()
            os.fsync(copy.fileno())
        Path(copy.name).replace(kept)
    return file_hash
