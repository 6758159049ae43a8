"""The index follows the ledger: what changed since the sequence it knows is written, or all of it anew.

In: the store and the engine of an `Exchange`. Out: an index whose sequence is the ledger's head. Whoever is
free may call `follow`; one process writes at a time.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from config.divisions import division
from config.words import EmploymentType, SalaryPeriod, Status
from exchange.clock import local_day
from exchange.context import Exchange
from exchange.locks import INDEXING
from exchange.store.index_rows import IndexRow, index_rows
from exchange.store.ledger import head_sequence
from exchange.store.lists import in_slices
from exchange.store.reading import changed_postings, open_posting_confirmations, open_posting_ids
from exchange.store.setup import pairing_on
from search.documents import PostingDocument
from search.requests import SearchError

_AT_ONCE = 2_000
_BROKEN = {"index.damaged", "index.missing"}
_NO_END = date.max - timedelta(days=366)  # a default validity is restarted often; its end comes as an event
log = logging.getLogger(__name__)


def follow(exchange: Exchange, wait: float | None = None) -> bool:
    """Bring the index up to the ledger's head. False when another process is at it and `wait` ran out."""
    with exchange.local_lock(INDEXING, wait) as mine:
        if not mine:
            return False
        status = exchange.reader.status()
        with exchange.store.read() as session:
            head = head_sequence(session)
        if not status.healthy or status.sequence > head:
            level = logging.WARNING if status.sequence else logging.INFO  # a new index is no cause for alarm
            log.log(level, "index is rebuilt: %s", status.message or "it is ahead of the ledger")
            _rebuild(exchange)
        elif status.sequence < head:
            _catch_up_or_rebuild(exchange, status.sequence)
        return True


def rebuild(exchange: Exchange) -> int:
    """Write the index anew from the store. Returns the sequence it covers."""
    with exchange.local_lock(INDEXING, None):
        return _rebuild(exchange)


def _rebuild(exchange: Exchange) -> int:
    with exchange.store.read() as session:
        head = head_sequence(session)
        ids = [id for id, _ in open_posting_ids(session)]
        exchange.writer.rebuild(_documents(session, ids, exchange.today), head)
    return head


def _catch_up_or_rebuild(exchange: Exchange, sequence: int) -> None:
    """A reader goes on with what it has open; only who writes may learn that the files were damaged meanwhile."""
    try:
        _catch_up(exchange, sequence)
    except SearchError as error:
        if error.code not in _BROKEN:
            raise
        log.warning("index is rebuilt: %s", error.message)
        _rebuild(exchange)


def _catch_up(exchange: Exchange, sequence: int) -> None:
    while True:
        with exchange.store.read() as session:
            head = head_sequence(session)
            changed = changed_postings(session, sequence, _AT_ONCE)
            open_ids = [id for id, _, status in changed if status == Status.OPEN]
            gone = [id for id, _, status in changed if status != Status.OPEN]
            documents = list(_documents(session, open_ids, exchange.today))
        sequence = changed[-1][1] if len(changed) == _AT_ONCE else head
        exchange.writer.apply(documents, gone, sequence)
        if sequence == head:
            return


def refresh_confirmations(exchange: Exchange) -> int:
    """Give the index the day on which each posting was last confirmed. Returns how many it did not know rightly.

    A posting that was only seen again writes no event, so the ledger does not lead the index to it: once a day is
    often enough for a day that fades over weeks.
    """
    follow(exchange)
    with exchange.local_lock(INDEXING, None):
        known = dict(exchange.reader.confirmations())
        with exchange.store.read() as session:
            stored = open_posting_confirmations(session)
            late = [id for id, day in stored if id in known and known[id] != day.toordinal()]
            for some in in_slices(late, _AT_ONCE):
                documents = list(_documents(session, some, exchange.today))
                exchange.writer.apply(documents, [], exchange.reader.status().sequence)
    return len(late)


def documents_of(exchange: Exchange, ids: Sequence[str]) -> list[PostingDocument]:
    """Postings as the index would be given them now, in the order of their ids."""
    with exchange.store.read() as session:
        return list(_documents(session, ids, exchange.today))


def _documents(session: Session, ids: Sequence[str], today: date) -> Iterator[PostingDocument]:
    pairing = pairing_on(session, today)
    for row in index_rows(session, ids):
        yield _document(row, pairing.get(row.content["division"], ""))


def _document(row: IndexRow, cluster: str) -> PostingDocument:
    content, salary = row.content, row.content["salary"]
    workplace = division(content["division"])
    hourly = salary["period"] == SalaryPeriod.HOUR and content["employment_type"] != EmploymentType.FULL_TIME
    return PostingDocument(
        id=row.id,
        sequence=row.sequence,
        title=content["title"],
        employer=content["employer"],
        description=content["description"],
        address=content["address"],
        division=content["division"],
        city=workplace.city,
        direction=workplace.direction,
        cluster=cluster,
        occupation="",
        occupation_name="",
        industry=content["industry"],
        industry_name=content["industry_text"],
        education=content["education"],
        experience_min=content["experience_min"],
        employment_type=content["employment_type"],
        openings=content["openings"],
        salary_min=salary["min"],
        salary_max=salary["max"],
        salary_counts=not salary["negotiable"] and not hourly,  # hourly pay of part-time work says nothing of a month
        benefits=tuple(content["benefits"]),
        source=row.source,
        published_on=local_day(row.published_at) if row.published_at else row.last_confirmed_on,
        valid_through=_NO_END if row.valid_through_is_default else row.valid_through,
        confirmed_on=row.last_confirmed_on,
    )
