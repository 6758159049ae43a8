"""Divisions (行政区划) of the two cities: codes, names, parents, coordinates.

In: vocabulary/divisions.csv. Out: `division(code)`, `all_divisions()`, `workplace(code)`.
A workplace (what a posting carries) is a Dongguan town (9 digits), a Shaoguan county (6 digits)
or, where no more is known, the city (6 digits).
"""

from dataclasses import dataclass
from functools import cache

from config.packaged import read_table
from config.words import City, Direction

DONGGUAN = "441900"
SHAOGUAN = "440200"
CITY_CODES = {City.DONGGUAN: DONGGUAN, City.SHAOGUAN: SHAOGUAN}


@dataclass(frozen=True, slots=True)
class Division:
    code: str
    name: str
    parent: str  # code, empty for a city
    city: City
    kind: str  # city, county, town, area
    latitude: float | None
    longitude: float | None

    @property
    def direction(self) -> Direction:
        return Direction.DG_SG if self.city is City.DONGGUAN else Direction.SG_DG

    @property
    def is_workplace(self) -> bool:
        return self.kind in {"city", "county"} or self.city is City.DONGGUAN

    @property
    def short_name(self) -> str:
        """长安 for 长安镇, 乳源 for 乳源瑶族自治县, 东莞 for 东莞市."""
        if self.code == "440232":
            return "乳源"
        for ending in ("街道", "新区", "镇", "区", "县", "市"):
            if self.name.endswith(ending) and len(self.name) > len(ending) + 1:
                return self.name.removesuffix(ending)
        return self.name


@cache
def all_divisions() -> tuple[Division, ...]:
    return tuple(
        Division(
            row["code"],
            row["name"],
            row["parent"],
            City(row["city"]),
            row["kind"],
            float(row["latitude"]) if row["latitude"] else None,
            float(row["longitude"]) if row["longitude"] else None,
        )
        for row in read_table("divisions.csv")
    )


@cache
def _by_code() -> dict[str, Division]:
    return {division.code: division for division in all_divisions()}


def division(code: str) -> Division:
    """The division with this code. KeyError if it is none of the two cities'."""
    return _by_code()[code]


def find_division(code: str) -> Division | None:
    return _by_code().get(code)


@cache
def workplaces() -> tuple[Division, ...]:
    """The divisions a posting may carry: both cities, Dongguan's towns and areas, Shaoguan's counties."""
    return tuple(d for d in all_divisions() if d.is_workplace)
