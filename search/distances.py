"""How far workplaces lie from each other, as the crow flies, from approximate coordinates (within about 4 km).

In: division codes. Out: `kilometres(a, b)`, `within(code, reach)`. Coordinates stand in divisions.csv; those it lacks
(the cities, the areas of Dongguan) in search_places.toml.
"""

from functools import cache
from math import asin, cos, radians, sin, sqrt

from config.divisions import City, all_divisions, find_division
from config.packaged import read_vocabulary_toml

EARTH = 6371.0  # km, mean radius
_REACH = {City.DONGGUAN: 15, City.SHAOGUAN: 60}  # km between towns that touch, between county seats that neighbour
_REACH_OF_CITY = {City.DONGGUAN: 30, City.SHAOGUAN: 60}


@cache
def coordinates() -> dict[str, tuple[float, float]]:
    """Code -> latitude, longitude in degrees."""
    known = {
        place.code: (place.latitude, place.longitude)
        for place in all_divisions()
        if place.latitude is not None and place.longitude is not None
    }
    added = read_vocabulary_toml("search_places.toml")["coordinates"]
    return known | {code: (float(latitude), float(longitude)) for code, (latitude, longitude) in added.items()}


def kilometres(one: str, other: str) -> float | None:
    """None when it is not known where one of them lies."""
    here, there = coordinates().get(one), coordinates().get(other)
    if here is None or there is None:
        return None
    north, south = radians(here[0]), radians(there[0])
    east = radians(there[1] - here[1])
    chord = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(chord))


@cache
def within(code: str, reach: int) -> frozenset[str]:
    """Codes of all places at most so many kilometres away; the place itself is always one."""
    near = (other for other in coordinates() if (far := kilometres(code, other)) is not None and far <= reach)
    return frozenset(near) | {code}


def usual_reach(code: str) -> int:
    """What people mean by near this place, in kilometres."""
    place = find_division(code)
    assert place is not None
    return (_REACH_OF_CITY if place.kind == "city" else _REACH)[place.city]
