"""Reviewing (复核): held postings with what was found in them, and what reviewers have decided.

In: a reading session. Out: plain values, the longest held first. Deciding is exchange.store.decisions' work.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_
from sqlmodel import Session, col, select

from config.words import Outcome, Severity, Status
from exchange.ledger import EventKind
from exchange.models import Batch, Event, Offer, Posting, ProblemRow, Record
from exchange.store.lists import in_slices
from exchange.store.overview import organisation_names

RELEASED, REFUSED = "released", "refused"
_REFUSED_MARK = '"refused":true'  # in the canonical body of the event
_COMPLIANCE = "compliance."


@dataclass(frozen=True, slots=True)
class Finding:
    problem: ProblemRow
    cell: str  # the cell as written, "" once it was erased


@dataclass(frozen=True, slots=True)
class HeldPosting:
    posting: Posting
    offer: Offer
    organisation: str  # its name
    held_at: datetime
    words: str  # of the person who held it, "" when a rule did
    sequence: int  # of the posting's last event: what a reviewer has seen
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """"" stands for all. `code` is a problem's."""

    organisation: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    at: datetime
    actor: str
    posting_id: str
    title: str
    organisation: str
    decision: str  # RELEASED or REFUSED
    words: str


def count_held(session: Session, wanted: ReviewFilter) -> int:
    return session.exec(_narrow(select(func.count()).select_from(Posting), wanted)).one()


def held_postings(session: Session, wanted: ReviewFilter, offset: int, limit: int) -> list[HeldPosting]:
    query = _narrow(select(Posting, Offer, Event).select_from(Posting), wanted)
    query = query.join(Event, col(Event.sequence) == Posting.sequence).order_by(col(Posting.sequence))
    rows = session.exec(query.offset(offset).limit(limit)).all()
    names = organisation_names(session, {offer.organisation for _, offer, _ in rows})
    held = [
        HeldPosting(
            posting,
            offer,
            names.get(offer.organisation, offer.organisation),
            event.at,
            json.loads(event.body).get("words", ""),
            posting.sequence,
        )
        for posting, offer, event in rows
    ]
    return [replace(one, findings=_findings(session, one.offer)) for one in held]


def held_by_code(session: Session, organisation: str) -> list[tuple[str, int]]:
    """(code, held postings), the most frequent first."""
    number = func.count(func.distinct(Posting.id))
    query = _narrow(select(ProblemRow.code, number).select_from(Posting), ReviewFilter(organisation))
    query = query.join(Record, _record_of_offer()).join(ProblemRow, _problem_of_record()).where(_is_compliance_error())
    return list(session.exec(query.group_by(col(ProblemRow.code)).order_by(number.desc(), col(ProblemRow.code))))


def held_by_organisation(session: Session) -> list[tuple[str, str, int]]:
    """(code, name, held postings), the most first."""
    query = _narrow(select(Offer.organisation, func.count()).select_from(Posting), ReviewFilter())
    rows = session.exec(query.group_by(col(Offer.organisation)).order_by(func.count().desc(), col(Offer.organisation)))
    found = list(rows)
    names = organisation_names(session, {code for code, _ in found})
    return [(code, names.get(code, code), number) for code, number in found]


def _narrow(query: Any, wanted: ReviewFilter) -> Any:
    query = query.join(Offer, col(Offer.id) == Posting.primary_offer).where(Posting.status == Status.HELD)
    if wanted.organisation:
        query = query.where(Offer.organisation == wanted.organisation)
    if wanted.code:
        named = exists().where(_record_of_offer(), _problem_of_record(), col(ProblemRow.code) == wanted.code)
        query = query.where(named.where(_is_compliance_error()))
    return query


def _record_of_offer() -> Any:
    return (col(Record.batch_id) == Offer.batch_id) & (col(Record.offer_id) == Offer.id)


def _problem_of_record() -> Any:
    return (col(ProblemRow.batch_id) == Record.batch_id) & (col(ProblemRow.position) == Record.position)


def _is_compliance_error() -> Any:
    return col(ProblemRow.code).startswith(_COMPLIANCE) & (col(ProblemRow.severity) == Severity.ERROR)


def _findings(session: Session, offer: Offer) -> tuple[Finding, ...]:
    """Compliance problems of the row that words the offer, errors first."""
    query = select(ProblemRow, Record).join(Record, _problem_of_record())
    query = query.where(Record.batch_id == offer.batch_id, Record.offer_id == offer.id)
    found = session.exec(query.where(col(ProblemRow.code).startswith(_COMPLIANCE)).order_by(col(ProblemRow.id)))
    findings = [Finding(problem, _cell(record, problem.field)) for problem, record in found]
    return tuple(sorted(findings, key=lambda finding: finding.problem.severity != Severity.ERROR))


def _cell(record: Record, field: str | None) -> str:
    cells: dict[str, str] = (record.verbatim or {}).get("cells", {})
    return cells.get(field or "", "")


def decided_of(session: Session, batch_id: str) -> dict[str, int]:
    """What reviewers have made of the postings that this batch left held: {"released": n, "refused": n}."""
    decided = {RELEASED: 0, REFUSED: 0}
    batch = session.get(Batch, batch_id)
    if batch is None or batch.confirmed_at is None or not batch.held:
        return decided
    held = select(Record.posting_id).where(Record.batch_id == batch_id, Record.outcome == Outcome.HELD)
    ids = sorted({id for id in session.exec(held) if id})
    for some in in_slices(ids):
        query = _decisions().where(col(Event.posting_id).in_(some), Event.at >= batch.confirmed_at)
        first = {event.posting_id: event for event in session.exec(query.order_by(col(Event.sequence).desc()))}
        for event in first.values():  # later ones are about other words
            decided[_decision(event)] += 1
    return decided


def recent_decisions(session: Session, since: datetime, limit: int) -> list[ReviewDecision]:
    """The latest first."""
    query = _decisions().where(Event.at >= since).order_by(col(Event.sequence).desc()).limit(limit)
    events = session.exec(query).all()
    titles = _titles(session, events)
    names = organisation_names(session, {event.organisation for event in events})
    return [
        ReviewDecision(
            at=event.at,
            actor=event.actor,
            posting_id=event.posting_id or "",
            title=titles.get(_offer_id(event), ""),
            organisation=names.get(event.organisation, event.organisation),
            decision=_decision(event),
            words=json.loads(event.body).get("words", ""),
        )
        for event in events
    ]


def _decisions() -> Any:
    """Events by which a reviewer released or refused."""
    refusing = col(Event.kind).in_([EventKind.POSTING_WITHDRAWN, EventKind.POSTING_UPDATED, EventKind.OFFER_ENDED])
    refused = refusing & col(Event.body).contains(_REFUSED_MARK, autoescape=True)
    return select(Event).where(or_(col(Event.kind) == EventKind.POSTING_RELEASED, refused))


def _decision(event: Event) -> str:
    return RELEASED if event.kind == EventKind.POSTING_RELEASED else REFUSED


def _offer_id(event: Event) -> str:
    return str(json.loads(event.body).get("offer", ""))


def _titles(session: Session, events: Iterable[Event]) -> dict[str, str]:
    ids: Sequence[str] = [_offer_id(event) for event in events]
    found: dict[str, str] = {}
    for some in in_slices(ids):
        query = select(Offer).where(col(Offer.id).in_(some))
        found |= {offer.id: offer.content["title"] for offer in session.exec(query)}
    return found
