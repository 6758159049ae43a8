"""What the index needs of postings, and no more: plain rows, for thousands at a time.

In: posting ids. Out: `IndexRow`s in their order, each with the words of the offer the posting is shown under.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from exchange.models import Offer, Posting
from exchange.store.lists import in_slices


class IndexRow(NamedTuple):
    id: str
    sequence: int
    published_at: datetime | None
    last_confirmed_on: date
    valid_through: date
    valid_through_is_default: bool
    source: str
    content: dict[str, Any]  # as `exchange.schemas.content` let it in


def index_rows(session: Session, ids: Iterable[str]) -> Iterator[IndexRow]:
    """Ids that no posting has are left out."""
    query = select(
        col(Posting.id),
        col(Posting.sequence),
        col(Posting.published_at),
        col(Posting.last_confirmed_on),
        col(Posting.valid_through),
        col(Posting.valid_through_is_default),
        col(Offer.source),
        col(Offer.content),
    ).join(Offer, col(Offer.id) == col(Posting.primary_offer))
    for some in in_slices(ids):
        found = {row[0]: row for row in session.connection().execute(query.where(col(Posting.id).in_(some)))}
        yield from (IndexRow(*found[id]) for id in some if id in found)
