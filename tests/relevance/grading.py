"""The guide of docs/relevance.md as rules: how well a posting answers what a query means, 0 to 3.

In: an intent and a posting's truth. Out: a grade. No engine is asked, and nothing here knows one.
First what the job is (trade, employer or words: 3, 2, 1 or 0), then what each condition costs.
"""

import csv
import math
from collections.abc import Callable
from functools import cache

from config.divisions import division
from config.words import Education
from tests.relevance.folding import plain, stands_in
from tests.relevance.queries import Intent
from tests.relevance.trades import DATA, kinship, names
from tests.relevance.truth import TruePosting

BEST, GOOD, SOME = 3, 2, 1
NEXT_DOOR_KM, AROUND_KM, STILL_AROUND_KM = 12.0, 15.0, 25.0
SHORT_PAY = 0.9  # of what was asked: a little less is doubtful, not wrong
# What a condition costs: met; met otherwise; not known to be met, or nearly; known not to be met.
MET, OTHERWISE, DOUBTFUL, MISSED = 0, 1, 2, 3
_EDUCATION = list(Education)


def grade(intent: Intent, posting: TruePosting) -> int:
    if posting.is_over or intent.nothing or _is_excluded(intent, posting):
        return 0
    if intent.phrase and not stands_in(intent.phrase, posting.text):
        return 0
    left = _subject(intent, posting)
    for cost in _CONDITIONS:
        if left <= 0:
            return 0
        left -= cost(intent, posting)
    return max(0, left)


def _is_excluded(intent: Intent, posting: TruePosting) -> bool:
    return posting.place in intent.without_place or any(stands_in(word, posting.text) for word in intent.without)


def _subject(intent: Intent, posting: TruePosting) -> int:
    """What the advertisement is about, against what was asked for: trade, employer or words."""
    if intent.trade:
        job = max(_trade(trade, posting) for trade in intent.trade)
        if not intent.brand:
            return job
        # Another job of the employer that was named, or this job of another one, are worth a look.
        return max(job, SOME) if posting.brand == intent.brand else SOME if job == BEST else 0
    if intent.brand:
        return BEST if posting.brand == intent.brand else SOME if stands_in(intent.brand, posting.heading) else 0
    return _words(intent.words, posting) if intent.words else BEST


@cache
def _trade(asked: str, posting: TruePosting) -> int:
    return kinship(asked, posting.trade) or (SOME if any(name in posting.job for name in _plain_names(asked)) else 0)


@cache
def _plain_names(trade: str) -> tuple[str, ...]:
    return tuple(plain(name) for name in names(trade))


def _words(words: tuple[str, ...], posting: TruePosting) -> int:
    there = sum(stands_in(word, posting.text) for word in words)
    if there == len(words):
        return BEST if all(stands_in(word, posting.heading) for word in words) else GOOD
    return SOME if there * 2 >= len(words) else 0


def _further_words(intent: Intent, posting: TruePosting) -> int:
    """Beside a trade, words are a condition like another."""
    if not intent.trade or all(stands_in(word, posting.text) for word in intent.words):
        return MET
    return DOUBTFUL


def _place(intent: Intent, posting: TruePosting) -> int:
    return min((_away(asked, posting.place) for asked in intent.place), default=MET)


def _away(asked: str, place: str) -> int:
    if asked == place:
        return MET
    if division(asked).city != division(place).city:
        return MISSED
    if division(asked).kind == "city":
        return MET
    return DOUBTFUL if division(place).kind == "city" or kilometres(asked, place) <= NEXT_DOOR_KM else MISSED


def _near(intent: Intent, posting: TruePosting) -> int:
    if not intent.near or intent.near == posting.place:
        return MET
    if division(posting.place).kind == "city":
        return DOUBTFUL if division(posting.place).city == division(intent.near).city else MISSED
    away = kilometres(intent.near, posting.place)
    return MET if away <= AROUND_KM else OTHERWISE if away <= STILL_AROUND_KM else MISSED


def _city(intent: Intent, posting: TruePosting) -> int:
    return MISSED if intent.city and posting.document.city != intent.city else MET


def _pay(intent: Intent, posting: TruePosting) -> int:
    if not intent.pay or (posting.pay and posting.pay[1] >= intent.pay):
        return MET
    return DOUBTFUL if posting.pay is None or posting.pay[1] >= SHORT_PAY * intent.pay else MISSED


def _has(intent: Intent, posting: TruePosting) -> int:
    missing = [fact for fact in intent.has if fact not in posting.facts]
    return sum(MISSED if fact in posting.against else DOUBTFUL for fact in missing)


def _type(intent: Intent, posting: TruePosting) -> int:
    return MISSED if intent.type and posting.document.employment_type != intent.type else MET


def _experience(intent: Intent, posting: TruePosting) -> int:
    if not intent.no_experience or not posting.years:
        return MET
    return DOUBTFUL if posting.years == 1 else MISSED


def _education(intent: Intent, posting: TruePosting) -> int:
    if not intent.education or posting.document.education == intent.education:
        return MET
    asked, offered = (_EDUCATION.index(Education(e)) for e in (intent.education, posting.document.education))
    return OTHERWISE if offered < asked else MISSED


def _openings(intent: Intent, posting: TruePosting) -> int:
    return DOUBTFUL if intent.openings and (posting.document.openings or 0) < intent.openings else MET


def _employer(intent: Intent, posting: TruePosting) -> int:
    is_other = (intent.kind and posting.kind not in intent.kind) or (
        intent.industry and posting.industry not in intent.industry
    )
    return DOUBTFUL if is_other else MET


_CONDITIONS: tuple[Callable[[Intent, TruePosting], int], ...] = (
    _place, _near, _city, _pay, _has, _type, _experience, _education, _openings, _employer, _further_words,
)  # fmt: skip


@cache
def _coordinates() -> dict[str, tuple[float, float]]:
    lines = (DATA / "places.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["code"]: (float(row["latitude"]), float(row["longitude"])) for row in rows}


@cache
def kilometres(one: str, other: str) -> float:
    """Between two workplaces; places whose position is not known count as far."""
    if not {one, other} <= _coordinates().keys():
        return math.inf
    (latitude, longitude), (to_latitude, to_longitude) = _coordinates()[one], _coordinates()[other]
    middle = math.radians((latitude + to_latitude) / 2)
    east = math.radians(to_longitude - longitude) * math.cos(middle)
    return 6371 * math.hypot(math.radians(to_latitude - latitude), east)
