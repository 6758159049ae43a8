"""The rows of the three files as clerks would type them: the postings, the dirt, and what was typed twice.

In: a day. Out: `file_rows(via, today)` and `listed(via, today)` (what a feed lists). Which rows are refused or held
on purpose stands in data/dirt.toml.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from config.divisions import division
from ingest.sample.tables import read_data
from ingest.sample.vacancies import Vacancy, vacancies
from ingest.sample.wording import PLAIN_STYLES, word_openings


@dataclass(frozen=True, slots=True)
class SheetRow:
    employer: str
    title: str
    openings: str
    salary: str
    place: str
    duties: str
    division: str = ""  # of the posting meant, for sorting rows into sheets; "" for dirt
    education: str = "不限"
    age: str = ""
    experience: str = "不限"
    sex: str = "不限"
    requirements: str = ""
    benefits: str = ""
    type: str = "全职"
    contact: str = "人事部"
    phone: str = ""
    until: date | None = None
    dice: Random = field(default_factory=lambda: Random(0), compare=False)


@lru_cache(maxsize=4)
def copies(today: date) -> dict[str, tuple[Vacancy, ...]]:
    """By channel: postings of another channel offered once more, with a dressed title and pay worded anew."""
    known = {(v.employer.name, v.job): v for v in vacancies(today)}
    found: dict[str, list[Vacancy]] = {}
    for entry in read_data("dirt.toml")["copy"]:
        original = known[entry["employer"], entry["job"]]
        pay = original.pay
        salary = f"{pay.low}-{pay.high}" if original.pay_style in PLAIN_STYLES else original.salary
        twin = replace(
            original, reference=f"{original.reference}9", title=entry["title"].format(original.title), salary=salary
        )
        found.setdefault(entry["via"], []).append(twin)
    return {via: tuple(twins) for via, twins in found.items()}


def listed(via: str, today: date) -> tuple[Vacancy, ...]:
    """What a channel offers: its own postings, then what it repeats from others."""
    own = tuple(v for v in vacancies(today) if v.employer.via == via)
    return own + copies(today).get(via, ())


def file_rows(via: str, today: date) -> list[SheetRow]:
    """Dirt stands between the others: after every second employer from the top, what is left at the end."""
    offered = {twin.reference.removesuffix("9") for twins in copies(today).values() for twin in twins}
    rows: list[SheetRow] = []
    dirt = [_dirty_row(entry, today) for entry in read_data("dirt.toml")["row"] if entry["file"] == via]
    employers = 0
    for vacancy in listed(via, today):
        if rows and rows[-1].employer != vacancy.employer.name:
            employers += 1
            if dirt and employers % 2 == 0:
                rows.append(dirt.pop(0))
        rows.append(_row(vacancy, may_leave_out=vacancy.reference.removesuffix("9") not in offered))
    return rows + dirt


def _row(vacancy: Vacancy, may_leave_out: bool) -> SheetRow:
    dice = vacancy.dice("file")
    chance = dice.random() if may_leave_out else 1.0
    employer = vacancy.employer
    return SheetRow(
        employer=employer.name,
        title=vacancy.title,
        openings="" if 0.03 <= chance < 0.08 else word_openings(vacancy.openings, dice),
        salary="" if chance < 0.03 else vacancy.salary,
        place=_place(vacancy, dice),
        duties=vacancy.duties,
        division=employer.division,
        education=vacancy.education,
        age=vacancy.age,
        experience=vacancy.experience,
        requirements=vacancy.requirements,
        benefits=dice.choice(["、", " ", "，"]).join(vacancy.benefits),
        type=vacancy.type,
        contact=employer.person,
        phone=employer.phone,
        until=None if dice.random() < 0.1 else vacancy.valid_through,
        dice=dice,
    )


def _place(vacancy: Vacancy, dice: Random) -> str:
    place, street = division(vacancy.employer.division), vacancy.employer.place
    if vacancy.employer.is_in_dongguan:
        return dice.choice(
            [vacancy.area, vacancy.address, f"东莞·{place.name}", place.name, f"东莞{place.short_name}", street]
        )
    return dice.choice([vacancy.area, vacancy.address, f"韶关·{place.name}", place.name + street, place.short_name])


def _dirty_row(entry: dict[str, Any], today: date) -> SheetRow:
    texts = {key: entry[key] for key in ("employer", "title", "openings", "salary", "place", "duties")}
    city = "0769" if entry["file"] == "changan" else "0751"
    return SheetRow(
        **texts,
        requirements=entry.get("requirements", ""),
        sex=entry.get("sex", "不限"),
        phone=f"{city}-85559{len(entry['duties']):03d}",
        until=today + timedelta(entry.get("valid_days", 45)),
        dice=Random(entry["title"]),
    )
