"""The queries of the set, each with what the person wants, as data (data/queries/*.toml, one file a kind or two).

In: the files. Out: `queries()`. An intent may name trades, places, pay and so on; whatever it names is judged by
grading.py. A new query is a line; a field that is no field of `Intent` stops the run.
"""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from config.divisions import workplaces
from config.words import City, Education, EmploymentType
from tests.relevance.jobs import facts
from tests.relevance.trades import DATA, trades


@dataclass(frozen=True, slots=True)
class Intent:
    trade: tuple[str, ...] = ()  # any of these
    place: tuple[str, ...] = ()  # workplace codes, any of these
    near: str = ""  # workplace code: what lies around it will do
    city: str = ""
    pay: int = 0  # at least, CNY a month
    has: tuple[str, ...] = ()  # facts, all of these
    type: str = ""  # employment type
    no_experience: bool = False
    education: str = ""
    openings: int = 0  # at least
    kind: tuple[str, ...] = ()  # of employer
    industry: tuple[str, ...] = ()
    brand: str = ""  # of employer
    words: tuple[str, ...] = ()  # must stand in the advertisement
    phrase: str = ""  # must stand there exactly so
    without: tuple[str, ...] = ()  # words that must not stand there
    without_place: tuple[str, ...] = ()
    nothing: bool = False  # no posting answers this


@dataclass(frozen=True, slots=True)
class Query:
    q: str
    kind: str
    intent: Intent
    number: int

    @property
    def is_held_out(self) -> bool:
        """Every second one: weights are tuned on the others."""
        return self.number % 2 == 0


@cache
def queries() -> tuple[Query, ...]:
    found: list[Query] = []
    for path in sorted((DATA / "queries").glob("*.toml")):
        for kind, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found += [Query(e["q"], kind, _intent(e), len(found) + at) for at, e in enumerate(entries, 1)]
    return tuple(found)


def _intent(entry: dict[str, Any]) -> Intent:
    known = {field.name for field in fields(Intent)}
    values = {name: value for name, value in entry.items() if name not in {"q", "note"}}
    if not values or not values.keys() <= known:
        raise ValueError(f"{entry['q']}: {sorted(values.keys() - known) or 'no intent'}")
    for name in ("trade", "place", "has", "kind", "industry", "words", "without", "without_place"):
        if name in values:
            values[name] = tuple([values[name]] if isinstance(values[name], str) else values[name])
    for name in ("place", "without_place"):
        values[name] = tuple(_code(place) for place in values.get(name, ()))
    if "near" in values:
        values["near"] = _code(values["near"])
    intent = Intent(**values)
    _check(entry["q"], intent)
    return intent


def _code(name: str) -> str:
    return next(place.code for place in workplaces() if place.short_name == name)


def _check(q: str, intent: Intent) -> None:
    wrong = [*(set(intent.trade) - trades().keys()), *(set(intent.has) - facts().keys() - {"宿舍", "公积金"})]
    for value, members in ((intent.type, EmploymentType), (intent.education, Education), (intent.city, City)):
        if value and value not in set(members):
            wrong.append(value)
    if wrong:
        raise ValueError(f"{q}: {wrong} are unknown")
