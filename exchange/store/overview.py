"""What pages show beside postings: names of clusters and sources, moments of events, figures of today.

In: a reading session. Out: plain values. Nothing here writes.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from config.words import Status
from exchange.models import ClusterRow, CommitmentRow, Event, Organisation, Posting, SourceRow
from exchange.store.facts import get_fact

HEARTBEAT = "worker-heartbeat"  # the fact that the worker keeps up, a moment as ISO 8601


def cluster_names(session: Session) -> dict[str, str]:
    rows = session.exec(select(ClusterRow.code, ClusterRow.name).order_by(col(ClusterRow.code)))
    return dict(rows.all())


def source_names(session: Session) -> dict[str, str]:
    return dict(session.exec(select(SourceRow.id, SourceRow.name)).all())


def organisation_names(session: Session, codes: Iterable[str]) -> dict[str, str]:
    query = select(Organisation.code, Organisation.name).where(col(Organisation.code).in_(set(codes)))
    return dict(session.exec(query).all())


def commitment_years(session: Session) -> list[int]:
    return list(session.exec(select(CommitmentRow.year).distinct().order_by(col(CommitmentRow.year))))


def event_moments(session: Session, sequences: Sequence[int]) -> dict[int, datetime]:
    query = select(Event.sequence, Event.at).where(col(Event.sequence).in_(sequences))
    return dict(session.exec(query).all())


def oldest_good_pull(session: Session, sources: Iterable[str]) -> datetime | None:
    """When the source that has waited longest last answered well; None if one of them never has."""
    query = select(SourceRow.last_good_at).where(col(SourceRow.id).in_(set(sources)))
    moments = list(session.exec(query))
    return min((moment for moment in moments if moment), default=None) if None not in moments else None


def worker_heartbeat(session: Session) -> datetime | None:
    beaten = get_fact(session, HEARTBEAT)
    return datetime.fromisoformat(beaten) if beaten else None


def listed_postings(session: Session, today: date, offset: int, limit: int) -> list[tuple[str, date]]:
    """(id, last confirmed on) of open postings, for the sitemap."""
    query = select(col(Posting.id), col(Posting.last_confirmed_on)).order_by(col(Posting.id))
    listed = query.where(Posting.status == Status.OPEN, Posting.valid_through >= today)
    return [(id, confirmed) for id, confirmed in session.exec(listed.offset(offset).limit(limit))]
