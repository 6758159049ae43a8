"""The ledger (台账) as plain values: kinds of events, their canonical text, the hash of a page.

In: events and credits. Out: text and digests that anyone can recompute. Writing and reading the tables is
exchange.store.ledger's work.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from exchange.models import Credit, Event

FIRST_HASH = "0" * 64


class EventKind(StrEnum):
    STORE_SEEDED = "store.seeded"
    COMMITMENT_SET = "commitment.set"
    CLUSTER_PAIRED = "cluster.paired"
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


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event before it has its sequence number."""

    kind: str
    body: dict[str, Any]
    posting_id: str | None
    batch_id: str | None
    organisation: str
    actor: str


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: the same value always gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def page_hash(previous: str, events: Iterable[Event], credits: Iterable[Credit]) -> str:
    """SHA-256 over the hash of the page before, then one canonical line per event and per credit."""
    summary = hashlib.sha256(previous.encode())
    for event in events:
        summary.update(_event_line(event).encode())
    for credit in sorted(credits, key=credit_key):
        summary.update(_credit_line(credit).encode())
    return summary.hexdigest()


def _event_line(event: Event) -> str:
    return "\n" + canonical(
        [
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
    )


def _credit_line(credit: Credit) -> str:
    return "\n" + canonical(["credit", *credit_key(credit)])


def credit_key(credit: Credit) -> tuple[Any, ...]:
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
