"""Editing a posting (修改岗位): its words as a clerk would write them, and back as a file of one record.

In: an offer and its contact. Out: words by field, to fill a form with; the JSON file of a batch of one record, which
takes the same road as every other batch. Every part of an offer is written, so that an edit loses nothing.
"""

import json
import re
from collections.abc import Mapping
from datetime import date

from config.divisions import CITY_CODES, division
from config.fields import Field
from config.words import Education, EmploymentType, SalaryPeriod, label
from exchange.content import Contact, Content, Salary
from exchange.models import Offer
from exchange.schemas.content import content_from_json

PLATFORM_ID, REFERENCE = "平台编号", "岗位编号"
HEADINGS: dict[Field, str] = {  # as reading knows them
    Field.TITLE: "岗位名称",
    Field.EMPLOYER: "单位名称",
    Field.DIVISION: "工作地点",
    Field.ADDRESS: "详细地址",
    Field.SALARY: "薪资待遇",
    Field.OPENINGS: "招聘人数",
    Field.EDUCATION: "学历要求",
    Field.EXPERIENCE: "工作经验",
    Field.AGE: "年龄要求",
    Field.EMPLOYMENT_TYPE: "用工形式",
    Field.BENEFITS: "福利待遇",
    Field.DUTIES: "岗位职责",
    Field.CONTACT: "联系人",
    Field.PHONE: "联系电话",
    Field.VALIDITY: "有效期",
    Field.INDUSTRY: "所属行业",
    Field.USCC: "统一社会信用代码",
    Field.URL: "原文链接",
}
_UNITS = {
    SalaryPeriod.HOUR: "小时",
    SalaryPeriod.DAY: "天",
    SalaryPeriod.WEEK: "周",
    SalaryPeriod.MONTH: "月",
    SalaryPeriod.YEAR: "年",
}
_NAMES_A_PERIOD = re.compile("[时天日周年月]|hour|day|week|year|month", re.IGNORECASE)
_ONLY_AMOUNTS = re.compile(r"[\d\s.,，\-–—~～至到]+")
_EMPLOYMENT_WORDS = {EmploymentType.OTHER: "其他"}


def words_of(offer: Offer, contact: Contact) -> dict[Field, str]:
    """What the offer says, field by field, as it may be written into a sheet."""
    content = content_from_json(offer.content)
    return {
        Field.TITLE: content.title,
        Field.EMPLOYER: content.employer,
        Field.DIVISION: place_words(content.division),
        Field.ADDRESS: content.address,
        Field.SALARY: _salary(content.salary),
        Field.OPENINGS: content.openings_text or _number(content.openings),
        Field.EDUCATION: content.education_text or _education(content),
        Field.EXPERIENCE: content.experience_text or _span(content.experience_min, content.experience_max, "年"),
        Field.AGE: content.age_text or _span(content.age_min, content.age_max, "岁"),
        Field.EMPLOYMENT_TYPE: _EMPLOYMENT_WORDS.get(content.employment_type) or label(content.employment_type),
        Field.BENEFITS: "、".join(content.benefits),
        Field.DUTIES: content.description,
        Field.CONTACT: contact.person,
        Field.PHONE: contact.phone,
        Field.VALIDITY: _validity(offer, content),
        Field.INDUSTRY: content.industry_text or content.industry,
        Field.USCC: content.uscc,
        Field.URL: content.url,
    }


def one_record(offer: Offer, words: Mapping[Field, str]) -> bytes:
    """The file of a batch that says these words of this offer, and of no other."""
    record = {PLATFORM_ID: offer.posting_id, REFERENCE: offer.reference}
    record |= {HEADINGS[field]: words[field] for field in HEADINGS if words.get(field)}
    kept = {heading: text for heading, text in record.items() if text}
    return json.dumps([kept], ensure_ascii=False, indent=1).encode()


def _education(content: Content) -> str:
    return "" if content.education is Education.UNLIMITED else label(content.education)


def place_words(code: str) -> str:
    """东莞市长安镇: a workplace so that reading cannot mistake it."""
    found = division(code)
    city = "" if code in CITY_CODES.values() else division(found.parent).name
    return found.name if found.name.startswith(city.removesuffix("市")) else f"{city}{found.name}"


def _salary(salary: Salary) -> str:
    """As written, with the unit that its heading said where it does not say one itself."""
    text, unit = salary.text, _UNITS.get(salary.period)
    amounts = [f"{amount:.10g}" for amount in (salary.original_min, salary.original_max) if amount is not None]
    if unit and _ONLY_AMOUNTS.fullmatch(text) and amounts:  # thousands and the period stood in the heading
        return "-".join(dict.fromkeys(amounts)) + f"元/{unit}"
    if not unit or salary.period is SalaryPeriod.MONTH or _NAMES_A_PERIOD.search(text):
        return text
    return f"{text}元/{unit}"


def _validity(offer: Offer, content: Content) -> str:
    """A default starts anew with the edit; a stated last day stays, also one that was extended since."""
    if offer.valid_through_is_default:
        return content.valid_through_text
    return offer.valid_through.isoformat()


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _span(low: int | None, high: int | None, unit: str) -> str:
    if low is not None and high is not None:
        return f"{low}-{high}{unit}"
    if low is not None:
        return f"{low}{unit}以上"
    return f"{high}{unit}以下" if high is not None else ""


def stated_day(text: str) -> date | None:
    """The day of a date field; None when it is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
