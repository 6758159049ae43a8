"""Shapes of the API's answers other than postings and counts, as OpenAPI documents them.

In: nothing. Out: marshmallow schemas. The views build these answers as plain JSON; the tests load every answer
through its schema, which refuses a key too many or too few.
"""

from marshmallow import Schema, fields, validate

from exchange.schemas.posting import PostingSchema, SourceLabelSchema


class ErrorBodySchema(Schema):
    code = fields.String(required=True, metadata={"description": "stable, for programs"})
    message = fields.String(required=True, metadata={"description": "Chinese, for people"})
    details = fields.Dict(required=True)


class ErrorSchema(Schema):
    error = fields.Nested(ErrorBodySchema, required=True)


class FacetValueSchema(Schema):
    value = fields.String(required=True)
    label = fields.String(required=True)
    count = fields.Integer(required=True)


class UnderstoodSchema(Schema):
    kind = fields.String(required=True)
    value = fields.String(required=True)
    label = fields.String(required=True)
    text = fields.String(required=True)


class SearchAnswerSchema(Schema):
    total = fields.Integer(required=True, metadata={"description": "postings, also when grouped"})
    openings = fields.Integer(required=True)
    items = fields.List(fields.Nested(PostingSchema), required=True)
    facets = fields.Dict(
        keys=fields.String(), values=fields.List(fields.Nested(FacetValueSchema)), required=True
    )
    understood = fields.List(fields.Nested(UnderstoodSchema), required=True)
    relaxed = fields.List(fields.String(), required=True)
    suggestion = fields.String(required=True, allow_none=True)
    next_cursor = fields.String(required=True, allow_none=True)
    took_ms = fields.Float(required=True)


class CompletionSchema(Schema):
    kind = fields.String(required=True)
    text = fields.String(required=True)
    value = fields.String(required=True)
    count = fields.Integer(required=True)


class CompletionsSchema(Schema):
    items = fields.List(fields.Nested(CompletionSchema), required=True)


class ContactAnswerSchema(Schema):
    id = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    source = fields.Nested(SourceLabelSchema, required=True)


class ChangeSchema(Schema):
    seq = fields.Integer(required=True)
    at = fields.DateTime(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(("upsert", "remove")))
    id = fields.String(required=True)
    posting = fields.Nested(PostingSchema, required=True, allow_none=True)


class ChangesSchema(Schema):
    items = fields.List(fields.Nested(ChangeSchema), required=True)
    next_since = fields.Integer(required=True)
    more = fields.Boolean(required=True)


class IndexHealthSchema(Schema):
    sequence = fields.Integer(required=True)
    behind = fields.Integer(required=True)
    message = fields.String(metadata={"description": "what is wrong with it; only while something is"})


class WorkerHealthSchema(Schema):
    heartbeat = fields.DateTime(required=True, allow_none=True)


class SourcesHealthSchema(Schema):
    oldest = fields.DateTime(required=True, allow_none=True)


class HealthSchema(Schema):
    status = fields.String(required=True, validate=validate.OneOf(("ok", "failing")))
    database = fields.String(required=True, validate=validate.OneOf(("ok", "failing")))
    index = fields.Nested(IndexHealthSchema, required=True)
    worker = fields.Nested(WorkerHealthSchema, required=True)
    sources = fields.Nested(SourcesHealthSchema, required=True)
