"""Three JSON interfaces: pages by number (dg-json), by offset with a key (sg-json), by cursor with a token (dg-cursor).

In: a visit and the postings of the channel today. Out: JSON, each in its own words; 401 without the key or token.
"""

import base64
from collections.abc import Sequence
from typing import Any

from tests.site.answers import Answer, BadQuery, Visit, json_answer, whole
from tests.site.postings import Posting

KEY, TOKEN = "demo", "Bearer demo"
_MOST = 1000  # items on a page, whatever is asked for
Item = dict[str, Any]


def numbered_pages(visit: Visit, postings: Sequence[Posting]) -> Answer:
    page, size = whole(visit.query, "page", 1, 1), min(whole(visit.query, "size", 50, 1), _MOST)
    part = postings[(page - 1) * size : page * size]
    items = [_flat(posting, visit.base) for posting in part]
    return json_answer({"code": 0, "msg": "", "data": {"list": items, "total": len(postings)}})


def one_of_numbered(visit: Visit, postings: Sequence[Posting]) -> Answer:
    found = [_flat(posting, visit.base) for posting in postings if posting.reference == visit.match[0]]
    if not found:
        return json_answer({"code": 404, "msg": "没有这个岗位"}, 404)
    return json_answer({"code": 0, "data": found[0]})


def offset_pages(visit: Visit, postings: Sequence[Posting]) -> Answer:
    if visit.headers.get("x-api-key") != KEY:
        return json_answer({"error": "缺少或错误的 X-Api-Key"}, 401)
    offset, limit = whole(visit.query, "offset", 0, 0), min(whole(visit.query, "limit", 40, 1), _MOST)
    rows = [_nested(posting, visit.base) for posting in postings[offset : offset + limit]]
    return json_answer({"result": {"rows": rows, "count": len(postings)}})


def cursor_pages(visit: Visit, postings: Sequence[Posting]) -> Answer:
    """In the order of their last change: what changes while somebody reads comes again at the end."""
    if visit.headers.get("authorization") != TOKEN:
        return json_answer({"error": "缺少或错误的令牌"}, 401)
    limit = min(whole(visit.query, "limit", 50, 1), _MOST)
    ordered = sorted(postings, key=_place)
    after = _read_cursor(visit.query.get("cursor", ""))
    rest = [posting for posting in ordered if _place(posting) > after]
    items = [_snake(posting, visit.base) for posting in rest[:limit]]
    following = _cursor(rest[limit - 1]) if len(rest) > limit else None
    return json_answer({"items": items, "next": following, "total": len(postings)})


def _place(posting: Posting) -> tuple[str, str]:
    return posting.changed.isoformat(), posting.reference


def _cursor(posting: Posting) -> str:
    return base64.urlsafe_b64encode("|".join(_place(posting)).encode()).decode()


def _read_cursor(text: str) -> tuple[str, str]:
    if not text:
        return "", ""
    try:
        changed, _, reference = base64.b64decode(text.encode(), b"-_", validate=True).decode().partition("|")
    except ValueError:
        raise BadQuery("cursor") from None
    return changed, reference


def _flat(posting: Posting, base: str) -> Item:
    return {
        "jobId": posting.reference,
        "jobName": posting.title,
        "company": {"name": posting.employer, "industry": posting.industry},
        "area": posting.place,
        "address": posting.address,
        "salary": posting.salary,
        "headcount": posting.openings_text,
        "education": posting.education,
        "experience": posting.experience,
        "type": posting.type,
        "duties": posting.duties,
        "requirements": posting.requirements,
        "welfare": list(posting.benefits),
        "contact": {"person": posting.person, "phone": posting.phone},
        "publishTime": f"{posting.published} 08:00:00",
        "endDate": posting.until.isoformat(),
        "url": f"{base}/dg/api/jobs/{posting.reference}",
    }


def _nested(posting: Posting, base: str) -> Item:
    return {
        "id": posting.reference,
        "job": {
            "name": posting.title,
            "duties": posting.duties,
            "requirements": posting.requirements,
            "headcount": posting.openings_text,
            "pay": posting.salary,
            "education": posting.education,
            "experience": posting.experience,
            "employmentType": posting.type,
            "benefits": "、".join(posting.benefits),
        },
        "company": {"fullName": posting.employer, "industry": posting.industry},
        "workplace": {"area": posting.place, "address": posting.address},
        "contact": {"person": posting.person, "telephone": posting.phone},
        "publishedOn": posting.published.isoformat(),
        "validThrough": posting.until.isoformat(),
        "link": f"{base}/sg/api/jobs#{posting.reference}",
    }


def _snake(posting: Posting, base: str) -> Item:
    return {
        "uuid": posting.reference,
        "title": posting.title,
        "employer": posting.employer,
        "industry": posting.industry,
        "district": posting.place,
        "street": posting.address,
        "pay": posting.salary,
        "people": posting.openings_text,
        "degree": posting.education,
        "work_years": posting.experience,
        "job_type": posting.type,
        "description": posting.duties,
        "qualifications": posting.requirements,
        "perks": list(posting.benefits),
        "person": posting.person,
        "telephone": posting.phone,
        "released": posting.published.isoformat(),
        "deadline": posting.until.isoformat(),
        "changed": posting.changed.isoformat(),
        "link": f"{base}/dg/api/stream#{posting.reference}",
    }
