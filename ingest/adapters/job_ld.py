"""schema.org JobPosting (https://schema.org/JobPosting) as our fields.

In: a page, and then one JobPosting of it. Out: texts under the names of our fields. What a site leaves out is left
out; what it writes in another shape than the vocabulary says is taken where its meaning is plain.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from ingest.adapters.job_ld_parts import education, employment, experience, pay, place, plain_text, words
from ingest.fields import Field
from ingest.table.paths import ABSENT, value_at

FIELDS = (
    Field.REFERENCE,
    Field.TITLE,
    Field.EMPLOYER,
    Field.DIVISION,
    Field.ADDRESS,
    Field.SALARY,
    Field.OPENINGS,
    Field.EDUCATION,
    Field.EXPERIENCE,
    Field.DUTIES,
    Field.REQUIREMENTS,
    Field.BENEFITS,
    Field.EMPLOYMENT_TYPE,
    Field.INDUSTRY,
    Field.CONTACT,
    Field.PHONE,
    Field.PUBLISHED,
    Field.VALIDITY,
    Field.URL,
)
_DEEPEST = 12


def find_postings(tree: LexborHTMLParser) -> list[dict[str, Any]]:
    """Every JobPosting of the page, wherever it is nested (@graph, lists, mainEntity)."""
    found: list[dict[str, Any]] = []
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            document = json.loads(script.text().strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue  # one broken block does not spoil the others
        found += _postings(document, 0)
    return found


def _postings(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        kinds = value.get("@type")
        if any(
            str(kind).rpartition("/")[2] == "JobPosting" for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield value
        elif depth < _DEEPEST:
            for inner in value.values():
                yield from _postings(inner, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for inner in value:
            yield from _postings(inner, depth + 1)


def read_posting(posting: Mapping[str, Any]) -> dict[str, str]:
    def at(*paths: str) -> str:
        """The words at the first of these that says something."""
        found = (value_at(posting, path) for path in paths)
        return next((text for value in found if value is not ABSENT and (text := words(value))), "")

    area, street = place(posting.get("jobLocation"))
    item = {
        Field.REFERENCE: at("identifier.value", "identifier", "@id"),
        Field.TITLE: at("title", "name"),
        Field.EMPLOYER: at("hiringOrganization.legalName", "hiringOrganization.name", "hiringOrganization"),
        Field.DIVISION: area,
        Field.ADDRESS: street,
        Field.SALARY: pay(posting.get("baseSalary") or posting.get("estimatedSalary")),
        Field.OPENINGS: at("totalJobOpenings"),
        Field.EDUCATION: education(posting.get("educationRequirements")),
        Field.EXPERIENCE: experience(posting.get("experienceRequirements")),
        Field.DUTIES: _paragraphs(posting, "description", "responsibilities"),
        Field.REQUIREMENTS: _paragraphs(posting, "qualifications", "skills"),
        Field.BENEFITS: at("jobBenefits", "incentiveCompensation"),
        Field.EMPLOYMENT_TYPE: employment(posting.get("employmentType")),
        Field.INDUSTRY: at("industry", "occupationalCategory"),
        Field.CONTACT: at("applicationContact.name"),
        Field.PHONE: at("applicationContact.telephone", "hiringOrganization.telephone"),
        Field.PUBLISHED: at("datePosted"),
        Field.VALIDITY: at("validThrough"),
        Field.URL: at("url"),
    }
    return {str(field): text for field, text in item.items() if text}


def _paragraphs(posting: Mapping[str, Any], *names: str) -> str:
    texts = [plain_text(words(posting.get(name))) for name in names]
    return "\n".join(dict.fromkeys(text for text in texts if text))
