"""Who else offers the same job (重复岗位): open postings that others stand behind and one organisation does not.

In: identity keys and blocking keys of records. Out: plain rows, read by indexed keys. What the rows mean is
judged by ingest.duplicates.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from config.words import Status
from exchange.models import Employer, Offer, OfferState, Organisation, Posting
from exchange.store.lists import in_slices, is_among

_TEXTS_OF_ONE_EMPLOYER = 8


class Newcomer(NamedTuple):
    """Whose new rows they are."""

    source: str
    organisation: str
    leaving: tuple[str, ...] = ()  # its own offers that are becoming another job


class OpenElsewhere(NamedTuple):
    posting_id: str
    title: str
    employer: str
    organisation: str  # name of who offers it


class SharingOffer(NamedTuple):
    """A live offer that shares a key with a record."""

    key: str
    offer_id: str
    posting_id: str
    employer_id: str
    employer: str
    organisation: str


def find_open_elsewhere(
    session: Session, who: Newcomer, identity_keys: Iterable[str]
) -> dict[str, OpenElsewhere]:
    """Identity → the open posting that others offer and the newcomer does not."""
    query = (
        sql_select(
            col(Posting.identity_key),
            col(Posting.id),
            col(Offer.content)["title"].as_string(),
            col(Offer.content)["employer"].as_string(),
            func.coalesce(col(Organisation.name), Offer.organisation),
        )
        .join(Offer, col(Offer.id) == Posting.primary_offer)
        .join(Organisation, col(Organisation.code) == Offer.organisation, isouter=True)
        .where(is_among(session, col(Posting.identity_key), identity_keys), col(Posting.status) == Status.OPEN)
        .where(~_offered_by(who))
        .order_by(col(Posting.sequence).desc())
    )
    # the oldest one wins
    return {key: OpenElsewhere(*facts) for key, *facts in session.connection().execute(query)}


def find_sharing_job(session: Session, who: Newcomer, keys: Iterable[str]) -> list[SharingOffer]:
    """Offers of the same employer and trade."""
    return _find_sharing(session, col(Offer.job_key), who, keys)


def find_sharing_wording(session: Session, who: Newcomer, keys: Iterable[str]) -> list[SharingOffer]:
    """Offers of the same trade, place and pay."""
    return _find_sharing(session, col(Offer.wording_key), who, keys)


def _find_sharing(
    session: Session, column: Any, who: Newcomer, keys: Iterable[str]
) -> list[SharingOffer]:
    query = (
        sql_select(
            column,
            col(Offer.id),
            col(Offer.posting_id),
            col(Offer.employer_id),
            col(Employer.key),
            func.coalesce(col(Organisation.name), Offer.organisation),
        )
        .join(Posting, col(Posting.id) == Offer.posting_id)
        .join(Employer, col(Employer.id) == Offer.employer_id)
        .join(Organisation, col(Organisation.code) == Offer.organisation, isouter=True)
        .where(is_among(session, column, keys), col(Offer.state) == OfferState.LIVE)
        .where(col(Posting.status) == Status.OPEN)
        .where((col(Offer.source) != who.source) | (col(Offer.organisation) != who.organisation))
        .where(~_offered_by(who))
        .order_by(col(Offer.started_on), col(Offer.id))
    )
    return [SharingOffer(*row) for row in session.connection().execute(query)]


def _offered_by(who: Newcomer) -> Any:
    """Whether the newcomer stands behind the posting already, with an offer that it is not leaving."""
    own = aliased(Offer)
    query = sql_select(col(own.id)).where(
        col(own.source) == who.source,
        col(own.organisation) == who.organisation,
        col(own.posting_id) == Posting.id,
        col(own.state) != OfferState.ENDED,
        col(own.id).not_in(who.leaving),
    )
    return query.correlate(Posting).exists()


def offer_contents(session: Session, offer_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    contents: dict[str, dict[str, Any]] = {}
    for some in in_slices(sorted(set(offer_ids))):
        query = select(Offer.id, Offer.content).where(col(Offer.id).in_(some))
        contents |= {id: dict(content) for id, content in session.exec(query)}
    return contents


def texts_of_employers(session: Session, employer_ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Employer → (title, description) of some of its postings, whatever became of them."""
    texts: dict[str, list[tuple[str, str]]] = {}
    for some in in_slices(sorted(set(employer_ids))):
        number = func.row_number().over(partition_by=col(Posting.employer_id), order_by=col(Posting.sequence).desc())
        chosen = (
            sql_select(col(Posting.employer_id), col(Posting.primary_offer), number.label("number"))
            .where(col(Posting.employer_id).in_(some))
            .subquery()
        )
        query = sql_select(
            chosen.c.employer_id, col(Offer.content)["title"].as_string(), col(Offer.content)["description"].as_string()
        ).join(Offer, col(Offer.id) == chosen.c.primary_offer)
        for employer, title, text in session.connection().execute(
            query.where(chosen.c.number <= _TEXTS_OF_ONE_EMPLOYER)
        ):
            texts.setdefault(employer, []).append((title, text))
    return texts
