"""The sample's postings as their employers mean them, before anybody types them into a sheet.

In: the tables and a day. Out: `vacancies(today)`. Every choice is drawn from the employer and the job alone, so a
posting stays itself from day to day; its validity is renewed once in a hundred days, not every day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from zlib import crc32

from config.divisions import division
from ingest.sample.tables import Employer, Job, employers, jobs, read_data
from ingest.sample.wording import PAY_STYLES, Pay

Perks = dict[str, dict[str, list[str]]]
_SHAOGUAN_PAY = 0.77  # against Dongguan
_LEAST_DAYS, _RENEWED_EVERY = 20, 100
_LISTED_DAYS = 120


@dataclass(frozen=True, slots=True)
class Vacancy:
    reference: str
    employer: Employer
    job: str
    title: str
    openings: int
    pay: Pay
    pay_style: str
    salary: str  # as worded
    education: str
    experience: str
    age: str
    type: str
    duties: str
    requirements: str
    benefits: tuple[str, ...]
    published: date
    valid_through: date

    def dice(self, purpose: str) -> Random:
        return Random(f"{self.reference}/{purpose}")

    @property
    def area(self) -> str:
        """东莞市长安镇, 韶关市翁源县."""
        place = division(self.employer.division)
        city = "东莞市" if self.employer.is_in_dongguan else "韶关市"
        return city if place.name == city else city + place.name

    @property
    def address(self) -> str:
        """东莞市长安镇振安中路: the town is not said twice."""
        name = division(self.employer.division).name
        return self.area + self.employer.place.removeprefix(name)


@lru_cache(maxsize=4)
def vacancies(today: date) -> tuple[Vacancy, ...]:
    perks = read_data("perks.toml")
    return tuple(
        _vacancy(employer, jobs()[name], openings, perks, today)
        for employer in employers()
        for name, openings in employer.jobs
    )


def _vacancy(employer: Employer, job: Job, openings: int, perks: Perks, today: date) -> Vacancy:
    seed = f"{employer.name}/{job.name}"
    number = crc32(seed.encode())
    dice = Random(seed)
    which = dice.randrange(len(job.titles))
    product = dice.choice(employer.products)
    duties = job.duties[which % len(job.duties)] if job.is_paired else dice.choice(job.duties)
    style = "negotiable" if dice.random() < 0.03 else dice.choice(job.styles)
    pay = _pay(employer, job, dice)
    valid_through = today + timedelta(_LEAST_DAYS + (number - today.toordinal()) % _RENEWED_EVERY)
    return Vacancy(
        reference=f"{'DG' if employer.is_in_dongguan else 'SG'}{number:010d}",
        employer=employer,
        job=job.name,
        title=job.titles[which],
        openings=openings,
        pay=pay,
        pay_style=style,
        salary=PAY_STYLES[style](pay, dice),
        education=job.education,
        experience=job.experience,
        age=dice.choice(["", "", "", "不限", "18-50岁", "18周岁以上"]),
        type="兼职" if style == "hour_part" else job.type,
        duties=duties.format(p=product) + (employer.about if dice.random() < 0.6 else ""),
        requirements=dice.choice(job.requirements),
        benefits=_benefits(employer, job, perks),
        published=valid_through - timedelta(_LISTED_DAYS),
        valid_through=valid_through,
    )


def _pay(employer: Employer, job: Job, dice: Random) -> Pay:
    share = dice.uniform(0.95, 1.06) * (1 if employer.is_in_dongguan else _SHAOGUAN_PAY)
    low, high = (round(amount * share / 100) * 100 for amount in job.pay)
    return Pay(low, high, 2100, 20) if employer.is_in_dongguan else Pay(low, high, 1800, 18)


def _benefits(employer: Employer, job: Job, perks: Perks) -> tuple[str, ...]:
    """An employer offers the same to all its people; a job may add its own."""
    group = perks[str(perks["group"].get(employer.kind, employer.kind))]
    dice = Random(f"{employer.name}/perks")
    chosen = [dice.choice(group["first"]), *dice.sample(group["rest"], dice.randint(1, 3)), *job.perks]
    return tuple(dict.fromkeys(chosen))
