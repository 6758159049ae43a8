"""The hand-written tables of the sample: employers, jobs, perks, dirt.

In: ingest/sample/data. Out: frozen values, read once.
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

EMPLOYER_FILES = ("employers_dongguan.csv", "employers_shaoguan.csv")
JOB_FILES = ("jobs_factory.toml", "jobs_service.toml", "jobs_country.toml")


@dataclass(frozen=True, slots=True)
class Employer:
    number: int  # from 1, over both cities
    via: str  # changan, wengyuan, lechang (files), dg-feed, sg-feed
    division: str
    name: str
    kind: str
    industry: str
    place: str  # town and street
    products: tuple[str, ...]
    person: str
    jobs: tuple[tuple[str, int], ...]  # job, openings
    about: str

    @property
    def is_in_dongguan(self) -> bool:
        return self.division.startswith("4419")

    @property
    def phone(self) -> str:
        """A fictitious number: exchange 8555 of the city's area code."""
        return f"{'0769' if self.is_in_dongguan else '0751'}-8555{self.number:04d}"


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    titles: tuple[str, ...]
    pay: tuple[int, int]  # CNY a month in Dongguan
    education: str
    experience: str
    styles: tuple[str, ...]  # how its pay is worded, see wording.py
    duties: tuple[str, ...]
    requirements: tuple[str, ...]
    perks: tuple[str, ...]
    type: str
    is_paired: bool  # the first title goes with the first duties, and so on


def _read(name: str) -> str:
    return (files("ingest.sample") / "data" / name).read_text(encoding="utf-8")


def read_data(name: str) -> dict[str, Any]:
    return tomllib.loads(_read(name))


def _split_jobs(text: str) -> tuple[tuple[str, int], ...]:
    pairs = (part.split("*") for part in text.split())
    return tuple((name, int(openings)) for name, openings in pairs)


@cache
def employers() -> tuple[Employer, ...]:
    rows: list[dict[str, str]] = []
    for name in EMPLOYER_FILES:
        rows += csv.DictReader(line for line in _read(name).splitlines() if not line.startswith("#"))
    return tuple(
        Employer(
            number,
            row["via"],
            row["division"],
            row["name"],
            row["kind"],
            row["industry"],
            row["place"],
            tuple(row["products"].split("|")),
            row["person"],
            _split_jobs(row["jobs"]),
            row["about"],
        )
        for number, row in enumerate(rows, start=1)
    )


@cache
def jobs() -> dict[str, Job]:
    return {name: _job(name, entry) for file in JOB_FILES for name, entry in read_data(file).items()}


def _job(name: str, entry: dict[str, Any]) -> Job:
    low, high = entry["pay"]
    return Job(
        name,
        tuple(entry["titles"]),
        (low, high),
        entry["education"],
        entry["experience"],
        tuple(entry["styles"]),
        tuple(entry["duties"]),
        tuple(entry["requirements"]),
        tuple(entry.get("perks", ())),
        entry.get("type", "全职"),
        entry.get("paired", False),
    )
