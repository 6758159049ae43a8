"""Verifying (核验): everything that follows the ledger is worked out again from it and compared.

In: a store and the ids the index knows. Out: differences as Chinese sentences, none when all is well. The ledger
itself is walked by exchange.store.replaying.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import exists, func
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from config.words import BatchState, Outcome, Status
from exchange.models import Batch, DayTally, Event, Offer, OfferState, Posting, Tally
from exchange.store.batches import count_outcomes
from exchange.store.evidence_named import verify_evidence
from exchange.store.fairs_held import compare_fairs
from exchange.store.reading import open_posting_ids
from exchange.store.recorded import verify_recorded
from exchange.store.replaying import Replay, walk_pages
from exchange.store.reports_verifying import compare_reports
from exchange.store.tallies import DAY_KEYS, MONTH_KEYS
from exchange.store.verifying_settings import compare_settings
from exchange.store.verifying_snapshots import compare_told

__all__ = ["Replay", "verify_evidence", "verify_index", "verify_store"]
_AT_ONCE = 1_000


def verify_store(session: Session, replay: Replay) -> Iterator[str]:
    """Differences, in the order found. `replay` is filled on the way, for a summary."""
    yield from walk_pages(session, replay)
    yield from _compare_postings(session)
    if replay.is_whole:
        yield from _compare_tallies(session, Tally, MONTH_KEYS, replay.months)
        yield from _compare_tallies(session, DayTally, DAY_KEYS, replay.days)
        yield from compare_settings(session, replay.promises)
        yield from compare_told(session, replay.snapshots)
    yield from _compare_batches(session)
    yield from _compare_offers(session)
    yield from verify_recorded(session)
    yield from compare_reports(session)
    yield from compare_fairs(session)


def verify_index(session: Session, indexed: Iterable[tuple[str, int]]) -> Iterator[str]:
    """The index must hold every open posting at its last sequence, and nothing else."""
    wanted = dict(open_posting_ids(session))
    found: dict[str, int] = {}
    for id, sequence in indexed:
        if id in found:
            yield f"索引里岗位 {id} 有两份"
        found[id] = sequence
    for id in sorted(wanted.keys() | found.keys()):
        if id not in found:
            yield f"索引里缺少岗位 {id}"
        elif id not in wanted:
            yield f"索引里多出岗位 {id}，它已不在招"
        elif wanted[id] != found[id]:
            yield f"索引里岗位 {id} 停在序号 {found[id]}，台账已到 {wanted[id]}"


def _compare_postings(session: Session) -> Iterator[str]:
    """Each has the status that its last event says, and carries that event's number."""
    its = aliased(Event)
    last = sql_select(func.max(col(its.sequence))).where(col(its.posting_id) == col(Posting.id)).scalar_subquery()
    columns = (col(Posting.id), col(Posting.status), col(Posting.sequence), last, col(Event.body))
    query = sql_select(*columns).join_from(Posting, Event, col(Event.sequence) == col(Posting.sequence), isouter=True)
    some_at_a_time = query.order_by(col(Posting.id)).execution_options(yield_per=_AT_ONCE)
    for id, status, sequence, latest, body in session.connection().execute(some_at_a_time):
        if latest is None:
            yield f"岗位 {id} 在台账里没有事件"
            continue
        told = _status_in(body if sequence == latest else _body_of(session, latest))
        if (told, latest) != (status, sequence):
            yield f"岗位 {id} 的状态是 {status}（序号 {sequence}），台账里是 {told}（序号 {latest}）"
    there = exists().where(col(Posting.id) == col(Event.posting_id))
    lost = sql_select(col(Event.posting_id)).where(col(Event.posting_id).is_not(None), ~there).distinct()
    for id in session.connection().execute(lost.order_by(col(Event.posting_id))).scalars():
        yield f"台账里的岗位 {id} 不在库里"


def _body_of(session: Session, sequence: int) -> str:
    return session.exec(select(Event.body).where(Event.sequence == sequence)).one()


def _status_in(body: str | None) -> str:
    """ "" where it cannot be read, which the walk has said already."""
    try:
        return str(orjson.loads(body or "")["status"])
    except (ValueError, LookupError, TypeError):
        return ""


def _compare_tallies(
    session: Session, model: type[Tally] | type[DayTally], keys: tuple[str, ...], sums: Mapping[Any, list[int]]
) -> Iterator[str]:
    due = {key: tuple(value) for key, value in sums.items()}
    columns = [col(getattr(model, name)) for name in (*keys, "postings", "openings")]
    for row in session.connection().execute(sql_select(*columns)):
        key = tuple(row[: len(keys)])
        if due.pop(key, (0, 0)) != tuple(row[len(keys) :]):
            yield f"{_named(keys, key)}的合计与计数凭证不符"
    for key in sorted(due):
        yield f"{_named(keys, key)}缺少合计"


def _named(keys: tuple[str, ...], key: tuple[Any, ...]) -> str:
    told = dict(zip(keys, key, strict=True))
    when = f"{told['day'].isoformat()} " if "day" in told else ""
    return f"{when}{told['year']} 年 {told['month']} 月 {told['direction']} {told['cluster'] or '未归组团'} "


def _compare_batches(session: Session) -> Iterator[str]:
    frozen = select(Batch).where(col(Batch.state).in_([BatchState.DONE, BatchState.PUBLISHING]))
    for batch in session.exec(frozen.order_by(col(Batch.created_at))):
        told = {outcome: getattr(batch, outcome) for outcome in Outcome}
        if sum(told.values()) != batch.received:
            yield f"批次 {batch.id} 收到 {batch.received} 条，各结果合计 {sum(told.values())} 条"
        records = {word: number for word, number in count_outcomes(session, batch.id).items() if word}
        if records != told:
            yield f"批次 {batch.id} 的结果数与逐行记录不符"


def _compare_offers(session: Session) -> Iterator[str]:
    """An open posting shows a live offer; two live offers of one organisation never stand behind one posting."""
    shown = (
        select(Posting.id)
        .join(Offer, col(Offer.id) == Posting.primary_offer, isouter=True)
        .where(Posting.status == Status.OPEN, (col(Offer.id).is_(None)) | (Offer.state != OfferState.LIVE))
    )
    for id in session.exec(shown):
        yield f"在招岗位 {id} 没有有效的提供单位"
    twice = (
        select(Offer.posting_id, Offer.source, Offer.organisation)
        .where(Offer.state != OfferState.ENDED)
        .group_by(col(Offer.posting_id), col(Offer.source), col(Offer.organisation))
        .having(func.count() > 1)
    )
    for posting, source, organisation in session.exec(twice):
        yield f"岗位 {posting} 有两份来自 {source}、{organisation} 的提供"
