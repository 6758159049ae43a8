"""A posting as the API shows it: the shape of CONTRACT.md, without contacts.

In: a `PostingView` and the local day. Out: plain JSON; what is not known is null. `PostingSchema` documents the
same shape in OpenAPI and checks it in the tests.
"""

from datetime import date
from typing import Any

from marshmallow import Schema, fields, validate

from config.divisions import division
from config.words import City, Direction, Education, EmploymentType, SalaryPeriod, Status
from exchange.clock import local_day
from exchange.content import Content, Salary
from exchange.store.reading import OfferView, PostingView
from search.occupations import occupation_name, occupation_of


def posting_to_json(view: PostingView, today: date, exchange: str) -> dict[str, Any]:
    """`exchange`: this exchange's id, the origin of what did not come from a peer."""
    content, posting = view.content, view.posting
    workplace = division(content.division)
    return {
        "id": view.id,
        "title": content.title,
        "employer": {"name": content.employer, "uscc": content.uscc or None},
        "description": content.description,
        "division": {"code": workplace.code, "name": workplace.name, "city": workplace.city},
        "direction": workplace.direction,
        "openings": content.openings,
        "salary": _salary(content.salary),
        "education": content.education,
        "experience": {"min": content.experience_min, "max": content.experience_max},
        "employment_type": content.employment_type,
        "occupation": _occupation(content),
        "industry": _industry(content),
        "benefits": list(content.benefits),
        "published_on": local_day(posting.published_at).isoformat() if posting.published_at else None,
        "valid_through": posting.valid_through.isoformat(),
        "valid_through_is_default": posting.valid_through_is_default,
        "last_confirmed_on": posting.last_confirmed_on.isoformat(),
        "status": view.status_on(today),
        "source": source_to_json(view.offers[0]),
        "sources": [source_to_json(offer) for offer in view.offers],
        "origin": origin_to_json(view, exchange),
    }


def origin_to_json(view: PostingView, exchange: str) -> dict[str, str]:
    """Who gave the posting its first id: across peers that is its identity."""
    shown = view.offers[0]
    if shown.origin:
        return {"exchange": shown.origin, "id": shown.reference}
    return {"exchange": exchange, "id": view.id}


def source_to_json(offer: OfferView) -> dict[str, Any]:
    """The source label (来源): who provided it, through what, and where the original is."""
    return {
        "id": offer.source,
        "name": offer.source_name,
        "organisation": offer.organisation,
        "url": offer.url or None,
        "ref": offer.reference or None,
    }


def _salary(salary: Salary) -> dict[str, Any]:
    return {
        "min": salary.min,
        "max": salary.max,
        "period": salary.period,
        "months": salary.months,
        "negotiable": salary.negotiable,
        "text": salary.text,
        "original": {"min": _plain(salary.original_min), "max": _plain(salary.original_max)},
    }


def _industry(content: Content) -> dict[str, Any]:
    return {"code": content.industry or None, "name": content.industry_text or None}


def _occupation(content: Content) -> dict[str, Any]:
    """Read from title and description, as the index does; not stored."""
    code = occupation_of(content.title, content.description)
    return {"code": code or None, "name": occupation_name(code) or None}


def _plain(number: float | None) -> float | int | None:
    """20 for 20.0, so that an amount reads as it was written."""
    return int(number) if number is not None and number == int(number) else number


def _word(words: Any) -> fields.String:
    return fields.String(required=True, validate=validate.OneOf([str(word) for word in words]))


def _known(field: type[fields.Field]) -> fields.Field:
    """A value, or null where it is not known."""
    return field(required=True, allow_none=True)


class EmployerSchema(Schema):
    name = fields.String(required=True)
    uscc = _known(fields.String)


class DivisionSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    city = _word(City)


class OriginalPaySchema(Schema):
    min = _known(fields.Float)
    max = _known(fields.Float)


class SalaryAnswerSchema(Schema):
    min = fields.Integer(required=True, allow_none=True, metadata={"description": "whole CNY a month"})
    max = fields.Integer(required=True, allow_none=True, metadata={"description": "whole CNY a month"})
    period = _word(SalaryPeriod)
    months = _known(fields.Integer)
    negotiable = fields.Boolean(required=True)
    text = fields.String(required=True, metadata={"description": "as written"})
    original = fields.Nested(OriginalPaySchema, required=True)


class YearsSchema(Schema):
    min = _known(fields.Integer)
    max = _known(fields.Integer)


class CodeNameSchema(Schema):
    code = _known(fields.String)
    name = _known(fields.String)


class SourceLabelSchema(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    organisation = fields.String(required=True)
    url = _known(fields.String)
    ref = _known(fields.String)


class OriginSchema(Schema):
    exchange = fields.String(required=True)
    id = fields.String(required=True)


class PostingSchema(Schema):
    id = fields.String(required=True)
    title = fields.String(required=True)
    employer = fields.Nested(EmployerSchema, required=True)
    description = fields.String(required=True)
    division = fields.Nested(DivisionSchema, required=True)
    direction = _word(Direction)
    openings = _known(fields.Integer)
    salary = fields.Nested(SalaryAnswerSchema, required=True)
    education = _word(Education)
    experience = fields.Nested(YearsSchema, required=True)
    employment_type = _word(EmploymentType)
    occupation = fields.Nested(
        CodeNameSchema,
        required=True,
        metadata={"description": "class of 职业分类大典 2022, read from title and duties; null when unknown"},
    )
    industry = fields.Nested(CodeNameSchema, required=True)
    benefits = fields.List(fields.String(), required=True)
    published_on = _known(fields.Date)
    valid_through = fields.Date(required=True)
    valid_through_is_default = fields.Boolean(required=True)
    last_confirmed_on = fields.Date(required=True)
    status = _word(Status)
    source = fields.Nested(SourceLabelSchema, required=True)
    sources = fields.List(fields.Nested(SourceLabelSchema), required=True)
    origin = fields.Nested(OriginSchema, required=True)
    siblings = fields.Integer(
        metadata={"description": "only with group=employer: further postings of this employer that match"}
    )
