"""schema.org's JobPosting as JSON-LD, so that search engines show a posting as a job.

In: an open posting. Out: a dict. Source: https://schema.org/JobPosting and Google's rules for it; values that are
not known are left out, never guessed.
"""

from datetime import datetime, time
from typing import Any

from flask import url_for

from config.divisions import division
from config.words import EmploymentType
from exchange.clock import LOCAL
from exchange.content import Content, Salary
from exchange.schemas.posting import origin_to_json
from exchange.store.reading import PostingView
from exchange.views.current import current_exchange

_EMPLOYMENT = {
    EmploymentType.FULL_TIME: "FULL_TIME",
    EmploymentType.PART_TIME: "PART_TIME",
    EmploymentType.TEMPORARY: "TEMPORARY",
    EmploymentType.INTERNSHIP: "INTERN",
    EmploymentType.DISPATCH: "CONTRACTOR",
}


def job_posting(view: PostingView) -> dict[str, Any]:
    content, posting = view.content, view.posting
    origin = origin_to_json(view, current_exchange().settings.exchange_id)
    published = posting.published_at or datetime.combine(view.offers[0].started_on, time(), LOCAL)
    known: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": content.title,
        "description": content.description or f"{content.employer}招聘{content.title}",
        "datePosted": published.astimezone(LOCAL).date().isoformat(),
        "validThrough": datetime.combine(posting.valid_through, time(23, 59, 59), LOCAL).isoformat(),
        "employmentType": _EMPLOYMENT.get(content.employment_type, "OTHER"),
        "identifier": {"@type": "PropertyValue", "name": origin["exchange"], "value": origin["id"]},
        "hiringOrganization": {"@type": "Organization", "name": content.employer},
        "jobLocation": _place(content),
        "totalJobOpenings": content.openings,
        "baseSalary": _salary(content.salary),
        "url": url_for("posting.show", posting_id=view.id, _external=True),
        "directApply": False,
    }
    return {name: value for name, value in known.items() if value is not None}


def _place(content: Content) -> dict[str, Any]:
    workplace = division(content.division)
    city = "东莞市" if workplace.city == "dongguan" else "韶关市"
    address = {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "addressRegion": "广东省",
        "addressLocality": city if workplace.name == city else f"{city}{workplace.name}",
    }
    return {"@type": "Place", "address": address | ({"streetAddress": content.address} if content.address else {})}


def _salary(salary: Salary) -> dict[str, Any] | None:
    if salary.min is None and salary.max is None:
        return None
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": "MONTH"}
    if salary.min == salary.max:
        value["value"] = salary.min
    else:
        value |= {k: v for k, v in (("minValue", salary.min), ("maxValue", salary.max)) if v is not None}
    return {"@type": "MonetaryAmount", "currency": "CNY", "value": value}
