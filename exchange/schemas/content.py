"""The gate: the content of a posting on its way into the store, and back out of it.

In: `Content` as read from a row. Out: plain JSON that the store may keep, or `ValidationError` keyed by
field. `content_from_json` trusts what the gate let in.
"""

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from config.divisions import find_division
from config.words import Education, EmploymentType, SalaryPeriod
from exchange.content import Contact, Content, Salary
from exchange.schemas.gate import Gate

MAX_MONTHLY_PAY = 1_000_000
_SHORT, _LONG = 200, 20_000


def _is_workplace(code: str) -> None:
    found = find_division(code)
    if found is None or not found.is_workplace:
        raise ValidationError(f"不是两市的工作地点代码：{code}")


def _text(most: int, least: int = 0) -> fields.String:
    return fields.String(required=True, validate=validate.Length(min=least, max=most))


def _whole(least: int, most: int) -> fields.Integer:
    return fields.Integer(required=True, allow_none=True, strict=True, validate=validate.Range(least, most))


class SalarySchema(Schema):
    text = _text(_SHORT)
    min = _whole(0, MAX_MONTHLY_PAY)
    max = _whole(0, MAX_MONTHLY_PAY)
    period = fields.Enum(SalaryPeriod, by_value=True, required=True)
    months = _whole(12, 36)
    negotiable = fields.Boolean(required=True)
    original_min = fields.Float(required=True, allow_none=True)
    original_max = fields.Float(required=True, allow_none=True)


def _in_order(salary: dict[str, Any]) -> None:
    if salary["min"] is not None and salary["max"] is not None and salary["min"] > salary["max"]:
        raise ValidationError("最低薪资高于最高薪资")


class ContentSchema(Schema):
    title = _text(_SHORT, 1)
    employer = _text(_SHORT, 1)
    division = fields.String(required=True, validate=_is_workplace)
    salary = fields.Nested(SalarySchema, required=True, validate=_in_order)
    uscc = _text(32)
    address = _text(500)
    description = _text(_LONG)
    openings = _whole(1, 10_000)
    openings_text = _text(_SHORT)
    education = fields.Enum(Education, by_value=True, required=True)
    education_text = _text(_SHORT)
    experience_min = _whole(0, 60)
    experience_max = _whole(0, 99)
    experience_text = _text(_SHORT)
    age_min = _whole(14, 99)
    age_max = _whole(14, 99)
    age_text = _text(_SHORT)
    employment_type = fields.Enum(EmploymentType, by_value=True, required=True)
    industry = _text(8)
    industry_text = _text(_SHORT)
    benefits = fields.List(fields.String(validate=validate.Length(max=40)), required=True)
    valid_through = fields.Date(required=True, allow_none=True)
    valid_through_text = _text(_SHORT)
    url = _text(2_000)


class ContactSchema(Schema):
    person = _text(_SHORT)
    phone = _text(_SHORT)


_CONTENT = Gate(ContentSchema())
_CONTACT = Gate(ContactSchema())


def pass_gate(content: Content, contact: Contact) -> tuple[dict[str, Any], dict[str, Any]]:
    """JSON of content and contact. Raises marshmallow's ValidationError, keyed by field, if one does not pass."""
    plain, content_passes = _CONTENT.open(content)
    person, contact_passes = _CONTACT.open(contact)
    if not (content_passes and contact_passes):
        raise ValidationError({**_CONTENT.faults(plain), **_CONTACT.faults(person)})
    return plain, person


def content_from_json(plain: dict[str, Any]) -> Content:
    salary = dict(plain["salary"], period=SalaryPeriod(plain["salary"]["period"]))
    stated = plain["valid_through"]
    return Content(
        **{
            **plain,
            "salary": Salary(**salary),
            "education": Education(plain["education"]),
            "employment_type": EmploymentType(plain["employment_type"]),
            "benefits": tuple(plain["benefits"]),
            "valid_through": date.fromisoformat(stated) if stated else None,
        }
    )
