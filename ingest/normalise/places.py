"""The workplace (工作地点) as a division code.

In: a cell, and the city the rows come from. Out: `PlaceReading`: a code, or outside, or neither. An explicit other
city or province wins over a town name after it (深圳市龙岗区横沥); of several places the first of ours is taken.
Names live in vocabulary/places.toml and config's divisions (gazetteer.py).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from config.divisions import CITY_CODES, DONGGUAN, SHAOGUAN, find_division
from config.words import City
from ingest.normalise.gazetteer import NOT_A_PLACE, Gazetteer, city_of, gazetteer, workplace_of
from ingest.normalise.text import fold

_SEPARATORS = re.compile(r"[/、,;|\n]|(?<=[市镇县区])(?:和|或|及|与)")
_CITY = re.compile(
    rf"东莞(?!籍|人){NOT_A_PLACE}市?|dongguan(?:city)?|韶关(?!籍|人){NOT_A_PLACE}市?|shaoguan(?:city)?"
    "|(?<![一-鿿])(?:dg|sg)(?![a-z])"
)
_CITIES = {code: city for city, code in CITY_CODES.items()}
_CODE = re.compile(r"(\d{6})(\d{3})?(\d{3})?")
_NEARBY = re.compile("靠近|临近|邻近|毗邻|紧邻|近(?=[一-鿿]{2})|距离?(?=[一-鿿]{2})")
_UNKNOWN_CITY = re.compile(
    r"^(?:中国)?(?:[一-鿿]{2,3}省)?(?!.{0,3}(?:超|城|门|夜|菜|本|我|两|全|各|集|股|上|花|鱼|街)市)"
    r"[一-鿿]{2,4}市(?!场|区|政|民|内|中心|郊|级|属|直)"
)
_UNKNOWN_COUNTY = re.compile(
    r"^(?:中国)?[一-鿿]{2,3}(?:省|自治区|自治州)|^(?![本我全各外]).[一-鿿]{1,2}县(?!城|级|内|域|道)"
)


@dataclass(frozen=True, slots=True)
class PlaceReading:
    code: str = ""  # workplace code, "" when not ours
    outside: str = ""  # the words that name a place in neither city
    words: str = ""  # the words the code was read from


@lru_cache(maxsize=16384)
def read_place(text: str, city: City | None = None) -> PlaceReading:
    """`city` decides between towns of one name (沙田镇) when the text names no city."""
    folded = fold(text.replace("\n", "").replace("\r", ""))
    if not folded:
        return PlaceReading()
    if coded := _CODE.fullmatch(folded):
        return _read_code(coded)
    table = gazetteer()
    if landmark := table.landmark_pattern.search(folded):
        return PlaceReading(table.landmarks[landmark[0]], words=landmark[0])
    return _first_of_ours(_parts(folded), table, city)


def _first_of_ours(parts: list[str], table: Gazetteer, city: City | None) -> PlaceReading:
    """The first of our places; a bare city may be made finer by what follows it (东莞/长安镇, 东莞市(松山湖))."""
    bare, outside = PlaceReading(), ""
    for part in parts:
        reading = _read_part(part, table, city, strict=bool(outside))
        if bare.code:
            same_city = reading.code and city_of(reading.code) == bare.code
            return reading if same_city else bare
        if reading.code in _CITIES:
            bare, city = reading, _CITIES[reading.code]
        elif reading.code:
            return reading
        outside = outside or reading.outside
    return bare if bare.code else PlaceReading(outside=outside)


def _parts(folded: str) -> list[str]:
    """Several places of one cell; a bracket after a place is a place of its own (深圳(东莞长安厂))."""
    parts = [part for part in _SEPARATORS.split(folded) if part]
    pieces = [piece for part in parts for piece in re.split(r"[()]", part) if piece]
    return [piece for piece in pieces if not _NEARBY.match(piece)]


def _read_code(found: re.Match[str]) -> PlaceReading:
    """A division code as feeds send it: 440229, 441900119, 441900119000."""
    for code in (found[1] + (found[2] or ""), found[1]):
        division = find_division(code)
        if division is not None:
            return PlaceReading(workplace_of(division), words=found[0])
    return PlaceReading(outside=found[0])


def _read_part(part: str, table: Gazetteer, city: City | None, strict: bool) -> PlaceReading:
    """One place. `strict`, after a place outside: only a full name or our city counts."""
    ours = _CITY.search(part)
    other = table.outside_pattern.search(part)
    if ours and (other is None or ours.start() < other.start()):
        code = DONGGUAN if ours[0].startswith(("东", "d")) else SHAOGUAN
        return _within(code, part, ours, table)
    if other:
        inner = table.full_pattern.search(part)
        if inner is None or other.start() <= inner.start():
            return PlaceReading(outside=other[0])
    return _without_city(part, table, city, strict) or _unknown(part)


def _within(city_code: str, part: str, ours: re.Match[str], table: Gazetteer) -> PlaceReading:
    """A place after its city: the first name that is of this city."""
    rest = part.replace(ours[0], " ")
    for pattern, names in table.by_strength:
        for found in pattern.finditer(rest):
            codes = {code for code in names[found[0]] if city_of(code) == city_code}
            if len(codes) == 1:
                return PlaceReading(codes.pop(), words=ours[0] + found[0])
    return PlaceReading(city_code, words=ours[0])


def _without_city(part: str, table: Gazetteer, city: City | None, strict: bool) -> PlaceReading | None:
    found = table.full_pattern.search(part)
    if found:
        return PlaceReading(_one_of(table.full[found[0]], part.replace(found[0], ""), table, city), words=found[0])
    if strict:
        return None
    found = table.short_pattern.match(part.removeprefix("广东省").removeprefix("广东").lstrip("-·.:"))
    if found:
        return PlaceReading(_one_of(table.short[found[0]], part.replace(found[0], ""), table, city), words=found[0])
    found = table.weak_pattern.match(part) if city is City.SHAOGUAN else table.weak_pattern.fullmatch(part)
    codes = {code for code in table.weak[found[0]] if city_of(code) == SHAOGUAN} if found else set()
    if found is None or not codes or city is City.DONGGUAN:
        return None
    return PlaceReading(codes.pop() if len(codes) == 1 else SHAOGUAN, words=found[0])


def _one_of(codes: frozenset[str], rest: str, table: Gazetteer, city: City | None) -> str:
    """The one division meant: by a county named beside it, by the batch's city, else Dongguan's, else the city."""
    if len(codes) == 1:
        return next(iter(codes))
    for found in table.short_pattern.finditer(rest):
        meant = codes & table.short[found[0]]
        if len(meant) == 1:
            return next(iter(meant))
    cities = {city_of(code) for code in codes}
    if len(cities) == 1:
        return cities.pop()
    preferred = CITY_CODES[city] if city else DONGGUAN
    return next((code for code in sorted(codes) if city_of(code) == preferred), preferred)


def _unknown(part: str) -> PlaceReading:
    """A city or county nobody listed is still said to be elsewhere (瑞丽市, 桂东县)."""
    found = _UNKNOWN_CITY.search(part) or _UNKNOWN_COUNTY.search(part)
    return PlaceReading(outside=found[0]) if found else PlaceReading()
