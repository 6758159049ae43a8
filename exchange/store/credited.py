"""When and by which event postings were counted (计数时间), for lists of the postings behind a number.

In: a session, a year, a reason ("" is counted), postings. Out: posting → (sequence of its event, its moment).
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from exchange.models import Credit, Event
from exchange.store.lists import in_slices

Earned = tuple[int, datetime]


def earned_at(
    session: Session, year: int, reason: str, ids: Iterable[str], up_to: int | None = None
) -> dict[str, Earned]:
    """The latest row that earned it: what was taken back and earned again counts from then on."""
    found: dict[str, Earned] = {}
    for some in in_slices(sorted(set(ids))):
        last = sql_select(col(Credit.posting_id), func.max(col(Credit.sequence)).label("sequence")).where(
            col(Credit.posting_id).in_(some), col(Credit.year) == year, col(Credit.reason) == reason,
            col(Credit.sign) > 0,
        )  # fmt: skip
        if up_to is not None:
            last = last.where(col(Credit.sequence) <= up_to)
        rows = last.group_by(col(Credit.posting_id)).subquery()
        query = sql_select(rows.c.posting_id, rows.c.sequence, col(Event.at))
        query = query.join_from(rows, Event, col(Event.sequence) == rows.c.sequence)
        found |= {id: (int(sequence), at) for id, sequence, at in session.connection().execute(query)}
    return found
