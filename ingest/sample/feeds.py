"""The two feeds of the sample, each in its own words.

In: a day and the site's own address. Out: items. Dongguan's uses the provincial codes (aca112 岗位名称, aab004
单位名称 …), Shaoguan's nests plain names; sources.toml maps both.
"""

import re
from datetime import date
from typing import Any

from ingest.sample.rows import listed
from ingest.sample.vacancies import Vacancy

Item = dict[str, Any]
_AGES = re.compile(r"\d+")


def dongguan_items(today: date, base: str) -> list[Item]:
    return [_provincial(vacancy, base) for vacancy in listed("dg-feed", today)]


def shaoguan_items(today: date, base: str) -> list[Item]:
    return [_nested(vacancy, base) for vacancy in listed("sg-feed", today)]


def _provincial(vacancy: Vacancy, base: str) -> Item:
    youngest, oldest, *_ = [int(age) for age in _AGES.findall(vacancy.age)] + [None, None]
    return {
        "acb200": vacancy.reference,
        "aca112": vacancy.title,
        "aab004": vacancy.employer.name,
        "aab022": vacancy.employer.industry,
        "acb202": "广东省" + vacancy.area,
        "aae006": vacancy.address,
        "acb228": vacancy.salary,
        "acb240": vacancy.openings,
        "aac011": vacancy.education,
        "acc217": vacancy.experience,
        "acb221": youngest,
        "acb222": oldest,
        "acb22a": vacancy.duties,
        "aca111": vacancy.requirements,
        "acb234": ",".join(vacancy.benefits),
        "acb239": vacancy.type,
        "aae004": vacancy.employer.person,
        "aae005": vacancy.employer.phone,
        "aae397": f"{vacancy.published.isoformat()} 00:00:00",
        "aae398": f"{vacancy.valid_through.isoformat()} 00:00:00",
        "url": f"{base}/dongguan/jobs/{vacancy.reference}",
    }


def _nested(vacancy: Vacancy, base: str) -> Item:
    return {
        "id": vacancy.reference,
        "job": {
            "name": vacancy.title,
            "headcount": vacancy.openings,
            "pay": vacancy.salary,
            "education": vacancy.education,
            "experience": vacancy.experience,
            "age": vacancy.age,
            "employmentType": vacancy.type,
            "duties": vacancy.duties,
            "requirements": vacancy.requirements,
            "benefits": list(vacancy.benefits),
        },
        "company": {"fullName": vacancy.employer.name, "industry": vacancy.employer.industry},
        "workplace": {"area": vacancy.area, "address": vacancy.address},
        "contact": {"person": vacancy.employer.person, "telephone": vacancy.employer.phone},
        "publishedOn": vacancy.published.isoformat(),
        "validThrough": vacancy.valid_through.isoformat(),
        "link": f"{base}/shaoguan/api/postings/{vacancy.reference}",
    }
