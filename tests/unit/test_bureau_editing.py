"""Editing: an offer's words, written into a record of one, are read as the same offer again."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config.divisions import workplaces
from config.fields import Field
from config.words import City, Education, EmploymentType
from exchange.content import Contact, Content
from exchange.editing import one_record, stated_day, words_of
from exchange.models import Offer
from exchange.schemas.content import content_from_json, pass_gate
from ingest.fields import Row
from ingest.normalise import Context, Reading, normalise_row
from ingest.table import read_file

TODAY = date(2026, 3, 12)
CONTACT = Contact("陈试样", "0769-85550101")
CONTEXT = Context(today=TODAY, city=City.DONGGUAN, organisation_division="441900119")


def _read(headings: dict[Field, str] | None = None, **cells: str) -> Content:
    """A row as `normalise_row` reads it; pay may stand under a heading that gives it its unit."""
    full = {"title": "普工", "employer": "东莞市长安试样电子有限公司", "division": "长安镇", **cells}
    row = Row(None, 2, {Field(name): words for name, words in full.items()}, headings or {})
    found = normalise_row(row, CONTEXT).content
    assert found is not None
    return found


def _offer(content: Content, **facts: Any) -> Offer:
    plain, _ = pass_gate(content, CONTACT)
    told = {"valid_through": content.valid_through or TODAY, "valid_through_is_default": content.valid_through is None}
    return Offer(id="O", posting_id="0123456789AB", reference="A7", content=plain, **{**told, **facts})


def _again(offer: Offer, folder: Path) -> Reading:
    file = folder / "修改.json"
    file.write_bytes(one_record(offer, words_of(offer, CONTACT)))
    (row,) = read_file(file).rows
    return normalise_row(row, CONTEXT)


def _check(content: Content, folder: Path) -> Content:
    offer = _offer(content)
    reading = _again(offer, folder)
    assert (reading.platform_id, reading.reference, reading.contact) == ("0123456789AB", "A7", CONTACT)
    assert reading.content is not None
    return reading.content


def test_everything_an_offer_says_is_kept(tmp_path: Path) -> None:
    said = _read(
        salary="5000-6500元/月·13薪", openings="男5女5", education="大专及以上", experience="3-5年", age="18-45岁",
        employment_type="劳务派遣", benefits="包吃住 五险", duties="看机台\n记数", requirements="能倒班",
        remarks="请带身份证", address="振安路1号", validity="2026-12-31", industry="制造业",
        uscc="91441900MA4XXXXX0X", url="https://example.org/1",
    )  # fmt: skip
    offer = _offer(said)
    again = _again(offer, tmp_path).content
    assert again == content_from_json(offer.content)


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("200", "薪资待遇（元/天）"),
        ("20-25", "时薪"),
        ("8-10", "年薪（万元）"),
        ("5-6", "月薪（千元）"),
        ("面议", "薪资待遇"),
        ("计件", "薪资待遇"),
        ("底薪3000+提成", "薪资待遇"),
        ("", "薪资待遇"),
    ],
)
def test_pay_keeps_the_unit_that_its_heading_said(words: str, heading: str, tmp_path: Path) -> None:
    before = _read({Field.SALARY: heading}, salary=words).salary
    after = _check(_read({Field.SALARY: heading}, salary=words), tmp_path).salary
    assert replace(after, text="", original_min=None, original_max=None, period=before.period) == replace(
        before, text="", original_min=None, original_max=None
    )


@pytest.mark.parametrize("code", [place.code for place in workplaces()])
def test_every_workplace_is_read_as_itself(code: str, tmp_path: Path) -> None:
    said = replace(_read(), division=code)
    again = _check(said, tmp_path)
    assert (again.division, again.address) == (code, "")


@pytest.mark.parametrize("kind", EmploymentType)
def test_every_employment_type_is_read_as_itself(kind: EmploymentType, tmp_path: Path) -> None:
    assert _check(replace(_read(), employment_type=kind), tmp_path).employment_type is kind


@pytest.mark.parametrize("level", Education)
def test_every_education_is_read_as_itself(level: Education, tmp_path: Path) -> None:
    assert _check(replace(_read(), education=level, education_text=""), tmp_path).education is level


def test_an_extended_validity_stays_and_a_default_starts_anew() -> None:
    said = _read(validity="2026-04-30")
    extended = _offer(said, valid_through=date(2026, 6, 30), valid_through_is_default=False)
    assert words_of(extended, CONTACT)[Field.VALIDITY] == "2026-06-30"
    assert words_of(_offer(_read(validity="招满为止")), CONTACT)[Field.VALIDITY] == "招满为止"


def test_what_is_empty_is_not_written() -> None:
    (record,) = json.loads(one_record(_offer(_read()), words_of(_offer(_read()), Contact())))
    assert "" not in record.values()
    assert "联系电话" not in record


def test_a_date_field_is_read_or_not() -> None:
    assert stated_day("2026-07-01") == date(2026, 7, 1)
    assert stated_day("7月1日") is None
