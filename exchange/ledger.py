"""The ledger (台账) as plain values: kinds of events, their canonical text, the hash of a page.

In: events and credits. Out: text and digests that anyone can recompute. Writing and reading the tables is
exchange.store.ledger's work.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from exchange.canonical import canonical, canonical_bytes
from exchange.models import Credit, Event

FIRST_HASH = "0" * 64
__all__ = [
    "FIRST_HASH", "CreditRow", "EventDraft", "EventKind", "EventRow", "NumberedCredit", "NumberedEvent", "canonical",
    "credit_key", "digest", "moment_text", "page_hash",
]  # fmt: skip


class EventKind(StrEnum):
    STORE_SEEDED = "store.seeded"
    COMMITMENT_SET = "commitment.set"
    CLUSTER_PAIRED = "cluster.paired"
    FIGURE_RECORDED = "figure.recorded"
    SNAPSHOT_TAKEN = "snapshot.taken"
    BATCH_CONFIRMED = "batch.confirmed"
    BATCH_WITHDRAWN = "batch.withdrawn"
    BATCH_PARKED = "batch.parked"
    DROP_APPROVED = "drop.approved"
    DROP_REFUSED = "drop.refused"
    POSTING_CREATED = "posting.created"
    POSTING_UPDATED = "posting.updated"
    POSTING_REOPENED = "posting.reopened"
    POSTING_HELD = "posting.held"
    POSTING_RELEASED = "posting.released"
    POSTING_CLOSED = "posting.closed"
    POSTING_EXPIRED = "posting.expired"
    POSTING_WITHDRAWN = "posting.withdrawn"
    OFFER_ADDED = "offer.added"
    OFFER_UPDATED = "offer.updated"
    OFFER_ENDED = "offer.ended"
    POSTING_JOINED = "posting.joined"
    POSTING_SPLIT = "posting.split"
    OFFER_OBJECTED = "offer.objected"
    OBJECTION_DISMISSED = "offer.objection_dismissed"
    REPORT_DRAFTED = "report.drafted"
    REPORT_EDITED = "report.edited"
    REPORT_SENT = "report.sent"
    REPORT_RETURNED = "report.returned"
    REPORT_ACCEPTED = "report.accepted"
    ACTIVITY_PLANNED = "activity.planned"
    ACTIVITY_CHANGED = "activity.changed"
    ACTIVITY_EVIDENCE = "activity.evidence"
    ACTIVITY_HELD = "activity.held"
    ACTIVITY_CANCELLED = "activity.cancelled"
    SUPPLY_OFFERED = "supply.offered"
    SUPPLY_CHANGED = "supply.changed"
    SUPPLY_OUTCOME = "supply.outcome"
    SUPPLY_CLOSED = "supply.closed"
    SUPPLY_EXPIRED = "supply.expired"
    RELOCATION_MARKED = "relocation.marked"
    RELOCATION_LIFTED = "relocation.lifted"
    POLICY_SET = "policy.set"
    POLICY_WITHDRAWN = "policy.withdrawn"
    FAIR_PLANNED = "fair.planned"  # a fair's events name it, its state and its revision; none has a posting
    FAIR_CHANGED = "fair.changed"
    FAIR_CHECKED = "fair.checked"
    FAIR_PUBLISHED = "fair.published"
    FAIR_HELD = "fair.held"
    FAIR_REPORTED = "fair.reported"
    FAIR_CANCELLED = "fair.cancelled"


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event before it has its sequence number."""

    kind: str
    body: dict[str, Any]
    posting_id: str | None
    batch_id: str | None
    organisation: str
    actor: str


class NumberedEvent(NamedTuple):
    """An event on its way into the table, whose columns these are."""

    sequence: int
    at: datetime
    kind: str
    posting_id: str | None
    batch_id: str | None
    organisation: str
    actor: str
    body: str  # canonical JSON


class NumberedCredit(NamedTuple):
    """A credit on its way into the table, whose columns these are."""

    sequence: int
    posting_id: str
    reason: str
    sign: int
    year: int
    month: int
    direction: str
    division: str
    cluster: str
    openings: int
    organisation: str
    source: str


EventRow = NumberedEvent | Event
CreditRow = NumberedCredit | Credit


def digest(value: Any, numbers: Iterable[float | None] | None = None) -> str:
    """`numbers` as in `canonical_bytes`."""
    return hashlib.sha256(canonical_bytes(value, numbers)).hexdigest()


def page_hash(previous: str, events: Iterable[EventRow], credits: Iterable[CreditRow]) -> str:
    """SHA-256 over the hash of the page before, then one canonical line per event and per credit."""
    summary = hashlib.sha256(previous.encode())
    for event in events:
        summary.update(b"\n" + canonical_bytes(_event_line(event), ()))
    for key in sorted(map(credit_key, credits)):
        summary.update(b"\n" + canonical_bytes(["credit", *key], ()))
    return summary.hexdigest()


def _event_line(event: EventRow) -> list[Any]:
    return [
        "event",
        event.sequence,
        moment_text(event.at),
        event.kind,
        event.posting_id,
        event.batch_id,
        event.organisation,
        event.actor,
        event.body,
    ]


def credit_key(credit: CreditRow) -> tuple[Any, ...]:
    """Every column of a credit, in a fixed order."""
    return (
        credit.sequence,
        credit.posting_id,
        credit.reason,
        credit.sign,
        credit.year,
        credit.month,
        credit.direction,
        credit.division,
        credit.cluster,
        credit.openings,
        credit.organisation,
        credit.source,
    )


def moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
