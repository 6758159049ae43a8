"""Replaying the ledger page by page: hashes, numbers, and the credits each event must have earned.

In: a session. Out: differences as Chinese sentences and a `Replay`, the sums and settings that the events leave out.
It reads one page at a time, so that a ledger of millions needs no more memory than a small one: what an event does to
a posting follows from the credits of earlier pages, which were checked when their page was.
"""

from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from exchange.clock import local_day
from exchange.credits import apply_lines, credit_lines
from exchange.ledger import FIRST_HASH, EventKind, NumberedCredit, NumberedEvent, credit_key, page_hash
from exchange.models import Credit, Event, LedgerPage
from exchange.promises import PROMISING, Promises
from exchange.store.ledger import credit_of, standing_credits
from exchange.store.tallies import DayKey, MonthKey, day_sums, month_sums
from exchange.store.verifying_snapshots import SnapshotsByPage

_EVENT = [col(getattr(Event, name)) for name in NumberedEvent._fields]
_CREDIT = [col(getattr(Credit, name)) for name in NumberedCredit._fields]


@dataclass(slots=True)
class Replay:
    """What the ledger says, read event by event."""

    events: int = 0
    pages: int = 0
    is_whole: bool = True  # False: a page is missing, and what follows from the ledger cannot be compared
    months: dict[MonthKey, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    days: dict[DayKey, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    promises: Promises = field(default_factory=Promises)
    snapshots: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)  # kind, period → page, digest


def walk_pages(session: Session, replay: Replay) -> Iterator[str]:
    """Differences in the order of the pages; `replay` is filled on the way."""
    with closing(SnapshotsByPage(session)) as snapshots:
        last = yield from _walk(session, replay, snapshots)
        yield from snapshots.rest() if replay.is_whole else ()
    beyond = session.exec(select(func.count()).select_from(Event).where(Event.sequence > last)).one()
    if beyond and replay.is_whole:
        yield f"台账最后一页之后还有 {beyond} 个事件"


def _walk(session: Session, replay: Replay, snapshots: SnapshotsByPage) -> Generator[str, None, int]:
    """Returns the last sequence number."""
    previous, last = FIRST_HASH, 0
    yield from snapshots.compare(0, 0, "", replay.months, replay.promises)
    for page in _pages(session):
        replay.pages += 1
        if page.number != replay.pages:
            replay.is_whole = False
            yield f"台账缺少第 {replay.pages} 页"
            return last
        if page.first_sequence != last + 1:
            yield f"台账第 {page.number} 页从序号 {page.first_sequence} 开始，应为 {last + 1}"
        events, credits = _page_rows(session, page)
        yield from _check_numbers(page, events)
        if page.previous_hash != previous or page.hash != page_hash(page.previous_hash, events, credits):
            yield f"台账第 {page.number} 页（序号 {page.first_sequence}–{page.last_sequence}）的内容与其哈希不符"
        yield from _replay_page(session, page, events, credits, replay)
        yield from snapshots.compare(page.number, page.last_sequence, page.hash, replay.months, replay.promises)
        previous, last = page.hash, page.last_sequence
    return last


def _pages(session: Session) -> Iterator[LedgerPage]:
    """In order, some at a time; who stops early leaves no cursor open."""
    query = select(LedgerPage).order_by(col(LedgerPage.number)).execution_options(yield_per=200)
    with closing(session.exec(query)) as pages:
        for page in pages:
            yield page
            session.expunge(page)


def _page_rows(session: Session, page: LedgerPage) -> tuple[list[NumberedEvent], list[NumberedCredit]]:
    connection = session.connection()
    within = (page.first_sequence, page.last_sequence)
    events = sql_select(*_EVENT).where(col(Event.sequence).between(*within)).order_by(col(Event.sequence))
    credits = sql_select(*_CREDIT).where(col(Credit.sequence).between(*within))
    return (
        [NumberedEvent(*row) for row in connection.execute(events)],
        [NumberedCredit(*row) for row in connection.execute(credits)],
    )


def _check_numbers(page: LedgerPage, events: list[NumberedEvent]) -> Iterator[str]:
    if len(events) == page.last_sequence - page.first_sequence + 1:
        return
    there = {event.sequence for event in events}
    for sequence in range(page.first_sequence, page.last_sequence + 1):
        if sequence not in there:
            yield f"台账第 {page.number} 页缺少序号 {sequence} 的事件"


def _replay_page(
    session: Session, page: LedgerPage, events: list[NumberedEvent], credits: list[NumberedCredit], replay: Replay
) -> Iterator[str]:
    day = local_day(page.at)
    _add(replay.months, month_sums(credits))
    _add(replay.days, day_sums(credits, day))
    stored = {
        sequence: list(rows)
        for sequence, rows in groupby(sorted(map(credit_key, credits)), key=lambda key: key[0])
    }  # fmt: skip
    bodies = [_read(event.body) for event in events]
    standing = standing_credits(session, _known_before(events, bodies), before=page.first_sequence)
    for event, body in zip(events, bodies, strict=True):
        replay.events += 1
        try:
            lines = credit_lines(event.kind, body, event.posting_id, local_day(event.at), standing)
            if event.posting_id:
                body["status"]
            _note(replay, event, body)
        except (ValueError, LookupError, TypeError):
            yield f"台账第 {page.number} 页序号 {event.sequence} 的事件读不出来（岗位 {event.posting_id}）"
            continue
        apply_lines(standing, lines)
        due = sorted(credit_key(credit_of(line, event.sequence)) for line in lines)
        if due != stored.get(event.sequence, []):
            yield f"台账第 {page.number} 页序号 {event.sequence} 的计数凭证与规则不符（岗位 {event.posting_id}）"


def _note(replay: Replay, event: NumberedEvent, body: Any) -> None:
    if event.kind in PROMISING:
        replay.promises.apply(event.kind, body)
    elif event.kind == EventKind.SNAPSHOT_TAKEN:
        replay.snapshots[body["kind"], body["period"]] = (body["page"], body["digest"])


def _read(body: str) -> Any:
    """None for what is no JSON: it is named when its event is looked at."""
    try:
        return orjson.loads(body)
    except ValueError:
        return None


def _known_before(events: list[NumberedEvent], bodies: list[Any]) -> list[str]:
    """Postings of this page that may have credits from earlier pages."""
    known = {e.posting_id for e in events if e.posting_id and e.kind != EventKind.POSTING_CREATED}
    for event, body in zip(events, bodies, strict=True):
        if event.kind == EventKind.BATCH_CONFIRMED and isinstance(body, dict):
            known.update(body.get("carried", ()))
    return sorted(known)


def _add(sums: dict[Any, list[int]], more: dict[Any, list[int]]) -> None:
    for key, (postings, openings) in more.items():
        total = sums[key]
        total[0] += postings
        total[1] += openings
