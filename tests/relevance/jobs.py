"""Everything a job of the set can be: the sample's jobs and the set's own, with who offers them.

In: ingest/sample/data and data/jobs.toml, employers.toml, passages.toml. Out: `jobs_of(kind)`, `Passages`, employers.
"""

import re
from dataclasses import dataclass
from functools import cache

from config.words import EmploymentType
from ingest.sample import tables
from tests.relevance.trades import read_data

_TYPES = {
    "全职": EmploymentType.FULL_TIME,
    "兼职": EmploymentType.PART_TIME,
    "临时工": EmploymentType.TEMPORARY,
    "实习": EmploymentType.INTERNSHIP,
    "学徒": EmploymentType.APPRENTICESHIP,
}


@dataclass(frozen=True, slots=True)
class Job:
    titles: tuple[str, ...]
    duties: tuple[str, ...]
    requirements: tuple[str, ...]
    pay: tuple[int, int]
    education: str
    experience: str
    perks: tuple[str, ...]
    type: EmploymentType
    is_hourly: bool
    is_paired: bool

    @property
    def years(self) -> int:
        """Of experience asked for; 0 for none."""
        found = re.search(r"\d+", self.experience)
        return int(found[0]) if found else 0


@dataclass(frozen=True, slots=True)
class Fact:
    """Something true of a job beyond its trade: a benefit, a shift, a way of paying."""

    name: str
    forms: tuple[str, ...]
    brings: tuple[str, ...]
    not_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownEmployer:
    name: str
    brand: str
    kind: str
    industry: str
    place: str
    products: tuple[str, ...]
    jobs: int


@cache
def own_jobs() -> tuple[tuple[tuple[str, ...], Job], ...]:
    """(kinds of employers, job)."""
    return tuple(
        (
            tuple(entry["kinds"]),
            Job(
                tuple(entry["titles"]),
                tuple(entry["duties"]),
                tuple(entry["requirements"]),
                (entry["pay"][0], entry["pay"][1]),
                entry["education"],
                entry["experience"],
                tuple(entry.get("perks", ())),
                _TYPES[entry.get("type", "全职")],
                "hour_part" in entry.get("styles", ()),
                entry.get("paired", False),
            ),
        )
        for entry in read_data("jobs.toml").values()
    )


def _of_sample(job: tables.Job) -> Job:
    return Job(
        job.titles,
        job.duties,
        job.requirements,
        job.pay,
        job.education,
        job.experience,
        job.perks,
        _TYPES[job.type],
        False,
        job.is_paired,
    )


@cache
def jobs_of(kind: str) -> tuple[Job, ...]:
    """What employers of a kind look for, in a fixed order."""
    sampled = dict.fromkeys(name for e in tables.employers() if e.kind == kind for name, _ in e.jobs)
    return (
        *(_of_sample(tables.jobs()[name]) for name in sorted(sampled)),
        *(job for kinds, job in own_jobs() if kind in kinds),
    )


@cache
def everyday_jobs(kind: str) -> tuple[Job, ...]:
    names = read_data("passages.toml")["everyday"][group(kind)]
    return tuple(_of_sample(tables.jobs()[name]) for name in names)


@cache
def facts() -> dict[str, Fact]:
    entries = read_data("passages.toml")["fact"]
    return {
        name: Fact(name, tuple(e["forms"]), tuple(e.get("brings", ())), tuple(e.get("not_with", ())))
        for name, e in entries.items()
    }


@cache
def passages(part: str) -> tuple[str, ...]:
    """`about`, `closing`, `brand` or `street`."""
    return tuple(read_data("passages.toml")[part])


@cache
def group(kind: str) -> str:
    """Whose asides and offers employers of a kind share."""
    return str(read_data("passages.toml")["group"].get(kind, kind))


@cache
def asides(kind: str) -> tuple[str, ...]:
    return tuple(read_data("passages.toml")["aside"][group(kind)])


@cache
def offers(kind: str) -> dict[str, int]:
    """fact -> how often in a hundred."""
    return dict(read_data("passages.toml")["offers"][group(kind)])


@cache
def known_employers() -> tuple[KnownEmployer, ...]:
    return tuple(
        KnownEmployer(**{**entry, "products": tuple(entry["products"])})
        for entry in read_data("employers.toml")["employer"]
    )
