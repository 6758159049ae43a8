"""The workplace of a row: its own cells first, then what the sheet and the organisation say (归属).

In: a row and its context. Out: `Workplace`: a division code and the address to keep, or the problem with them.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from config.divisions import CITY_CODES, DONGGUAN, SHAOGUAN, division, find_division
from config.words import City
from ingest.fields import Field, Row
from ingest.normalise.gazetteer import city_of, stem, workplace_of
from ingest.normalise.places import PlaceReading, read_place
from ingest.normalise.reading import Context
from ingest.normalise.text import fold, is_blank, squeeze

_HINT_PIECES = re.compile(r"[\s:：|]+")
_BOTH_CITIES = re.compile("东莞.*韶关|韶关.*东莞|莞韶")
_REGION = re.compile("中国|广东省?|东莞市?|韶关市?")
_JOINTS = re.compile(r"[·\-,，、/()（）.。\s]|^[省市区县镇]+$")


@dataclass(frozen=True, slots=True)
class Workplace:
    code: str = ""  # division code, "" when there is none
    address: str = ""
    problem: str = ""  # division.missing, division.outside, division.inherited or nothing
    words: str = ""  # the words the problem speaks of
    field: Field = Field.DIVISION


def read_workplace(row: Row, context: Context) -> Workplace:
    return _workplace(row.cells.get(Field.DIVISION, ""), row.cells.get(Field.ADDRESS, ""), row.place_hint, context)


@lru_cache(maxsize=8192)
def _workplace(place: str, address: str, hint: str, context: Context) -> Workplace:
    place, address = _cell(place), _cell(address)
    city = context.city or _city_of_organisation(context)
    own = _best(read_place(place, city), address, city)
    field = Field.DIVISION if place or not address else Field.ADDRESS
    written = address or place
    if own.code:
        return Workplace(own.code, written if address or _says_more(place, own) else "", field=field)
    if own.outside:
        return Workplace(problem="division.outside", words=squeeze(place or address), field=field)
    inherited = _inherit(hint, context, city)
    if inherited.code:
        return Workplace(inherited.code, written, "division.inherited", inherited.words, field)
    return Workplace(problem="division.missing", words=squeeze(written), field=field)


def _cell(text: str) -> str:
    return "" if is_blank(text) else squeeze(text)


def _best(own: PlaceReading, address: str, city: City | None) -> PlaceReading:
    """The place cell, made finer by the address cell when that names a part of the same city."""
    if not address or own.outside or (own.code and own.code not in CITY_CODES.values()):
        return own
    cities = {code: name for name, code in CITY_CODES.items()}
    further = read_place(address, cities.get(own.code, city))
    if not own.code:
        return further
    return further if further.code and city_of(further.code) == own.code else own


def _inherit(hint: str, context: Context, city: City | None) -> PlaceReading:
    """From the sheet's title or 填报单位, else the organisation; the finer of the two within one city."""
    said = _read_hint(hint, city)
    home = find_division(context.organisation_division)
    own = PlaceReading(workplace_of(home), words=home.name) if home else PlaceReading()
    if not said.code or (own.code and said.code == city_of(own.code)):
        return own if own.code else said
    return said


def _read_hint(hint: str, city: City | None) -> PlaceReading:
    whole_city = PlaceReading()
    for piece in filter(None, _HINT_PIECES.split(hint)):
        found = read_place(piece, city)
        if found.code in {DONGGUAN, SHAOGUAN}:
            whole_city = whole_city if whole_city.code or _BOTH_CITIES.search(piece) else found
        elif found.code:
            return found
    return whole_city


def _city_of_organisation(context: Context) -> City | None:
    home = find_division(context.organisation_division)
    return home.city if home else None


@lru_cache(maxsize=8192)
def _says_more(text: str, place: PlaceReading) -> bool:
    """Whether the place cell says more than the division's name: 长安镇工业区3号 and 翁源县官渡镇 do."""
    name = division(place.code).name
    left = fold(text)
    for known in (name, stem(name)):  # before the region, which some names begin with: 东莞港
        left = left.replace(known, "")
    left = _REGION.sub("", left)
    return bool(_JOINTS.sub("", left).strip("区镇县市街道"))
