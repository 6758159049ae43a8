"""The gate for what a peer's change feed brings: items of the feed, and postings as the adapter needs them.

In: JSON. Out: typed values, or ValidationError. A newer peer may say more than we know: unknown keys are left out.
"""

from marshmallow import EXCLUDE, Schema, fields, validate

from config.words import Education, EmploymentType, SalaryPeriod


class _Received(Schema):
    class Meta:
        unknown = EXCLUDE


def _text(most: int, least: int = 0) -> fields.String:
    return fields.String(required=True, validate=validate.Length(min=least, max=most))


def _perhaps(field: type[fields.Field]) -> fields.Field:
    return field(load_default=None, allow_none=True)


class ReceivedEmployerSchema(_Received):
    name = _text(200)
    uscc = _perhaps(fields.String)


class ReceivedDivisionSchema(_Received):
    code = _text(9, 6)


class ReceivedYearsSchema(_Received):
    min = _perhaps(fields.Integer)
    max = _perhaps(fields.Integer)


class ReceivedAmountsSchema(_Received):
    min = _perhaps(fields.Float)
    max = _perhaps(fields.Float)


class ReceivedSalarySchema(_Received):
    min = _perhaps(fields.Integer)
    max = _perhaps(fields.Integer)
    period = fields.Enum(SalaryPeriod, by_value=True, required=True)
    months = _perhaps(fields.Integer)
    negotiable = fields.Boolean(required=True)
    text = _text(200)
    original = fields.Nested(ReceivedAmountsSchema, required=True)


class ReceivedNameSchema(_Received):
    code = _perhaps(fields.String)
    name = _perhaps(fields.String)


class ReceivedSourceSchema(_Received):
    organisation = _text(32)
    url = _perhaps(fields.String)


class ReceivedOriginSchema(_Received):
    exchange = _text(32, 1)
    id = _text(64, 1)


class ReceivedPostingSchema(_Received):
    """A posting as the adapter needs it."""

    id = _text(64, 1)
    title = _text(200)
    employer = fields.Nested(ReceivedEmployerSchema, required=True)
    description = _text(20_000)
    division = fields.Nested(ReceivedDivisionSchema, required=True)
    openings = _perhaps(fields.Integer)
    salary = fields.Nested(ReceivedSalarySchema, required=True)
    education = fields.Enum(Education, by_value=True, required=True)
    experience = fields.Nested(ReceivedYearsSchema, required=True)
    employment_type = fields.Enum(EmploymentType, by_value=True, required=True)
    industry = fields.Nested(ReceivedNameSchema, required=True)
    benefits = fields.List(fields.String(), required=True)
    published_on = _perhaps(fields.Date)
    valid_through = fields.Date(required=True)
    valid_through_is_default = fields.Boolean(required=True)
    source = fields.Nested(ReceivedSourceSchema, required=True)
    origin = fields.Nested(ReceivedOriginSchema, required=True)


class ReceivedChangeSchema(_Received):
    """One item of a feed. Its posting passes a gate of its own: one that is unreadable must not stop the others."""

    seq = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    kind = fields.String(required=True, validate=validate.OneOf(("upsert", "remove")))
    id = _text(64, 1)
    posting = fields.Dict(required=True, allow_none=True)


class ReceivedChangesSchema(_Received):
    items = fields.List(fields.Nested(ReceivedChangeSchema), required=True)
    next_since = fields.Integer(required=True, strict=True)
    more = fields.Boolean(required=True)
