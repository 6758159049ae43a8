"""Other figures in a query: how many openings (招10人以上) and how many years of experience one has (3年经验).

In: a query. Out: spans, acting as openings_min and experience: who has three years is shown what asks for no more.
"""

import re

from search.filters.experience import LONGEST
from search.understanding.spans import Query, Span, Strength

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {"两": 2}
_COUNT = r"(?P<count>\d{1,4})\s?(?:个人|人|名)"
_OPENINGS = (
    re.compile(rf"(?:招聘|招收|招)\s?{_COUNT}(?:及?以上|以上|\+|多)?"),
    re.compile(rf"(?<!\d){_COUNT}(?:及?以上|以上|\+)(?!的?(?:规模|企业|公司|工厂|大厂|厂|集团|间|宿舍))"),
)
_YEARS = re.compile(
    r"""(?<![\d.年])(?:有|至少)?(?P<count>\d{1,2}|[一二两三四五六七八九十])(?:\s?[-~至到]\s?\d{1,2})?年(?:及?以上|以上|左右|多)?
    (?:的)?(?:工作|相关|从业|行业|岗位|同岗|管理)?经验(?:者|的)?""",
    re.VERBOSE,
)
_YEARS_AFTER = re.compile(r"经验(?P<count>\d{1,2}|[一二两三四五六七八九十])年(?:及?以上|以上)?")


def find_figures(query: Query) -> list[Span]:
    openings = [
        Span(found.start(), found.end(), "openings_min", found["count"], Strength.OPENINGS)
        for pattern in _OPENINGS
        for found in (pattern.finditer(query.text) if "人" in query.text or "名" in query.text else ())
        if int(found["count"]) > 1
    ]
    return openings + _experience(query)


def _experience(query: Query) -> list[Span]:
    if "经验" not in query.text:
        return []
    spans = []
    for pattern in (_YEARS, _YEARS_AFTER):
        for found in pattern.finditer(query.text):
            typed = found["count"]
            years = _DIGITS[typed] if typed in _DIGITS else int(typed)
            if 0 < years <= LONGEST:
                spans.append(Span(found.start(), found.end(), "experience", str(years), Strength.EXPERIENCE))
    return spans
