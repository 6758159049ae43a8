"""The quick gate lets in what the marshmallow schema lets in, and nothing else, also when it has seen the value."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from marshmallow import ValidationError

from config.words import Education, SalaryPeriod
from exchange.content import Contact, Content, Salary
from exchange.schemas.content import ContactSchema, ContentSchema, content_from_json, pass_gate

PAY = Salary("5000-7000元/月", 5000, 7000, SalaryPeriod.MONTH, 13, False, 5000.0, 7000.0)
CONTENT = Content(
    title="普工",
    employer="东莞市华盛电子有限公司",
    division="441900119",
    salary=PAY,
    description="负责装配。" * 30,
    openings=5,
    education=Education.COLLEGE,
    benefits=("包吃", "包住"),
    valid_through=date(2026, 6, 30),
)
PERSON = Contact("王经理", "13800138000")
REFUSED: list[dict[str, Any]] = [
    {"title": ""},
    {"title": "长" * 201},
    {"description": "长" * 20_001},
    {"url": "h" * 2_001},
    {"division": "440300"},
    {"openings": 0},
    {"openings": 10_001},
    {"age_min": 13},
    {"benefits": ("长" * 41,)},
    {"salary": replace(PAY, min=8000)},
    {"salary": replace(PAY, max=1_000_001)},
    {"salary": replace(PAY, months=11)},
    {"salary": replace(PAY, original_max=float("inf"))},
]


def test_what_passes_is_what_marshmallow_writes_and_comes_back_the_same() -> None:
    for _ in range(2):
        plain, person = pass_gate(CONTENT, PERSON)
        assert plain == ContentSchema().dump(CONTENT)
        assert person == ContactSchema().dump(PERSON)
        assert content_from_json(plain) == CONTENT
    assert list(plain) == list(ContentSchema().fields)


@pytest.mark.parametrize("changes", REFUSED)
def test_what_marshmallow_refuses_is_refused_each_time_and_in_its_words(changes: dict[str, Any]) -> None:
    pass_gate(CONTENT, PERSON)
    changed = replace(CONTENT, **changes)
    for _ in range(2):
        with pytest.raises(ValidationError) as refusal:
            pass_gate(changed, PERSON)
        assert refusal.value.messages == ContentSchema().validate(ContentSchema().dump(changed))
        assert list(refusal.value.messages_dict) == list(changes)


def test_a_contact_is_checked_as_well() -> None:
    with pytest.raises(ValidationError) as refusal:
        pass_gate(CONTENT, Contact("长" * 201, ""))
    assert list(refusal.value.messages_dict) == ["person"]


def test_every_schema_of_the_gate_is_free_of_hooks() -> None:
    """The gate asks fields one by one; a check of several belongs to the nested field that holds them."""
    for schema in (ContentSchema(), ContactSchema(), ContentSchema().fields["salary"].schema):  # type: ignore[attr-defined]
        assert not any(schema._hooks.values())
