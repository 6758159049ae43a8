"""Postings drawn from the vocabulary of the project's sample: its employers' trades, its jobs, its wording of pay.

In: a seed, a channel, a day. Out: an endless row of postings without two of one employer, title and place, and their
spoiled, corrected and copied forms. No two employers' names are nearly alike, nor does one employer use two channels:
whatever meets across channels was copied on purpose.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import count
from random import Random
from typing import Any

from config.divisions import division
from config.words import City
from ingest.sample.tables import Employer, employers, jobs, read_data
from ingest.sample.wording import PAY_STYLES, PLAIN_STYLES, Pay
from tests.site.postings import CHANNELS, SOME, Channel, Flaw, Posting

_MOST_JOBS = 6  # of one employer
_VALID_DAYS = (40, 120)  # from the day it is first listed
_SHAOGUAN_PAY = 0.77  # against Dongguan
_AWAY = 0.04  # a workplace in the other city: the direction follows it, not the channel
# 101 signs: (a, b, a + 2b) modulo a prime gives names of which any two differ in two signs at least
_SIGNS = (
    "晨曜珩沣睿昶泓焱栢玥岭沁昱禾佰岚翎樱屿谷云栖棠榆境澄岬昊珑铸坤釉瓷墨渊乔桦杉柏枫"
    "松竹梅兰芷若薇蕙荷莲苓芸茗菁菱葵蓝锦绣绮纶织缇绫纱霓虹霁霞雯露霖雪冰涵澜波涛海洋江"
    "河溪泉潭渔舟帆航远达通畅顺利昌盛荣华富宏"
)
_STRIDE = 7919  # neighbours in number are none in name


@dataclass(frozen=True, slots=True)
class Firm:
    name: str
    like: Employer  # whose trade, town and products it shares
    jobs: tuple[str, ...]


def draw_postings(seed: int, channel: Channel, start: date) -> Iterator[Posting]:
    """Without end. They are drawn in one order, whenever they are needed; `listed_on` gives them their days."""
    serial = count(1)
    own = list(CHANNELS).index(channel.id)
    for number in count():
        firm = _draw_firm(seed, channel.city, number * len(CHANNELS) + own)
        titles: set[str] = set()
        for job in firm.jobs:
            reference = f"{channel.prefix}{own}{next(serial):06d}"
            posting = _draw_posting(Random(f"{seed}/{reference}"), channel, firm, job, reference, start)
            if posting.title not in titles:
                titles.add(posting.title)
                yield posting


def _draw_firm(seed: int, city: City, number: int) -> Firm:
    dice = Random(f"{seed}/firm/{number}")
    like = dice.choice(_models(city))
    first, second = divmod(number * _STRIDE + seed, len(_SIGNS))
    signs = "".join(_SIGNS[place % len(_SIGNS)] for place in (first, second, first + 2 * second))
    place = division(like.division)
    root = f"东莞市{place.short_name}" if city is City.DONGGUAN else place.name
    known = _jobs_of(city, like.kind)
    return Firm(f"{root}{signs}{like.industry}有限公司", like, tuple(dice.sample(known, min(_MOST_JOBS, len(known)))))


@cache
def _jobs_of(city: City, kind: str) -> list[str]:
    return sorted({name for employer in _models(city) if employer.kind == kind for name, _ in employer.jobs})


@cache
def _models(city: City) -> tuple[Employer, ...]:
    """Employers of the sample in towns and counties of this city."""
    return tuple(e for e in employers() if division(e.division).city is city and division(e.division).kind != "city")


def _draw_posting(dice: Random, channel: Channel, firm: Firm, job: str, reference: str, start: date) -> Posting:
    kind, like = jobs()[job], firm.like
    title = dice.choice(kind.titles)
    duties = kind.duties[kind.titles.index(title) % len(kind.duties)] if kind.is_paired else dice.choice(kind.duties)
    styles = [style for style in kind.styles if style in PLAIN_STYLES] or ["range"]
    style = dice.choice(styles if channel.id == "sg-jsonld" else kind.styles)
    pay = _draw_pay(dice, channel.city, kind.pay)
    there = dice.choice(_models(_other(channel.city))) if dice.random() < _AWAY else like
    town = division(there.division)
    place = ("东莞市" if town.city is City.DONGGUAN else "韶关市") + town.name
    return Posting(
        reference=reference,
        key=reference,
        title=title,
        employer=firm.name,
        industry=like.industry,
        division=town.code,
        place=place,
        address=place + there.place.removeprefix(town.name),
        pay=pay,
        style=style,
        salary=PAY_STYLES[style](pay, dice),
        openings=SOME if dice.random() < 0.04 else dice.choice((1, 2, 3, 5, 8, 10, 20, 30)),
        education=kind.education,
        experience=kind.experience,
        type="兼职" if style == "hour_part" else kind.type,
        duties=duties.format(p=dice.choice(like.products)),
        requirements=dice.choice(kind.requirements),
        benefits=_draw_benefits(dice, like),
        person=like.person,
        phone=like.phone,
        published=start,
        until=start + timedelta(dice.randint(*_VALID_DAYS)),
        changed=start,
    )


def _other(city: City) -> City:
    return City.SHAOGUAN if city is City.DONGGUAN else City.DONGGUAN


def _draw_pay(dice: Random, city: City, usual: tuple[int, int]) -> Pay:
    share = dice.uniform(0.95, 1.06) * (1 if city is City.DONGGUAN else _SHAOGUAN_PAY)
    low, high = (round(amount * share / 100) * 100 for amount in usual)
    return Pay(low, high, 2100, 20) if city is City.DONGGUAN else Pay(low, high, 1800, 18)


@cache
def _perks() -> dict[str, Any]:
    return read_data("perks.toml")


def _draw_benefits(dice: Random, like: Employer) -> tuple[str, ...]:
    perks = _perks()
    group = perks[str(perks["group"].get(like.kind, like.kind))]
    return (dice.choice(group["first"]), *dice.sample(group["rest"], 2))


@cache
def _dirt() -> dict[str, list[Any]]:
    """Unlawful requirements, places elsewhere and dresses of titles that the sample knows."""
    known = read_data("dirt.toml")
    rows = known["row"]
    return {
        "unlawful": [row["requirements"] for row in rows if row["expect"] == "held" and row.get("requirements")],
        "elsewhere": [row["place"] for row in rows if row.get("code") == "division.outside"],
        "dress": [copy["title"] for copy in known["copy"] if copy["title"] != "{}"],
    }


def listed_on(posting: Posting, day: date) -> Posting:
    """The same posting, first listed on this day."""
    return replace(posting, published=day, until=posting.until + (day - posting.published), changed=day)


def spoil(posting: Posting, flaw: Flaw, dice: Random) -> Posting:
    changes: dict[Flaw, dict[str, Any]] = {
        Flaw.NO_PAY: {"salary": ""},
        Flaw.NO_OPENINGS: {"openings": None},
        Flaw.PAST: {"until": posting.published - timedelta(12), "published": posting.published - timedelta(80)},
        Flaw.UNLAWFUL: {"requirements": dice.choice(_dirt()["unlawful"])},
        Flaw.NO_EMPLOYER: {"employer": ""},
    }
    if flaw is Flaw.ELSEWHERE:
        place = dice.choice(_dirt()["elsewhere"])
        return replace(posting, flaw=flaw, place=place, address=place)
    return replace(posting, flaw=flaw, **changes.get(flaw, {}))


def correct(posting: Posting, day: date) -> Posting:
    """Another pay; one that was missing is now told."""
    pay = replace(posting.pay, low=posting.pay.low + 200, high=posting.pay.high + 300)
    flaw = Flaw.NONE if posting.flaw is Flaw.NO_PAY else posting.flaw
    return replace(posting, pay=pay, style="range", salary=f"{pay.low}-{pay.high}元/月", changed=day, flaw=flaw)


def copy_into(posting: Posting, channel: Channel, number: int, day: date, dice: Random) -> Posting:
    """The same job as another channel words it."""
    return replace(
        listed_on(posting, day),
        reference=f"{channel.prefix}{list(CHANNELS).index(channel.id)}9{number:05d}",
        title=dice.choice(_dirt()["dress"]).format(posting.title),
        salary=f"{posting.pay.low}-{posting.pay.high}",
        style="range",
    )
