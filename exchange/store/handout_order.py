"""Posting ids in the order of their workplaces, for lists that are read by place."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from exchange.models import Employer, Posting
from exchange.store.lists import in_slices


def in_order_of_places(session: Session, ids: Sequence[str]) -> list[str]:
    """By place, then employer, then as given; unknown ids are left out."""
    places: dict[str, tuple[str, str]] = {}
    query = select(col(Posting.id), col(Posting.division), col(Employer.name)).join(
        Employer, col(Employer.id) == col(Posting.employer_id)
    )
    for some in in_slices(ids):
        for id, place, employer in session.connection().execute(query.where(col(Posting.id).in_(some))):
            places[id] = (place, employer)
    return sorted((id for id in dict.fromkeys(ids) if id in places), key=places.__getitem__)
