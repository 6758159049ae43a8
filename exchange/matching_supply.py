"""Matching (匹配) a supply notice with one open posting of the other city, as pure rules.

In: a `Wish` and a `Candidate`. Out: a `Match`: a score of 0–100 and its parts in words, so that nobody has to trust a
bare number. A wish that was not stated weighs nothing: the rest is scaled to 100.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.divisions import division
from search.benefits import with_implied
from search.folding import fold_name

WEIGHTS = {"occupation": 40, "pay": 25, "place": 15, "benefits": 15, "room": 5}
LEAST = 40  # a match below this is not shown
_SIMILAR = 0.6  # found by the search, but the title does not hold the word
_NEGOTIABLE = 0.5
_OTHER_PLACE = 0.3  # the right city, another town


@dataclass(frozen=True, slots=True)
class Wish:
    """What a notice wishes for. `occupation` is the word by which the posting was found."""

    occupation: str
    workers: int
    pay_min: int | None  # CNY a month
    from_on: date
    benefits: Sequence[str]
    places: Sequence[str]  # division codes


@dataclass(frozen=True, slots=True)
class Candidate:
    title: str
    division: str
    salary_min: int | None  # CNY a month
    salary_max: int | None
    negotiable: bool
    benefits: Sequence[str]
    openings: int | None
    valid_through: date


@dataclass(frozen=True, slots=True)
class Part:
    """One thing compared: how far it fits (0–1), and the words for it."""

    name: str
    fits: float
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    score: int
    parts: tuple[Part, ...]

    @property
    def is_shown(self) -> bool:
        return self.score >= LEAST

    @property
    def in_words(self) -> str:
        return "；".join(part.words for part in self.parts)


def match(wish: Wish, candidate: Candidate) -> Match:
    parts = [part for part in (_occupation(wish, candidate), _pay(wish, candidate), _place(wish, candidate),
                               _benefits(wish, candidate), _room(wish, candidate)) if part]  # fmt: skip
    whole = sum(WEIGHTS[part.name] for part in parts)
    score = sum(WEIGHTS[part.name] * part.fits for part in parts) * 100 / whole
    return Match(round(score), tuple(parts))


def _occupation(wish: Wish, candidate: Candidate) -> Part:
    if fold_name(wish.occupation) in fold_name(candidate.title):
        return Part("occupation", 1, f"岗位名称含“{wish.occupation}”")
    return Part("occupation", _SIMILAR, f"搜“{wish.occupation}”找到，名称不含这个词")


def _pay(wish: Wish, candidate: Candidate) -> Part | None:
    if wish.pay_min is None:
        return None
    most = candidate.salary_max or candidate.salary_min
    if most is None:
        words = "薪资面议" if candidate.negotiable else "薪资未写明数额"
        return Part("pay", _NEGOTIABLE, f"{words}，期望 {wish.pay_min:,} 元")
    if (candidate.salary_min or most) >= wish.pay_min:
        return Part("pay", 1, f"薪资 {_range(candidate)}，达到期望的 {wish.pay_min:,} 元")
    if most >= wish.pay_min:
        return Part("pay", 0.8, f"薪资 {_range(candidate)}，上限达到期望的 {wish.pay_min:,} 元")
    fits = max(0.0, 1 - (wish.pay_min - most) / wish.pay_min * 3)  # a third less pay fits not at all
    return Part("pay", fits, f"薪资 {_range(candidate)}，比期望的 {wish.pay_min:,} 元低 {wish.pay_min - most:,} 元")


def _range(candidate: Candidate) -> str:
    amounts = [amount for amount in (candidate.salary_min, candidate.salary_max) if amount is not None]
    return "–".join(f"{amount:,}" for amount in dict.fromkeys(amounts)) + " 元"


def _place(wish: Wish, candidate: Candidate) -> Part | None:
    if not wish.places:
        return None
    place = division(candidate.division)
    if {place.code, place.parent} & set(wish.places):
        return Part("place", 1, f"在{place.name}，是希望去的地方")
    wished = "、".join(division(code).name for code in wish.places)
    return Part("place", _OTHER_PLACE, f"在{place.name}，不在希望去的{wished}")


def _benefits(wish: Wish, candidate: Candidate) -> Part | None:
    if not wish.benefits:
        return None
    offered = with_implied(candidate.benefits)
    has = [name for name in wish.benefits if name in offered]
    lacks = [name for name in wish.benefits if name not in offered]
    words = "，".join(
        sentence for sentence in (has and f"{'、'.join(has)}有", lacks and f"没写{'、'.join(lacks)}") if sentence
    )
    return Part("benefits", len(has) / len(wish.benefits), words)


def _room(wish: Wish, candidate: Candidate) -> Part:
    """How many of the workers find a place there, and whether it still takes people when they can come."""
    if candidate.valid_through < wish.from_on:
        return Part("room", 0, f"招到 {_day(candidate.valid_through)}，早于可到岗的 {_day(wish.from_on)}")
    if candidate.openings is None:
        return Part("room", 0.5, "招聘人数未写明")
    taken = min(candidate.openings, wish.workers)
    return Part("room", taken / wish.workers, f"招 {candidate.openings} 人，可接收其中 {taken} 人")


def _day(value: date) -> str:
    return f"{value.month}月{value.day}日"
