"""Postings drawn at random from the vocabulary of the sample (ingest/sample/data), as many as are asked for.

In: a count, a seed, a day, perhaps a city. Out: `Drawn`, employer by employer: no employer has the same job twice.
rows.py makes sheets of them, documents.py documents for the search.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from random import Random

from config.divisions import Division, workplaces
from config.words import City
from ingest.sample.tables import Employer, Job, employers, jobs, read_data
from ingest.sample.wording import PAY_STYLES, Pay

_BRAND = "晨曜珩沣睿昶泓焱佰岚栢玥昱禾岭沁泽栖棠棉屿威岬榆境步桐云湾港瀚澄穗橡语鑫盛恒达宏泰金源永昌富祥瑞丰华信"
_STREETS = ("振安中路", "兴业路", "工业大道", "人民路", "科技园", "创业街", "环城路", "新村工业区")
_AGES = ("", "", "", "不限", "18-50岁", "18周岁以上")
_MOST_JOBS = 9  # of one employer
_SHAOGUAN_PAY = 0.77


@dataclass(frozen=True, slots=True)
class Drawn:
    employer: str
    industry: str
    division: Division
    street: str
    phone: str
    title: str
    job: Job
    openings: int
    pay: Pay
    pay_style: str
    salary: str  # as worded
    age: str
    duties: str
    requirements: str
    benefits: tuple[str, ...]
    published: date
    valid_through: date


def draw(count: int, seed: int, today: date, city: City | None = None) -> Iterator[Drawn]:
    """The same for the same arguments. Without a city, half of them are in Dongguan."""
    return islice(_endless(Random(f"bench/{seed}"), today, city), count)


def _endless(dice: Random, today: date, city: City | None) -> Iterator[Drawn]:
    known: set[str] = set()
    number = 0
    while True:
        model = dice.choice(_models(city or dice.choice(list(City))))
        place = dice.choice(_places(City.DONGGUAN if model.is_in_dongguan else City.SHAOGUAN))
        name = _name(model, place, dice)
        if name in known:
            continue
        known.add(name)
        number += 1
        area = "0769" if model.is_in_dongguan else "0751"
        phone = f"{area}-8555{number % 10_000:04d}"
        street = f"{dice.choice(_STREETS)}{dice.randrange(1, 300)}号"
        titles = _titles(model.kind)
        for job, which in dice.sample(titles, min(dice.randint(2, _MOST_JOBS), len(titles))):
            yield _posting(name, model, place, street, phone, job, which, today, dice)


@cache
def _models(city: City) -> tuple[Employer, ...]:
    return tuple(e for e in employers() if e.is_in_dongguan == (city is City.DONGGUAN))


@cache
def _places(city: City) -> tuple[Division, ...]:
    return tuple(place for place in workplaces() if place.city is city and place.kind != "city")


@cache
def _titles(kind: str) -> tuple[tuple[Job, int], ...]:
    """Every title of every job that employers of this kind have, as (job, which title)."""
    named = dict.fromkeys(name for employer in employers() if employer.kind == kind for name, _ in employer.jobs)
    return tuple((jobs()[name], which) for name in named for which in range(len(jobs()[name].titles)))


@cache
def _perks(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = read_data("perks.toml")
    group = table[str(table["group"].get(kind, kind))]
    return tuple(group["first"]), tuple(group["rest"])


def _name(model: Employer, place: Division, dice: Random) -> str:
    city = "东莞市" if model.is_in_dongguan else ""
    brand = "".join(dice.sample(_BRAND, 3))
    return f"{city}{place.short_name}{brand}{model.industry}有限公司"


def _posting(
    name: str,
    model: Employer,
    place: Division,
    street: str,
    phone: str,
    job: Job,
    which: int,
    today: date,
    dice: Random,
) -> Drawn:
    product = dice.choice(model.products)
    style = "range" if job.styles[0] == "hour_part" else dice.choice(job.styles)
    share = dice.uniform(0.95, 1.15) * (1 if model.is_in_dongguan else _SHAOGUAN_PAY)
    low, high = (round(amount * share / 100) * 100 for amount in job.pay)
    first, rest = _perks(model.kind)
    said = dice.sample(job.duties, min(2, len(job.duties)))
    return Drawn(
        employer=name,
        industry=model.industry,
        division=place,
        street=street,
        phone=phone,
        title=job.titles[which],
        job=job,
        openings=dice.choice((1, 2, 3, 5, 8, 10, 15, 20, 30, 50)),
        pay=Pay(low, high, 2100, 20),
        pay_style=style,
        salary=PAY_STYLES[style](Pay(low, high, 2100, 20), dice),
        age=dice.choice(_AGES),
        duties="".join(said).format(p=product) + model.about,
        requirements=dice.choice(job.requirements),
        benefits=tuple(dict.fromkeys([dice.choice(first), *dice.sample(rest, dice.randint(1, 3)), *job.perks])),
        published=today - timedelta(dice.randrange(90)),
        valid_through=today + timedelta(dice.randrange(10, 90)),
    )
