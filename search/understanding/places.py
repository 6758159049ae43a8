"""Places in a query: 长安, 长安镇, 东莞长安, 翁源, 韶关; a town of Shaoguan means its county. Acts as division.

A place is read only where words begin and end, and not inside an organisation's name (东莞农商银行, 长安汽车).
The short name of a Shaoguan town counts only standing alone: too many are ordinary words (新华, 百顺, 江口).
"""

import re
from functools import cache

from config.packaged import read_vocabulary_toml
from search.understanding.place_names import place_called, place_pattern
from search.understanding.spans import Query, Span, Strength


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(place_pattern())


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
        place = place_called(found["place"])
        start, end = found.span()
        if place.alone and not query.stands_alone(start, end):
            continue
        if query.on_boundaries(start, end) and not _names_an_organisation(query, start, end):
            spans.append(Span(start, end, "division", place.code, Strength.PLACE))
    return spans


def organisations(query: Query) -> tuple[str, ...]:
    """Chunks that name an organisation after a place: 长安汽车, 韶关学院. Their words belong together."""
    if not _organisation_endings()[0].search(query.text):
        return ()
    chunks = (
        query.text[slice(*query.chunk(*found.span()))]
        for found in _pattern().finditer(query.text)
        if _names_an_organisation(query, *found.span())
    )
    return tuple(dict.fromkeys(chunks))


def _names_an_organisation(query: Query, start: int, end: int) -> bool:
    """东莞华盛电子有限公司 is one name; 长安电子厂 is a kind of place to work, in Chang'an."""
    rest = query.text[end : query.chunk(start, end)[1]]
    endings, generic = _organisation_endings()
    return bool(endings.search(rest)) and not generic.match(rest)
