"""The postings of a fair: all that its exhibitors have open here today, but those left out. Ended ones drop out.

In: a session and fairs. Out: ids for the search, figures for pages, employers with their postings.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.words import Status
from exchange.fairs.booths import booth_key
from exchange.fairs.names import plain_name
from exchange.fairs.steps import COUNTED
from exchange.models import Employer, Exhibitor, Fair, LeftOutPosting, Offer, OfferState, Posting
from exchange.store.lists import is_among


@dataclass(frozen=True, slots=True)
class FairFigures:
    employers: int = 0
    postings: int = 0
    openings: int = 0


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An exhibitor and how much it offers today."""

    exhibitor: Exhibitor
    postings: int
    openings: int


def _left_out() -> Any:
    return (
        sql_select(col(LeftOutPosting.posting_id))
        .where(col(LeftOutPosting.fair_id) == col(Exhibitor.fair_id), col(LeftOutPosting.posting_id) == Posting.id)
        .exists()
    )


def _open_postings(today: date, *columns: Any) -> Any:
    """Rows of exhibitor × posting × shown offer."""
    return (
        sql_select(*columns)
        .select_from(Exhibitor)
        .join(Posting, col(Posting.employer_id) == Exhibitor.employer_id)
        .join(Offer, col(Offer.id) == Posting.primary_offer)
        .where(col(Posting.status) == Status.OPEN, col(Posting.valid_through) >= today, ~_left_out())
    )


_OPENINGS = func.coalesce(func.sum(col(Offer.content)["openings"].as_integer()), 0)
_VERIFIED = col(Exhibitor.verified_at).is_not(None)  # the others are not shown to visitors


def posting_ids(session: Session, fair_id: str, today: date, exhibitor_id: str = "") -> list[str]:
    """Of verified exhibitors, in a fixed order."""
    query = _open_postings(today, Posting.id).where(Exhibitor.fair_id == fair_id, _VERIFIED)
    if exhibitor_id:
        query = query.where(Exhibitor.id == exhibitor_id)
    return list(session.connection().execute(query.order_by(Posting.id)).scalars())


def exhibits_of(session: Session, fair_id: str, today: date) -> list[Exhibit]:
    """Every exhibitor in the order of booths, those without postings too."""
    query = _open_postings(today, Exhibitor.id, func.count(), _OPENINGS).where(Exhibitor.fair_id == fair_id)
    rows = session.connection().execute(query.group_by(Exhibitor.id))
    offered = {id: (postings, openings) for id, postings, openings in rows}
    exhibitors = session.exec(select(Exhibitor).where(Exhibitor.fair_id == fair_id)).all()
    ordered = sorted(exhibitors, key=lambda one: (booth_key(one.booth), one.name))
    return [Exhibit(one, *offered.get(one.id, (0, 0))) for one in ordered]


def figures_of(session: Session, fair_ids: Sequence[str], today: date) -> dict[str, FairFigures]:
    """Of the verified exhibitors of several fairs at once, in two queries."""
    counted = select(Exhibitor.fair_id, func.count()).where(col(Exhibitor.fair_id).in_(fair_ids), _VERIFIED)
    employers = dict(session.exec(counted.group_by(col(Exhibitor.fair_id))).all())
    query = _open_postings(today, Exhibitor.fair_id, func.count(), _OPENINGS)
    rows = session.connection().execute(
        query.where(col(Exhibitor.fair_id).in_(fair_ids), _VERIFIED).group_by(Exhibitor.fair_id)
    )
    offered = {id: (postings, openings) for id, postings, openings in rows}
    return {id: FairFigures(employers.get(id, 0), *offered.get(id, (0, 0))) for id in fair_ids}


def fairs_brought_to(session: Session, ids: set[str]) -> dict[str, set[str]]:
    """Posting id → fairs that were held with it and did not fill it: it was there before they ended."""
    query = (
        select(Posting.id, Fair.id)
        .join(Exhibitor, col(Exhibitor.employer_id) == Posting.employer_id)
        .join(Fair, col(Fair.id) == Exhibitor.fair_id)
        .where(col(Fair.state).in_(COUNTED), _VERIFIED, col(Posting.published_at) < Fair.ends_at)
        .where(is_among(session, col(Posting.id), ids), ~_left_out())
    )
    found: dict[str, set[str]] = {}
    for posting_id, fair_id in session.exec(query):
        found.setdefault(posting_id, set()).add(fair_id)
    return found


def link_employers(session: Session, fair_id: str) -> None:
    """Exhibitors that had no posting here when they were named, and have one by now."""
    loose = select(Exhibitor).where(Exhibitor.fair_id == fair_id, col(Exhibitor.employer_id).is_(None))
    exhibitors = session.exec(loose).all()
    known = employers_named(session, [one.name for one in exhibitors])
    for one in exhibitors:
        one.employer_id = known.get(one.key)
        session.add(one)


def employers_named(session: Session, names: Sequence[str]) -> dict[str, str]:
    """Comparable name → id of the employer."""
    wanted = {plain_name(name) for name in names}
    if not wanted:
        return {}
    rows: Iterable[tuple[str, str]] = session.exec(select(Employer.id, Employer.name))
    return {key: id for id, name in rows if (key := plain_name(name)) in wanted}


def employers_on_offer(session: Session, organisation: str, today: date) -> Iterator[tuple[str, str]]:
    """(id, name) of employers that this organisation has open postings of."""
    query = (
        select(Employer.id, Employer.name)
        .join(Offer, col(Offer.employer_id) == Employer.id)
        .where(Offer.organisation == organisation, Offer.state == OfferState.LIVE, Offer.valid_through >= today)
        .distinct()
        .order_by(Employer.name)
    )
    yield from session.exec(query)


def brought_postings(
    session: Session, fair_id: str, exhibitor: Exhibitor, today: date
) -> list[tuple[str, dict[str, Any], bool]]:
    """(id, content, does it come to the fair) of the exhibitor's open postings."""
    query = (
        select(Posting.id, Offer.content, LeftOutPosting.posting_id)
        .join(Offer, col(Offer.id) == Posting.primary_offer)
        .join(
            LeftOutPosting,
            (col(LeftOutPosting.posting_id) == Posting.id) & (col(LeftOutPosting.fair_id) == fair_id),
            isouter=True,
        )
        .where(Posting.employer_id == exhibitor.employer_id, Posting.status == Status.OPEN)
        .where(col(Posting.valid_through) >= today)
        .order_by(col(Posting.id))
    )
    return [(id, dict(content), left_out is None) for id, content, left_out in session.exec(query)]
