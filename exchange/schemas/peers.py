"""What exchanges tell each other beside the change feed: the digest of a posting, receipts, daily digests.

In: JSON. Out: typed values, or ValidationError; the same schemas document the API. A newer peer may say more in a
receipt or digest than we know: unknown keys are left out.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from config.words import Direction
from exchange.clock import iso
from exchange.ledger import digest
from exchange.models import PeerChange, PeerDigest, Receipt
from exchange.schemas.query import QuerySchema
from exchange.store.peers_listing import PeerStanding, SideStanding

ANSWERS = tuple(str(word) for word in (Receipt.ACCEPTED, Receipt.REFUSED, Receipt.PENDING, Receipt.OWN))
MOST_RECEIPTS = 500
_SAID = (
    *("id", "title", "employer", "description", "openings", "salary", "education"),
    *("experience", "employment_type", "industry", "benefits"),
)


def posting_digest(posting: Mapping[str, Any]) -> str:
    """SHA-256 of what a posting of the feed says. Both sides work it out of the same JSON.

    Not of dates that move by themselves: being confirmed again, and a default validity that starts anew with it.
    """
    said: dict[str, Any] = {name: posting.get(name) for name in _SAID}
    said["division"] = (posting.get("division") or {}).get("code")
    said["valid_through"] = None if posting.get("valid_through_is_default") else posting.get("valid_through")
    source = posting.get("source") or {}
    said["source"] = [source.get("organisation"), source.get("url")]
    return digest(said)


class _Open(Schema):
    class Meta:
        unknown = EXCLUDE


def _text(most: int, least: int = 0) -> fields.String:
    return fields.String(required=True, validate=validate.Length(min=least, max=most))


class ReasonSchema(_Open):
    code = _text(64, 1)
    message = _text(500)


class ReceiptSchema(_Open):
    seq = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    id = _text(64, 1)
    outcome = fields.String(required=True, validate=validate.OneOf(ANSWERS))
    problems = fields.List(fields.Nested(ReasonSchema), load_default=list)


class DifferenceSchema(Schema):
    id = _text(64, 1)
    what = fields.String(
        required=True,
        validate=validate.OneOf(("missing", "extra", "differs")),
        metadata={"description": "provided and not held, held and not provided, held with other content"},
    )


class ComparedSchema(Schema):
    """What a receiver found when it compared what it holds with our digest."""

    day = fields.Date(required=True)
    held = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    sha256 = _text(64, 64)
    differences = fields.List(
        fields.Nested(DifferenceSchema), required=True, validate=validate.Length(max=MOST_RECEIPTS)
    )


class ReceiptsSchema(Schema):
    receipts = fields.List(fields.Nested(ReceiptSchema), required=True, validate=validate.Length(max=MOST_RECEIPTS))
    compared = fields.Nested(ComparedSchema, load_default=None, allow_none=True)


class NotedSchema(Schema):
    noted = fields.Integer(required=True)
    never_sent = fields.List(fields.Integer(), required=True, metadata={"description": "sequences never sent to it"})


class DigestQuerySchema(QuerySchema):
    day = fields.Date(
        load_default=None,
        error_messages={"invalid": "应为日期，例如 2026-11-24"},
        metadata={"description": "local day, today when left out; an earlier one as it was answered then"},
    )
    items = fields.Boolean(
        load_default=False,
        error_messages={"invalid": "应为 true 或 false"},
        metadata={"description": "list every id with its digest, today only"},
    )


class HeldPostingSchema(Schema):
    id = _text(64, 1)
    digest = _text(64, 64)


class OpenSchema(Schema):
    exchange = fields.String(required=True)
    direction = fields.String(required=True, validate=validate.OneOf([str(word) for word in Direction]))
    postings = fields.Integer(required=True)


class DigestSchema(_Open):
    exchange = fields.String(required=True)
    day = fields.Date(required=True)
    sequence = fields.Integer(required=True, metadata={"description": "of the last change that concerns peers"})
    postings = fields.Integer(required=True, metadata={"description": "provided to the asking peer, accepted by it"})
    sha256 = fields.String(required=True, metadata={"description": "over sorted lines of id, space, content digest"})
    open = fields.List(fields.Nested(OpenSchema), required=True, allow_none=True)
    items = fields.List(fields.Nested(HeldPostingSchema), required=True, allow_none=True)


def standing_to_json(standing: PeerStanding) -> dict[str, Any]:
    """How we stand with a peer, for `guanshao peers --json`."""
    pulled_at = standing.pulled_at
    return {
        "organisation": standing.organisation,
        "name": standing.name,
        "since": standing.since,
        "pulled_at": iso(pulled_at) if pulled_at else None,
        **{str(side): _side_to_json(found) for side, found in standing.sides.items()},
    }


def _side_to_json(found: SideStanding) -> dict[str, Any]:
    return {
        "total": found.total,
        **{word or "waiting": number for word, number in found.outcomes.items()},
        "unacknowledged": found.unacknowledged,
        "refusals": [_change_to_json(change) for change in found.refused],
        "held": [_change_to_json(change) for change in found.pending],
        "digest": _digest_to_json(found.digest) if found.digest else None,
    }


def _change_to_json(change: PeerChange) -> dict[str, Any]:
    return {"seq": change.sequence, "id": change.posting_id, "problems": change.problems}


def _digest_to_json(row: PeerDigest) -> dict[str, Any]:
    names = ("sequence", "provided", "provided_digest", "held", "held_digest", "differences")
    return {"day": row.day.isoformat(), "agrees": row.agrees, **{name: getattr(row, name) for name in names}}
