"""Verifying (核验): everything that follows the ledger is worked out again from it and compared.

In: a store and the ids the index knows. Out: differences as Chinese sentences, none when all is well.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from config.words import BatchState, Outcome, Status
from exchange.clock import local_day
from exchange.credits import CreditLine, apply_lines, credit_lines
from exchange.ledger import FIRST_HASH, credit_key, page_hash
from exchange.models import Batch, Credit, Event, LedgerPage, Offer, OfferState, Posting, Tally
from exchange.store.batches import count_outcomes
from exchange.store.fairs_held import compare_fairs, replay_fair
from exchange.store.ledger import credit_of, sum_credits
from exchange.store.reading import open_posting_ids


@dataclass(slots=True)
class Replay:
    """What the ledger says, read event by event."""

    statuses: dict[str, tuple[str, int]] = field(default_factory=dict)  # posting → (status, last sequence)
    standing: dict[str, list[CreditLine]] = field(default_factory=dict)
    fairs: dict[str, dict[str, Any]] = field(default_factory=dict)  # fair → what its last event says
    events: int = 0
    pages: int = 0


def verify_store(session: Session, replay: Replay) -> Iterator[str]:
    """Differences, in the order found. `replay` is filled on the way, for a summary."""
    yield from _walk_pages(session, replay)
    yield from _compare_postings(session, replay)
    yield from _compare_tallies(session)
    yield from _compare_batches(session)
    yield from _compare_offers(session)
    yield from compare_fairs(session, replay.fairs)


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


def _walk_pages(session: Session, replay: Replay) -> Iterator[str]:
    previous, last = FIRST_HASH, 0
    for page in _pages(session):
        replay.pages += 1
        if page.number != replay.pages:
            yield f"台账缺少第 {replay.pages} 页"
            return
        if page.first_sequence != last + 1:
            yield f"台账第 {page.number} 页从序号 {page.first_sequence} 开始，应为 {last + 1}"
        events, credits = _page_rows(session, page)
        yield from _check_numbers(page, events)
        if page.previous_hash != previous or page.hash != page_hash(page.previous_hash, events, credits):
            yield f"台账第 {page.number} 页（序号 {page.first_sequence}–{page.last_sequence}）的内容与其哈希不符"
        yield from _replay_page(page, events, credits, replay)
        previous, last = page.hash, page.last_sequence
    beyond = session.exec(select(func.count()).select_from(Event).where(Event.sequence > last)).one()
    if beyond:
        yield f"台账最后一页之后还有 {beyond} 个事件"


def _pages(session: Session) -> Iterator[LedgerPage]:
    """In order, some at a time; who stops early leaves no cursor open."""
    query = select(LedgerPage).order_by(col(LedgerPage.number)).execution_options(yield_per=200)
    with closing(session.exec(query)) as pages:
        yield from pages


def _page_rows(session: Session, page: LedgerPage) -> tuple[list[Event], list[Credit]]:
    within = (page.first_sequence, page.last_sequence)
    events = session.exec(select(Event).where(col(Event.sequence).between(*within)).order_by(col(Event.sequence)))
    credits = session.exec(select(Credit).where(col(Credit.sequence).between(*within)))
    return list(events), list(credits)


def _check_numbers(page: LedgerPage, events: list[Event]) -> Iterator[str]:
    there = {event.sequence for event in events}
    for sequence in range(page.first_sequence, page.last_sequence + 1):
        if sequence not in there:
            yield f"台账第 {page.number} 页缺少序号 {sequence} 的事件"


def _replay_page(page: LedgerPage, events: list[Event], credits: list[Credit], replay: Replay) -> Iterator[str]:
    stored = {
        sequence: sorted(map(credit_key, rows))
        for sequence, rows in groupby(sorted(credits, key=credit_key), key=lambda credit: credit.sequence)
    }
    for event in events:
        replay.events += 1
        try:
            body = json.loads(event.body)
            lines = credit_lines(event.kind, body, event.posting_id, local_day(event.at), replay.standing)
            status = body["status"] if event.posting_id else ""
            replay_fair(replay.fairs, event.kind, body)
        except (ValueError, LookupError, TypeError):
            yield f"台账第 {page.number} 页序号 {event.sequence} 的事件读不出来（岗位 {event.posting_id}）"
            continue
        apply_lines(replay.standing, lines)
        due = sorted(credit_key(credit_of(line, event.sequence)) for line in lines)
        if due != stored.get(event.sequence, []):
            yield f"台账第 {page.number} 页序号 {event.sequence} 的计数凭证与规则不符（岗位 {event.posting_id}）"
        if event.posting_id:
            replay.statuses[event.posting_id] = (status, event.sequence)


def _compare_postings(session: Session, replay: Replay) -> Iterator[str]:
    unseen = set(replay.statuses)
    query = select(Posting.id, Posting.status, Posting.sequence).order_by(col(Posting.id))
    for id, status, sequence in session.exec(query):
        unseen.discard(id)
        told = replay.statuses.get(id)
        if told is None:
            yield f"岗位 {id} 在台账里没有事件"
        elif told != (status, sequence):
            yield f"岗位 {id} 的状态是 {status}（序号 {sequence}），台账里是 {told[0]}（序号 {told[1]}）"
    for id in sorted(unseen):
        yield f"台账里的岗位 {id} 不在库里"


def _compare_tallies(session: Session) -> Iterator[str]:
    due = {key: tuple(value) for key, value in sum_credits(session.exec(select(Credit))).items()}
    for tally in session.exec(select(Tally)):
        key = (tally.year, tally.month, tally.direction, tally.cluster, tally.reason)
        told = due.pop(key, (0, 0))
        if told != (tally.postings, tally.openings):
            cluster = tally.cluster or "未归组团"
            yield f"{tally.year} 年 {tally.month} 月 {tally.direction} {cluster} 的合计与计数凭证不符"
    for year, month, direction, cluster, _ in due:
        yield f"{year} 年 {month} 月 {direction} {cluster or '未归组团'} 缺少合计"


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
