"""The postings of the set: drawn with a fixed seed, the same on every machine.

In: nothing. Out: `postings()`, some 4,600 of about 560 employers in both cities. Every employer says the same about
itself in all of its advertisements and has the same job open more than once now and then; asides name other trades.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count
from random import Random

from config.divisions import Division, workplaces
from config.words import City
from ingest.sample import tables
from tests.relevance.jobs import (
    Job,
    KnownEmployer,
    asides,
    everyday_jobs,
    facts,
    jobs_of,
    known_employers,
    offers,
    passages,
)
from tests.relevance.trades import trade_of_title
from tests.relevance.truth import TruePosting
from tests.relevance.writing import Wording, write

TODAY = date(2026, 3, 12)
EMPLOYERS = 540
SEED = "relevance/1"
_SHAOGUAN_PAY = 0.8
_AGAIN_SHARE = 0.08  # of jobs stand there a second time, worded a little otherwise
_EVERYDAY = 3  # jobs of an employer are such as everybody has
_BUSY_PLACES = frozenset({"长安", "虎门", "厚街", "塘厦", "大朗", "寮步", "翁源", "南雄", "曲江"})
_BUSY = 6  # times as many employers as elsewhere
_OVER_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class _Employer:
    name: str
    brand: str
    kind: str
    industry: str
    place: Division
    products: tuple[str, ...]
    about: str
    closing: str
    jobs: int


@cache
def postings() -> tuple[TruePosting, ...]:
    """Every employer has dice of its own, so that a new line in the data changes little elsewhere."""
    employers = enumerate(_employers(), 1)
    drawn = [p for number, employer in employers for p in _postings_of(employer, Random(f"{SEED}/{number}"))]
    return tuple(_numbered(number, make) for number, make in enumerate(drawn, 1))


def _numbered(number: int, wording: Wording) -> TruePosting:
    return write(wording, number, TODAY)


def _employers() -> Iterator[_Employer]:
    for known in known_employers():
        yield _of_known(known, Random(f"{SEED}/{known.name}"))
    names: set[str] = set()
    for number in count(1):
        if len(names) == EMPLOYERS:
            return
        made = _made_up(Random(f"{SEED}/employer/{number}"))
        if made.name not in names:
            names.add(made.name)
            yield made


def _of_known(known: KnownEmployer, dice: Random) -> _Employer:
    place = next(place for place in workplaces() if place.short_name == known.place)
    return _Employer(
        known.name, known.brand, known.kind, known.industry, place, known.products, *_said(dice), known.jobs
    )


def _said(dice: Random) -> tuple[str, str]:
    return dice.choice(passages("about")), dice.choice(passages("closing"))


def _made_up(dice: Random) -> _Employer:
    """Named after a model of the sample: its kind and trade, another place and brand."""
    city = City.DONGGUAN if dice.random() < 0.6 else City.SHAOGUAN
    model = dice.choice([e for e in tables.employers() if e.is_in_dongguan == (city is City.DONGGUAN)])
    place = dice.choice(_places(city))
    brand = dice.choice(passages("brand")) + dice.choice(["", *"达兴隆和美"])
    where = f"东莞市{place.short_name}" if city is City.DONGGUAN and dice.random() < 0.7 else place.name
    name = f"{where}{brand}{model.industry}有限公司"
    products = tuple(product for product in model.products if product) or (model.industry,)
    return _Employer(
        name, brand, model.kind, model.industry, place, products, *_said(dice), dice.choice((2, 3, 4, 5, 6, 7))
    )


@cache
def _places(city: City) -> tuple[Division, ...]:
    """Every workplace, the busy ones more often; the city itself stands for advertisements that name no town."""
    here = [place for place in workplaces() if place.city is city]
    return tuple(place for place in here for _ in range(_BUSY if place.short_name in _BUSY_PLACES else 1))


def _postings_of(employer: _Employer, dice: Random) -> Iterator[Wording]:
    possible = [(job, which) for job in jobs_of(employer.kind) for which in range(len(job.titles))]
    chosen = dice.sample(possible, min(employer.jobs, len(possible)))
    for everyday in dice.sample(everyday_jobs(employer.kind), _EVERYDAY):
        chosen.append((everyday, dice.randrange(len(everyday.titles))))
    for job, which in chosen:
        for _ in range(2 if dice.random() < _AGAIN_SHARE else 1):
            yield _posting(employer, job, which, dice)


def _posting(employer: _Employer, job: Job, which: int, dice: Random) -> Wording:
    aside = dice.sample(asides(employer.kind), 1) if dice.random() < 0.3 else []
    duties = (
        [job.duties[which % len(job.duties)]] if job.is_paired else dice.sample(job.duties, min(2, len(job.duties)))
    )
    requirement = dice.choice(job.requirements)
    stated = _stated(job.titles[which] + "".join(duties))
    if any(fact in _clashing(stated) for fact in _stated(requirement)):
        requirement = ""
    share = dice.uniform(0.92, 1.18) * (1 if employer.place.city is City.DONGGUAN else _SHAOGUAN_PAY)
    low, high = (round(amount * share / 100) * 100 for amount in job.pay)
    published = TODAY - timedelta(int(dice.random() ** 2 * 90))
    return Wording(
        title=job.titles[which],
        trade=trade_of_title()[job.titles[which]],
        job=job,
        employer=employer.name,
        brand=employer.brand,
        kind=employer.kind,
        industry=employer.industry,
        place=employer.place,
        street=f"{dice.choice(passages('street'))}{dice.randrange(1, 300)}号",
        product=dice.choice(employer.products if job in jobs_of(employer.kind) else ("产品",)),
        about=employer.about,
        closing=employer.closing,
        duties=(*duties, *aside),
        requirement=requirement,
        pay=None if job.is_hourly or dice.random() < 0.08 else (low, high),
        facts=_facts(employer.kind, [*stated, *_stated(requirement)], dice),
        openings=dice.choice((None, 1, 1, 2, 2, 3, 5, 8, 10, 20, 30, 50)),
        published=published,
        confirmed=published + timedelta(dice.randrange((TODAY - published).days + 1)),
        is_over=dice.random() < _OVER_SHARE,
        dice=Random(f"{SEED}/{dice.random()}"),
    )


def _stated(text: str) -> list[str]:
    """Facts that duties or requirements say already."""
    said = [name for name, fact in facts().items() if any(form in text for form in (name, *fact.forms))]
    return [*said, *(["日结"] if "当天结算" in text else [])]


def _clashing(names: Iterable[str]) -> set[str]:
    return {other for name in names for other in facts()[name].not_with}


def _facts(kind: str, stated: list[str], dice: Random) -> tuple[str, ...]:
    """What is true of this job, nothing that contradicts itself."""
    chosen = dict.fromkeys(stated)
    for name, percent in offers(kind).items():
        if dice.random() * 100 < percent and name not in _clashing(chosen):
            chosen.setdefault(name)
    brought = {name for known in chosen for name in facts()[known].brings}
    return tuple(name for name in chosen if name not in brought)
