"""Occupations in a query, where a class is meant and not a job's name: 焊工类, 司机类岗位, 道路运输服务人员, 6-18-02.

In: a query. Out: spans, acting as occupation. 焊工 alone stays text: words and their synonyms find more than the class.
"""

import re
from functools import cache

from search.analyzer import trade_words
from search.folding import fold
from search.occupations import find_occupation, occupation_of
from search.occupations.tree import MIDDLE, SMALL, at_level, occupations
from search.understanding.spans import Query, Span, Strength

_KIND = re.compile(r"(?<!\S)([^\s类]{2,8})(?:大|小)?类(?:别|型)?的?(?:岗位|工作|工种|职位|职业|人员)?(?!\S)")
_CHUNK = re.compile(r"\S+")
_CODE = re.compile(r"(?<!\S)\d-\d{2}-\d{2}(?:-\d{2})?(?!\S)")


_PEOPLE = "人员"  # how the names of classes end that nobody has for a job


@cache
def _classes() -> dict[str, str]:
    """道路运输服务人员 -> 4-02-02."""
    names = {fold(known.name): known.code for known in occupations().values()}
    return {name: code for name, code in names.items() if name.endswith(_PEOPLE) and name not in trade_words()}


def find_occupations(query: Query) -> list[Span]:
    spans = []
    if "类" in query.text:
        spans += [_span(found, at_level(occupation_of(found[1]), SMALL)) for found in _KIND.finditer(query.text)]
    if "-" in query.text:
        spans += [_span(found, found[0]) for found in _CODE.finditer(query.text) if find_occupation(found[0])]
    if _PEOPLE in query.text:
        spans += [_span(found, _classes().get(found[0], "")) for found in _CHUNK.finditer(query.text)]
    return [span for span in spans if span.value]


def _span(found: re.Match[str], code: str) -> Span:
    exact = code if code.count("-") + 1 >= MIDDLE else ""
    return Span(found.start(), found.end(), "occupation", exact, Strength.OCCUPATION)
