"""Reading what was promised: commitments, pairings, figures; from the tables, or as of a past event from the ledger.

In: a session and, for the past, a sequence number. Out: `Commitment`s, `Promises`. Events that set something are few
and indexed apart, so the ledger is never walked.
"""

import json
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from config.targets import Commitment
from exchange.models import CommitmentRow, Event, Pairing
from exchange.promises import PROMISING, Promises, commitment_of


def promises_at(session: Session, sequence: int) -> Promises:
    """As the ledger had it at that sequence."""
    found = Promises()
    query = select(Event.kind, Event.body).where(
        col(Event.posting_id).is_(None), col(Event.kind).in_(PROMISING), Event.sequence <= sequence
    )
    for kind, body in session.exec(query.order_by(col(Event.sequence))):
        found.apply(kind, json.loads(body))
    return found


def all_commitments(session: Session, year: int, sequence: int | None = None) -> list[Commitment]:
    """Of every kind, by code; as they stood at that sequence. Before the store knew any, those it was given first."""
    if sequence is None:
        rows = session.exec(select(CommitmentRow).where(CommitmentRow.year == year).order_by(col(CommitmentRow.code)))
        return [commitment_of(row.model_dump()) for row in rows]
    known = {commitment.code: commitment for commitment in promises_at(session, sequence).of_year(year)}
    for first in _first_set(session, year):
        known.setdefault(first.code, first)
    return [known[code] for code in sorted(known)]


def commitments_of(session: Session, year: int, sequence: int | None = None) -> list[Commitment]:
    """The two that are counted from credits."""
    return [commitment for commitment in all_commitments(session, year, sequence) if commitment.is_by_postings]


def find_commitment(session: Session, code: str, year: int) -> Commitment | None:
    row = session.get(CommitmentRow, (code, year))
    return commitment_of(row.model_dump()) if row is not None else None


def setting_events(session: Session, kind: str) -> list[tuple[Event, dict[str, Any]]]:
    """Events of one of the kinds that set something, with their bodies, the latest first."""
    query = select(Event).where(col(Event.posting_id).is_(None), Event.kind == kind)
    return [(e, json.loads(e.body)) for e in session.exec(query.order_by(col(Event.sequence).desc()))]


def pairing_on(session: Session, day: date) -> dict[str, str]:
    """Division code → cluster code, as paired on that day. What is in no cluster is not in it."""
    pairings = session.exec(select(Pairing).where(col(Pairing.since) <= day).order_by(col(Pairing.since)))
    latest = {pairing.division: pairing.cluster for pairing in pairings}
    return {division: cluster for division, cluster in latest.items() if cluster}


def _first_set(session: Session, year: int) -> list[Commitment]:
    kept = Promises()
    for _, body in reversed(setting_events(session, PROMISING[0])):
        if int(body["year"]) == year and (body["code"], year) not in kept.commitments:
            kept.apply(PROMISING[0], body)
    return kept.of_year(year)
