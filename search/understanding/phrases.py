"""Fixed phrases in a query: education, employment type, experience, direction.

In: a query. Out: spans. A phrase is a line in PHRASES; the longest that fits wins.
"""

import re
from dataclasses import dataclass
from functools import cache

from config.words import Direction, Education, EmploymentType
from search.understanding.spans import Query, Span, Strength


@dataclass(frozen=True, slots=True)
class Phrase:
    pattern: str
    parameter: str
    value: str
    strength: Strength


_UP = r"(?:及以上|以上)?(?:学历|文化|毕业)?(?:及以上|以上)?"
_SCHOOL = r"(?:学历|文化|毕业|及以上|以上)+"  # 高中 alone may be where a teacher works


def _education(words: str, value: Education) -> Phrase:
    return Phrase(rf"(?:{words}){_UP}", "education", value, Strength.EDUCATION)


def _school(words: str, value: Education) -> Phrase:
    return Phrase(rf"(?:{words})(?:{_SCHOOL}|(?= |$))", "education", value, Strength.EDUCATION)


PHRASES = (
    Phrase("学历不限|不限学历|无学历要求", "education", Education.UNLIMITED, Strength.EDUCATION),
    _school("初中", Education.JUNIOR_HIGH),
    _school("高中", Education.SENIOR_HIGH),
    _education("中专|中技|技校|职高|职中", Education.VOCATIONAL),
    _education("大专|专科|高职", Education.COLLEGE),
    _education("(?<!非)(?:全日制)?本科", Education.BACHELOR),
    _education("硕士研究生|硕士|研究生", Education.MASTER),
    _education("博士研究生|博士", Education.DOCTOR),
    Phrase(r"兼职|(?<!\d)小时工(?!作)", "employment_type", EmploymentType.PART_TIME, Strength.EMPLOYMENT),
    Phrase("全职", "employment_type", EmploymentType.FULL_TIME, Strength.EMPLOYMENT),
    Phrase("临时工|短期工|临工", "employment_type", EmploymentType.TEMPORARY, Strength.EMPLOYMENT),
    Phrase("实习生|实习", "employment_type", EmploymentType.INTERNSHIP, Strength.EMPLOYMENT),
    Phrase("劳务派遣|派遣工", "employment_type", EmploymentType.DISPATCH, Strength.EMPLOYMENT),
    Phrase(
        "无需?经验(?:要求)?|不[需要]要?经验|没有?经验|零经验|经验不限|不限经验|无工作经验|新手可?",
        "experience",
        "none",
        Strength.EXPERIENCE,
    ),
    Phrase(
        "从?韶关(?:市)?(?:去|到)东莞(?:市|打工|上班|工作|找工作)*", "direction", Direction.DG_SG, Strength.DIRECTION
    ),
    Phrase(
        "从?东莞(?:市)?(?:去|到|回)韶关(?:市|打工|上班|工作|找工作)*", "direction", Direction.SG_DG, Strength.DIRECTION
    ),
    Phrase(
        "(?<!不)(?<!不想)(?:去|到|来|在)东莞(?:市|打工|上班|工作|找工作)*",
        "direction",
        Direction.DG_SG,
        Strength.DIRECTION,
    ),
    Phrase(
        "(?<!不)(?<!不想)(?:去|到|来|在|回)韶关(?:市|打工|上班|工作|找工作)*",
        "direction",
        Direction.SG_DG,
        Strength.DIRECTION,
    ),
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Phrase], ...]:
    return tuple((re.compile(phrase.pattern), phrase) for phrase in PHRASES)


@cache
def _any_of_them() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{phrase.pattern})" for phrase in PHRASES))


def find_phrases(query: Query) -> list[Span]:
    if not _any_of_them().search(query.text):
        return []
    return [
        Span(found.start(), found.end(), phrase.parameter, str(phrase.value), phrase.strength)
        for pattern, phrase in _compiled()
        for found in pattern.finditer(query.text)
    ]
