"""Batches (批次) as the API shows and takes them.

In: a batch and its problems. Out: plain JSON, and the schemas that document it in OpenAPI and check it in the tests.
"""

from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, fields, validate

from config.words import BatchState, Outcome, Severity, WithdrawalReason
from exchange.clock import iso
from exchange.models import Batch, ProblemRow
from exchange.schemas.query import QuerySchema

PROBLEMS_AT_ONCE = 100
LONGEST_WORDS = 500
_PROBLEM = ("sheet", "row", "column", "field", "code", "severity", "message", "evidence")


def batch_to_json(batch: Batch, decided: dict[str, int]) -> dict[str, Any]:
    """`decided`: what a reviewer has made of the held ones since. Before confirmation the outcomes are a preview."""
    return {
        "id": batch.id,
        "state": batch.state,
        "source": batch.source,
        "organisation": batch.organisation,
        "received": batch.received,
        **{outcome: getattr(batch, outcome) for outcome in Outcome},
        "held_since": decided,
        "progress": {"read": batch.progress_read, "of": batch.progress_of},
        "created_at": iso(batch.created_at),
        "confirmed_at": iso(batch.confirmed_at) if batch.confirmed_at else None,
        "withdrawn_at": iso(batch.withdrawn_at) if batch.withdrawn_at else None,
        "error": batch.error or None,
    }


def problem_to_json(problem: ProblemRow) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in _PROBLEM}


class ProgressSchema(Schema):
    read = fields.Integer(required=True)
    of = fields.Integer(required=True)


class HeldSinceSchema(Schema):
    released = fields.Integer(required=True)
    refused = fields.Integer(required=True)


class BatchSchema(Schema):
    id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf([str(state) for state in BatchState]))
    source = fields.String(required=True)
    organisation = fields.String(required=True)
    received = fields.Integer(required=True, metadata={"description": "records; the six outcomes add up to it"})
    created = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    duplicate = fields.Integer(required=True)
    held = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    held_since = fields.Nested(
        HeldSinceSchema, required=True, metadata={"description": "what a reviewer has decided about the held ones"}
    )
    progress = fields.Nested(ProgressSchema, required=True)
    created_at = fields.DateTime(required=True)
    confirmed_at = fields.DateTime(required=True, allow_none=True)
    withdrawn_at = fields.DateTime(required=True, allow_none=True)
    error = fields.String(required=True, allow_none=True, metadata={"description": "why it failed, for people"})


class ProblemSchema(Schema):
    sheet = fields.String(required=True, allow_none=True)
    row = fields.Integer(required=True, allow_none=True)
    column = fields.String(required=True, allow_none=True)
    field = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    severity = fields.String(required=True, validate=validate.OneOf([str(severity) for severity in Severity]))
    message = fields.String(required=True)
    evidence = fields.String(required=True)


class ProblemsSchema(Schema):
    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    pages = fields.Integer(required=True)
    items = fields.List(fields.Nested(ProblemSchema), required=True)


class UploadQuerySchema(QuerySchema):
    confirm = fields.Boolean(
        load_default=False,
        error_messages={"invalid": "应为 true 或 false"},
        metadata={"description": "true: publish without waiting for a person's confirmation"},
    )


class KeySchema(Schema):
    """Headers of an upload; every other header is somebody else's."""

    class Meta:
        unknown = EXCLUDE

    key = fields.String(
        data_key="Idempotency-Key",
        load_default=None,
        metadata={"description": "the same key with the same request gives the same batch, however often it is sent"},
    )


class ProblemsQuerySchema(QuerySchema):
    page = fields.Integer(
        load_default=1,
        validate=validate.Range(1, 1_000_000, error="应为 1 到 1000000 的整数"),
        error_messages={"invalid": "应为 1 到 1000000 的整数"},
        metadata={"description": f"{PROBLEMS_AT_ONCE} problems a page"},
    )


class WithdrawalSchema(Schema):
    """Body of a withdrawal."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "没有这一项"}  # noqa: RUF012

    reason = fields.String(
        required=True,
        validate=validate.OneOf([str(r) for r in WithdrawalReason], error="应为其中之一：{choices}"),
        error_messages={"required": "请写明撤回原因。", "invalid": "应为一段文字。"},
    )
    words = fields.String(
        load_default="",
        validate=validate.Length(max=LONGEST_WORDS, error=f"最多 {LONGEST_WORDS} 个字。"),
        error_messages={"invalid": "应为一段文字。"},
        metadata={"description": "more about it"},
    )
