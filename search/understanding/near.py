"""Nearness in a query: 翁源附近, 离韶关近, 靠近长安, 虎门周边20公里, 距离丹霞山30公里以内. Acts as near.

In: a query. Out: spans; their value is a division's code and the kilometres (`440229-60`). Without kilometres it is as
far as people of that place would go (search/distances.py).
"""

import re
from functools import cache

from search.distances import usual_reach
from search.filters.near import FARTHEST, near_value
from search.understanding.place_names import landmarks, longest_first, place_called, place_pattern
from search.understanding.spans import Query, Span, Strength

_AROUND = "附近|周边|周围|一带|旁边|边上"
_BESIDE = "靠近|邻近|临近|挨着"
_KILOMETRES = r"\s?(?P<reach>\d{1,3})\s?(?:公里|千米|km)(?:范围)?(?:以内|之内|内)?"
_HINT = re.compile(f"{_AROUND}|{_BESIDE}|离|距|公里|千米|km")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    where = rf"(?:{place_pattern()}|(?P<landmark>{longest_first(landmarks())}))(?:市区|城区|县城|这边|那边)?"
    forms = (
        rf"{where}\s?(?=(?:{_AROUND})|{_KILOMETRES.replace('?P<reach>', '')})(?:{_AROUND})?(?:{_KILOMETRES})?的?",
        rf"(?:{_BESIDE})\s?{where}的?",
        rf"(?:距离|距|离)\s?{where}(?:{_KILOMETRES}|(?:很|比较|较)?(?:近|不远)(?:一?点|些)?)的?",
    )
    return tuple(re.compile(form) for form in forms)


def find_near(query: Query) -> list[Span]:
    if not _HINT.search(query.text):
        return []
    found = (match for pattern in _patterns() for match in pattern.finditer(query.text))
    return [span for match in found if (span := _span(match))]


def _span(found: re.Match[str]) -> Span | None:
    groups = found.groupdict()
    code = landmarks()[groups["landmark"]] if groups["landmark"] else place_called(groups["place"]).code
    reach = int(groups.get("reach") or usual_reach(code))
    if not 0 < reach <= FARTHEST:
        return None
    return Span(found.start(), found.end(), "near", near_value(code, reach), Strength.PLACE)
