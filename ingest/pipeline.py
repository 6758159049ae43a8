"""The journey of a batch (批次), in order: receive, stage, confirm, publish.

In: a file and where it belongs. Out: postings, events, credits, an index that follows. Every step can be cut
off anywhere and called again: it goes on where it was.

    receive   the file is kept under its hash, a batch row says so         state received
    stage     read, map, check: records with their problems               state staged
    confirm   a person or the command says: publish                        state confirmed
    publish   compare, freeze the outcomes, then short transactions        state publishing, done
"""

import logging
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from config.sources import Source
from config.words import BatchState
from exchange import receiving
from exchange.context import Exchange
from exchange.indexing import follow
from exchange.locks import PUBLISHING
from exchange.models import Batch
from exchange.store import batches
from exchange.store.finishing import ClosingGuards, finish_batch
from exchange.store.headings import choices_for, signatures_of
from exchange.store.ledger import head_sequence
from exchange.store.matching import OfferFacts, find_own_offers
from exchange.store.parked import park_run
from exchange.store.parked_guards import run_to_park
from exchange.store.publishing import PublishingRules, publish_records
from exchange.store.setup import organisation_of
from exchange.store.similar import Newcomer
from ingest.adapters import field_mapping, origin_of
from ingest.checking import CheckedRow, check_row, record_row
from ingest.compare import Action, Candidate, Decision, KnownOffer, decide
from ingest.duplicates import Match
from ingest.duplicates.looking import Contents, find_elsewhere
from ingest.duplicates.telling import duplicate_problem
from ingest.normalise import Context
from ingest.table import FileFault, FileTable, Limits, read_file

_STAGE_AT_ONCE = 500
_STAGING_LOCKS = 16  # batches share them: two that meet on one wait for each other
_CAPTURE_BYTES, _CAPTURE_ROWS = 512 * 2**20, 1_000_000  # of one pull
log = logging.getLogger(__name__)


class UnknownOrganisation(Exception):
    """The batch names an organisation that the store does not know. The message is for the operator."""


def read_table(exchange: Exchange, path: Path, name: str, source: Source, organisation: str) -> FileTable:
    """The file's rows, its headings as this organisation wants them. Raises FileFault: nothing has been stored yet."""
    settings = exchange.settings
    if source.is_pulled:
        limits = Limits(max_bytes=_CAPTURE_BYTES, max_rows=_CAPTURE_ROWS)
    else:
        limits = Limits(settings.upload_max_bytes, settings.upload_max_rows, settings.upload_max_columns)
    mapping = field_mapping(source)
    table = read_file(path, limits, name=name, mapping=mapping or None)
    with exchange.store.read() as session:
        signatures = signatures_of([asdict(sheet) for sheet in table.sheets])
        choices = choices_for(session, organisation, signatures)
    return read_file(path, limits, name=name, mapping={**mapping, **choices}) if choices else table


def receive(
    exchange: Exchange, path: Path, name: str, source: Source, organisation: str, actor: str, **facts: Any
) -> Batch:
    """Keep a file of this machine and say so. Goes on with the same file if it was cut off on its way."""
    with path.open("rb") as content:
        receipt = receiving.receive(
            exchange, content, name, source=source.id, organisation=organisation, actor=actor, **facts
        )
    return receipt.batch


def stage(exchange: Exchange, batch: Batch, table: FileTable | None = None, wait: float | None = None) -> None:
    """Read and check every row, unless another process is at it and does not leave it within `wait` seconds."""
    with exchange.lock(f"staging-{zlib.crc32(batch.id.encode()) % _STAGING_LOCKS}", wait) as mine:
        with exchange.store.read() as session:
            batch = batches.find_batch(session, batch.id)
        if not mine or batch.state != BatchState.RECEIVED:
            return
        source = exchange.configuration.sources[batch.source]
        if table is None:
            path = receiving.kept_file(exchange.files_folder, batch.file_hash)
            try:
                table = read_table(exchange, path, batch.file_name, source, batch.organisation)
            except FileFault as fault:
                batches.fail_batch(exchange.store, batch.id, fault.message)
                return
        try:
            context = context_of(exchange, source, batch.organisation)
        except UnknownOrganisation as fault:
            batches.fail_batch(exchange.store, batch.id, str(fault))
            return
        layout = [asdict(sheet) for sheet in table.sheets]
        received = len(table.rows)
        batches.begin_staging(exchange.store, batch.id, received, layout)
        _stage_rows(exchange, batch, table, context)
        del table  # a large file's rows are not needed beside what comparing reads
        if not batch.automatic:
            _compare(exchange, batch, final=False)
        batches.finish_staging(exchange.store, batch.id, received)


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
    settings = exchange.settings
    guards = ClosingGuards(settings.close_guard_share, settings.close_guard_minimum, settings.shrink_guard_share)
    if batch.state == BatchState.CONFIRMED:
        if suspicion := run_to_park(exchange.store, batch.id, guards):
            _compare(exchange, batch, final=False)  # a guess which is which, for the person who decides
            park_run(exchange.store, batch.id, suspicion)
            return
        if not batches.freeze_preview(exchange.store, batch.id):
            _compare(exchange, batch, final=True)
    source = exchange.configuration.sources[batch.source]
    rules = PublishingRules(source.counts, settings.validity_days, origin_of(source))
    while True:
        with exchange.store.write(batch.actor, batch.organisation) as transaction:
            records = batches.unsettled_records(transaction.session, batch.id, settings.publish_chunk)
            publish_records(transaction, batch, records, rules)
        if len(records) < settings.publish_chunk:
            break
    finish_batch(exchange.store, batch.id, settings.validity_days, guards)
    log.info("batch %s published", batch.id)
    follow(exchange, wait=0)


def _compare(exchange: Exchange, batch: Batch, *, final: bool) -> None:
    """Decide about every record: for the preview, or, holding the publishing lock, for good."""
    with exchange.store.read() as session:
        compared_at = head_sequence(session)  # before anything is read: what happens meanwhile is seen to have happened
        candidates = [Candidate(*row) for row in batches.candidate_rows(session, batch.id)]

    def contents(positions: Sequence[int]) -> Mapping[int, dict[str, Any]]:
        with exchange.store.read() as session:
            return batches.record_contents(session, batch.id, positions)

    decisions = decide_batch(exchange, batch.source, batch.organisation, candidates, contents)
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
        compared_at=compared_at,
        final=final,
    )


def decide_batch(
    exchange: Exchange, source: str, organisation: str, candidates: Sequence[Candidate], contents: Contents
) -> list[Decision]:
    """Compare with the store as it is now. `contents` reads what rows say, by position, where keys are not enough."""
    live = [candidate for candidate in candidates if not candidate.rejected]
    with exchange.store.read() as session:
        own = find_own_offers(
            session,
            source,
            organisation,
            references=[candidate.reference for candidate in live],
            platform_ids=[candidate.platform_id for candidate in live],
            content_hashes=[candidate.content_hash for candidate in live],
            identity_keys=[candidate.identity_key for candidate in live],
        )

        def find(rows: Sequence[Candidate], leaving: Sequence[str]) -> Mapping[int, Match]:
            return find_elsewhere(session, Newcomer(source, organisation, tuple(leaving)), rows, contents)

        by_origin = bool(origin_of(exchange.configuration.sources[source]))
        return decide(candidates, [_known_offer(facts) for facts in own], find, by_origin=by_origin)


def _known_offer(facts: OfferFacts) -> KnownOffer:
    because = facts.joined_because
    return KnownOffer(*facts[:8], match=Match.from_json(because) if because else None)


def _decision_row(decision: Decision) -> dict[str, Any]:
    return {
        "at_position": decision.position,
        "new_outcome": decision.outcome,
        "new_decision": decision.action,
        "new_posting_id": decision.posting_id,
        "new_offer_id": decision.offer_id,
        "new_joined_because": decision.match.as_json() if decision.match else None,
        "new_settled": decision.action in {Action.KEEP, Action.NOTHING},
    }
