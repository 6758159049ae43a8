"""Every way to write a place of the two cities: 长安镇, 东莞长安, 翁源; a town of Shaoguan means its county.

In: divisions.csv and search_places.toml. Out: `place_called(name)` and the pattern that finds names in a folded query.
"""

import re
from dataclasses import dataclass
from functools import cache

from config.divisions import all_divisions
from config.packaged import read_vocabulary_toml
from config.words import City
from search.filters.division import workplace_code
from search.folding import fold

_FILLER = r"[·・\-/,，、]?"


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    alone: bool = False  # counts only where nothing else is glued to it


@cache
def _places() -> dict[str, Place]:
    """Workplaces come before the towns below them; what two counties share is left out."""
    names: dict[str, Place] = {}
    shared: set[str] = set()
    workplaces = [division for division in all_divisions() if division.is_workplace]
    for division in workplaces:
        names |= {fold(name): Place(division.code) for name in (division.name, division.short_name)}
    taken = set(names)
    for town in all_divisions():
        code = workplace_code(town.code) or ""
        for name in {town.name, town.short_name} if not town.is_workplace else ():
            place = Place(code, alone=name != town.name)
            if names.setdefault(fold(name), place).code != code and fold(name) not in taken:
                shared.add(fold(name))
    for name, code in read_vocabulary_toml("search_places.toml")["aliases"].items():
        names[fold(name)] = Place(code)
    return {name: place for name, place in names.items() if name not in shared and len(name) > 1}


@cache
def landmarks() -> dict[str, str]:
    """Places one may be near but not in: 丹霞山, 虎门站 -> the division they lie in."""
    return {fold(name): code for name, code in read_vocabulary_toml("search_places.toml")["landmarks"].items()}


def place_called(name: str) -> Place:
    """KeyError for a name that `place_pattern` does not find."""
    return _places()[name]


@cache
def place_pattern() -> str:
    """Finds a place with the city and county before it; its own name is the group `place`."""
    cities = {d.short_name for d in all_divisions() if d.kind == "city"}
    counties = {d.short_name for d in all_divisions() if d.kind == "county" and d.city is City.SHAOGUAN}
    city = rf"(?:(?:{'|'.join(sorted(cities))})市?{_FILLER})?"
    county = rf"(?:(?:{'|'.join(sorted(counties))})[县市区]?{_FILLER})?"
    return rf"(?:广东省?{_FILLER})?{city}{county}(?P<place>{longest_first(_places())})"


def longest_first(names: dict[str, object] | dict[str, Place] | dict[str, str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
