"""Reading postings for pages, answers and the index. Contacts are read by `find_contact` only.

In: posting ids, or a ledger sequence. Out: `PostingView`s, in the order asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.words import Status
from exchange.content import Contact, Content
from exchange.models import ContactRow, Employer, Offer, OfferState, Organisation, Posting, SourceRow
from exchange.schemas.content import content_from_json
from exchange.store.lists import in_slices


@dataclass(frozen=True, slots=True)
class OfferView:
    """Who stands behind a posting: the source label that the law asks for."""

    source: str
    source_name: str
    organisation: str
    organisation_name: str
    url: str
    reference: str
    started_on: date
    last_confirmed_on: date
    origin: str = ""  # the peer it came from, whose id of it is the reference; "" is ours


@dataclass(frozen=True, slots=True)
class PostingView:
    posting: Posting
    employer: Employer
    content: Content
    offers: tuple[OfferView, ...]  # the one it is shown under first, then the other live ones

    @property
    def id(self) -> str:
        return self.posting.id

    def is_open(self, today: date) -> bool:
        """Shown and searchable on this local day, also before the nightly job has ended what is past."""
        return self.posting.status == Status.OPEN and self.posting.valid_through >= today

    def status_on(self, today: date) -> Status:
        status = Status(self.posting.status)
        return Status.EXPIRED if status is Status.OPEN and not self.is_open(today) else status


def find_views(session: Session, ids: Sequence[str]) -> list[PostingView]:
    """In the order of `ids`; ids that no posting has are left out."""
    views: dict[str, PostingView] = {}
    for some in in_slices(ids):
        views |= {view.id: view for view in _views(session, some, is_moved=False)}
        moved = [id for id in some if id not in views]  # joined into another posting, its offers with it
        if moved:
            views |= {view.id: view for view in _views(session, moved, is_moved=True)}
    return [views[id] for id in ids if id in views]


def _views(session: Session, ids: list[str], is_moved: bool) -> Iterator[PostingView]:
    """`is_moved`: their offers belong to another posting by now."""
    shown: dict[str, tuple[Posting, Employer, Content]] = {}
    offers: dict[str, list[OfferView]] = {}
    found = session.exec(_views_query(is_moved), params={"ids": ids})
    for posting, employer, offer, source_name, organisation_name in found:
        label = OfferView(
            offer.source,
            source_name or offer.source,
            offer.organisation,
            organisation_name or offer.organisation,
            offer.content["url"],
            offer.reference,
            offer.started_on,
            offer.last_confirmed_on,
            offer.origin,
        )
        if offer.id == posting.primary_offer:
            shown[posting.id] = (posting, employer, content_from_json(offer.content))
            offers.setdefault(posting.id, []).insert(0, label)
        else:
            offers.setdefault(posting.id, []).append(label)
    for id, (posting, employer, content) in shown.items():
        yield PostingView(posting, employer, content, tuple(offers[id]))


@cache
def _views_query(is_moved: bool) -> Any:
    """Made once: making it takes as long as running it."""
    behind = col(Offer.id) == Posting.primary_offer if is_moved else col(Offer.posting_id) == Posting.id
    return (
        sql_select(Posting, Employer, Offer, col(SourceRow.name), col(Organisation.name))
        .join(Employer, col(Employer.id) == Posting.employer_id)
        .join(Offer, behind)
        .join(SourceRow, col(SourceRow.id) == Offer.source, isouter=True)
        .join(Organisation, col(Organisation.code) == Offer.organisation, isouter=True)
        .where(col(Posting.id).in_(bindparam("ids", expanding=True)))
        .where((col(Offer.state) == OfferState.LIVE) | (col(Offer.id) == Posting.primary_offer))
        .order_by(col(Offer.started_on), col(Offer.id))
    )


def unknown_postings(session: Session, ids: Sequence[str]) -> list[str]:
    """Those that no posting has, open or over."""
    known = {id for some in in_slices(ids) for id in session.exec(select(Posting.id).where(col(Posting.id).in_(some)))}
    return [id for id in ids if id not in known]


def find_view(session: Session, id: str) -> PostingView | None:
    return next(iter(find_views(session, [id])), None)


def find_contact(session: Session, posting: Posting) -> Contact | None:
    """Whom to call, from the offer the posting is shown under; None when it was erased or never given."""
    row = session.get(ContactRow, posting.primary_offer)
    return Contact(row.person, row.phone) if row is not None and (row.person or row.phone) else None


def changed_postings(session: Session, since: int, limit: int) -> list[tuple[str, int, str]]:
    """(id, sequence, status) of postings whose last event came after `since`, in sequence order."""
    query = (
        select(Posting.id, Posting.sequence, Posting.status)
        .where(col(Posting.sequence) > since)
        .order_by(col(Posting.sequence))
        .limit(limit)
    )
    return [(id, sequence, status) for id, sequence, status in session.exec(query)]


def open_posting_ids(session: Session) -> Iterable[tuple[str, int]]:
    """(id, sequence) of every open posting."""
    query = select(Posting.id, Posting.sequence).where(Posting.status == Status.OPEN).order_by(col(Posting.id))
    return [(id, sequence) for id, sequence in session.exec(query)]


def open_posting_confirmations(session: Session) -> list[tuple[str, date]]:
    """(id, last confirmed on) of every open posting."""
    query = select(col(Posting.id), col(Posting.last_confirmed_on)).where(Posting.status == Status.OPEN)
    return [(id, day) for id, day in session.exec(query.order_by(col(Posting.id)))]


def count_open(session: Session, today: date) -> int:
    query = select(func.count()).select_from(Posting)
    return session.exec(query.where(Posting.status == Status.OPEN, Posting.valid_through >= today)).one()
