"""Lists of postings behind a number (明细): what was counted, or was not and why, one row a posting.

In: a year, a reason ("" is counted), perhaps a direction and a cluster. Out: `ListedPosting`s, page by page or one
after the other for a workbook, in the order of clusters and ids, so that a page of a large list costs what the first
one costs. No contacts are in it.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import ColumnElement, func, tuple_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from exchange.credits import COUNTED
from exchange.gap import ListedPosting
from exchange.models import Credit, Offer, Posting

_AT_ONCE = 500
Place = tuple[str, str, str]  # direction, cluster, posting: where a page ended


def postings_behind(
    session: Session, year: int, reason: str = COUNTED, direction: str | None = None, cluster: str | None = None,
    after: Place | None = None, limit: int = 50, up_to: int | None = None,
) -> list[ListedPosting]:  # fmt: skip
    """The next page; `after` is `place_of` its predecessor's last row. `up_to`: as it stood at that event."""
    key = (col(Credit.direction), col(Credit.cluster), col(Credit.posting_id))
    query = _behind(year, reason, direction, cluster)
    if up_to is not None:
        query = query.where(col(Credit.sequence) <= up_to)
    if after is not None:
        query = query.where(tuple_(*key) > tuple_(*after))
    return listed(session, query.order_by(*key).limit(limit))


def all_postings_behind(
    session: Session, year: int, reason: str = COUNTED, direction: str | None = None, cluster: str | None = None,
    up_to: int | None = None,
) -> Iterator[ListedPosting]:  # fmt: skip
    """All of them, some at a time."""
    after = None
    while True:
        page = postings_behind(session, year, reason, direction, cluster, after, _AT_ONCE, up_to)
        yield from page
        if len(page) < _AT_ONCE:
            return
        after = place_of(page[-1])


def place_of(row: ListedPosting) -> Place:
    return row.direction, row.cluster, row.posting_id


def listed(
    session: Session, standing: Any, *conditions: ColumnElement[bool], order: Sequence[Any] = (),
    offset: int = 0, limit: int | None = None,
) -> list[ListedPosting]:  # fmt: skip
    """`standing`: a query for direction, cluster, reason and posting_id."""
    rows = standing.subquery()
    columns = (
        rows.c.posting_id, col(Offer.content), rows.c.direction, rows.c.cluster, col(Offer.organisation),
        col(Offer.source), col(Posting.status), col(Posting.valid_through), rows.c.reason,
    )  # fmt: skip
    query = sql_select(*columns).join_from(rows, Posting, col(Posting.id) == rows.c.posting_id)
    query = query.join(Offer, col(Offer.id) == col(Posting.primary_offer)).where(*conditions)
    query = query.order_by(*(order or (rows.c.direction, rows.c.cluster, rows.c.posting_id)))
    with closing(session.connection().execute(query.offset(offset).limit(limit))) as found:
        return [_row(*row) for row in found]


def _row(
    posting_id: str, content: dict[str, Any], direction: str, cluster: str, organisation: str, source: str,
    status: str, valid_through: Any, reason: str,
) -> ListedPosting:  # fmt: skip
    return ListedPosting(
        posting_id, content["title"], content["employer"], content["division"], direction, cluster, organisation,
        source, content.get("openings"), status, valid_through, reason,
    )  # fmt: skip


def _behind(year: int, reason: str, direction: str | None, cluster: str | None) -> Any:
    key = (col(Credit.direction), col(Credit.cluster), col(Credit.reason), col(Credit.posting_id))
    query = sql_select(*key).where(col(Credit.year) == year, col(Credit.reason) == reason)
    if direction is not None:
        query = query.where(col(Credit.direction) == direction)
    if cluster is not None:
        query = query.where(col(Credit.cluster) == cluster)
    return query.group_by(*key).having(func.sum(col(Credit.sign)) > 0)
