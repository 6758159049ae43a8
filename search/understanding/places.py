"""Places in a query: 长安, 长安镇, 东莞长安, 翁源, 韶关; a town of Shaoguan means its county. Acts as division.

A place is read only where words begin and end, and not inside an organisation's name (东莞农商银行, 长安汽车).
The short name of a Shaoguan town counts only standing alone: too many are ordinary words (新华, 百顺, 江口).
"""

import re
from dataclasses import dataclass
from functools import cache

from config.divisions import all_divisions
from config.packaged import read_vocabulary_toml
from config.words import City
from search.filters.division import workplace_code
from search.folding import fold
from search.understanding.spans import Query, Span, Strength

_FILLER = r"[·・\-/,，、]?"


@dataclass(frozen=True, slots=True)
class _Place:
    code: str
    alone: bool = False  # counts only where nothing else is glued to it


@cache
def _places() -> dict[str, _Place]:
    """Every way to write a place. Workplaces come before the towns below them; what two counties share is left out."""
    names: dict[str, _Place] = {}
    shared: set[str] = set()
    workplaces = [division for division in all_divisions() if division.is_workplace]
    for division in workplaces:
        names |= {fold(name): _Place(division.code) for name in (division.name, division.short_name)}
    taken = set(names)
    for town in all_divisions():
        code = workplace_code(town.code) or ""
        for name in {town.name, town.short_name} if not town.is_workplace else ():
            place = _Place(code, alone=name != town.name)
            if names.setdefault(fold(name), place).code != code and fold(name) not in taken:
                shared.add(fold(name))
    for name, code in read_vocabulary_toml("search_places.toml")["aliases"].items():
        names[fold(name)] = _Place(code)
    return {name: place for name, place in names.items() if name not in shared and len(name) > 1}


@cache
def _pattern() -> re.Pattern[str]:
    cities = {d.short_name for d in all_divisions() if d.kind == "city"}
    counties = {d.short_name for d in all_divisions() if d.kind == "county" and d.city is City.SHAOGUAN}
    names = "|".join(sorted(map(re.escape, _places()), key=len, reverse=True))
    city = rf"(?:(?:{'|'.join(cities)})市?{_FILLER})?"
    county = rf"(?:(?:{'|'.join(counties)})[县市区]?{_FILLER})?"
    return re.compile(rf"(?:广东省?{_FILLER})?{city}{county}(?P<place>{names})")


@cache
def _organisation_endings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = read_vocabulary_toml("search_places.toml")["organisations"]
    return (
        re.compile("(?:" + "|".join(map(re.escape, words["endings"])) + ")"),
        re.compile("(?:" + "|".join(map(re.escape, words["generic"])) + ")"),
    )


def find_places(query: Query) -> list[Span]:
    spans = []
    for found in _pattern().finditer(query.text):
        place = _places()[found["place"]]
        start, end = found.span()
        if place.alone and not query.stands_alone(start, end):
            continue
        if query.on_boundaries(start, end) and not _names_an_organisation(query, start, end):
            spans.append(Span(start, end, "division", place.code, Strength.PLACE))
    return spans


def _names_an_organisation(query: Query, start: int, end: int) -> bool:
    """东莞华盛电子有限公司 is one name; 长安电子厂 is a kind of place to work, in Chang'an."""
    rest = query.text[end : query.chunk(start, end)[1]]
    endings, generic = _organisation_endings()
    return bool(endings.search(rest)) and not generic.match(rest)
