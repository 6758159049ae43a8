"""The world (世界) behind the stand-in site: what each channel lists on each day. The same seed gives the same days.

In: a seed, the number of postings a channel begins with, the first day. Out: `World`: go to a day, see what is listed
then, ask for the truth. Each day brings some new postings, some corrected pay, some copies of another channel's jobs,
and takes some away; most stay as they are.

A job that was copied keeps its pay, and its original stays listed for `_KEPT_DAYS` after the copy came: two channels
that were both pulled once in that time have shown the job as one. A copy never goes.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from tests.site.drawing import copy_into, correct, draw_postings, listed_on, spoil
from tests.site.postings import CHANNELS, Flaw, Posting
from tests.site.truth import Truth, tell_truth

FIRST_DAY = date(2026, 3, 12)
_NEW, _CORRECTED, _GONE, _DIRTY = 0.07, 0.06, 0.05, 0.15  # parts of what is listed; of what is new
_COPIED = 0.06  # on the first day; afterwards one every second day
_KEPT_DAYS = 3
_Listing = dict[str, tuple[Posting, ...]]  # by channel
_DIRT = [flaw for flaw in Flaw if flaw is not Flaw.NONE]


@dataclass(frozen=True, slots=True)
class News:
    """References, of one channel."""

    new: frozenset[str]
    changed: frozenset[str]
    gone: frozenset[str]
    same: frozenset[str]


class World:
    def __init__(self, seed: int = 1, jobs: int = 24, start: date = FIRST_DAY) -> None:
        self.seed, self.jobs, self.start = seed, jobs, start
        self._drawn = {channel.id: draw_postings(seed, channel, start) for channel in CHANNELS.values()}
        self._copied: dict[str, int] = {}  # key of an original → number of the day it was last copied
        self._copies = self._spoiled = 0
        self._days: list[_Listing] = [self._first_day()]
        self._today = 0

    @property
    def today(self) -> date:
        return self.start + timedelta(self._today)

    @property
    def days(self) -> list[date]:
        """From the first to today."""
        return [self.start + timedelta(number) for number in range(self._today + 1)]

    def go_to(self, day: int | date) -> "World":
        """A day, or the number of days since the first. Days that were passed over happen too."""
        number = day if isinstance(day, int) else (day - self.start).days
        if number < 0:
            raise ValueError(f"the world begins on {self.start}")
        while len(self._days) <= number:
            self._days.append(self._next_day(len(self._days)))
        self._today = number
        return self

    def listed(self, channel: str, day: date | None = None) -> tuple[Posting, ...]:
        return self._days[self._number(day)][channel]

    def changed_at(self, channel: str) -> datetime:
        """When the channel's list last became another: at midnight, UTC, of that day."""
        number = self._today
        while number and self._days[number][channel] == self._days[number - 1][channel]:
            number -= 1
        return datetime.combine(self.start + timedelta(number), time(0), UTC)

    def news(self, channel: str, since: date) -> News:
        """What became of the channel's list between a day and today."""
        before = {posting.reference: posting for posting in self.listed(channel, since)}
        now = {posting.reference: posting for posting in self.listed(channel)}
        both = before.keys() & now.keys()
        return News(
            new=frozenset(now.keys() - before.keys()),
            changed=frozenset(name for name in both if before[name] != now[name]),
            gone=frozenset(before.keys() - now.keys()),
            same=frozenset(name for name in both if before[name] == now[name]),
        )

    def truth(self, channel: str | None = None, pulled: Mapping[str, Collection[date]] | None = None) -> Truth:
        """What a platform must know today that pulled each channel whole on these days (every day, when not told)."""
        chosen = [channel] if channel else list(CHANNELS)
        seen: dict[str, list[tuple[date, tuple[Posting, ...]]]] = {}
        for name in chosen:
            days = [day for day in self.days if pulled is None or day in pulled.get(name, ())]
            seen[name] = [(day, self.listed(name, day)) for day in days]
        return tell_truth(seen, self.today)

    def _number(self, day: date | None) -> int:
        return self._today if day is None else (day - self.start).days

    def _first_day(self) -> _Listing:
        listing: _Listing = {}
        for channel in CHANNELS:
            dice = Random(f"{self.seed}/{channel}/0")
            listing[channel] = tuple(self._draw(channel, self.start, dice) for _ in range(self.jobs))
        copies = max(1, round(self.jobs * _COPIED))
        return {channel: (*own, *self._copy(channel, listing, 0, copies)) for channel, own in listing.items()}

    def _next_day(self, number: int) -> _Listing:
        day, before = self.start + timedelta(number), self._days[-1]
        listing: _Listing = {}
        for channel, listed in before.items():
            dice = Random(f"{self.seed}/{channel}/{number}")
            stayed = tuple(self._stay(listed, day, number, dice))
            new = max(1, round(len(listed) * _NEW * dice.uniform(0.5, 1.5)))
            listing[channel] = (*stayed, *(self._draw(channel, day, dice) for _ in range(new)))
        if number % 2:
            return listing
        return {channel: (*own, *self._copy(channel, listing, number, 1)) for channel, own in listing.items()}

    def _stay(self, listed: tuple[Posting, ...], day: date, number: int, dice: Random) -> Iterator[Posting]:
        for posting in listed:
            chance = dice.random()
            copied = self._copied.get(posting.key)
            may_go = copied is None or (posting.key == posting.reference and number > copied + _KEPT_DAYS)
            if chance < _GONE and may_go:
                continue
            may_change = copied is None and posting.flaw in {Flaw.NONE, Flaw.NO_PAY}
            yield correct(posting, day) if _GONE < chance < _GONE + _CORRECTED and may_change else posting

    def _draw(self, channel: str, day: date, dice: Random) -> Posting:
        posting = listed_on(next(self._drawn[channel]), day)
        if dice.random() >= _DIRTY:
            return posting
        self._spoiled += 1  # each flaw in turn, so that none is missing from a small world
        return spoil(posting, _DIRT[self._spoiled % len(_DIRT)], dice)

    def _copy(self, channel: str, listing: _Listing, number: int, many: int) -> Iterator[Posting]:
        """Jobs of the next channel of the same city, each copied once."""
        dice = Random(f"{self.seed}/{channel}/{number}/copies")
        city = [name for name in CHANNELS if CHANNELS[name].city is CHANNELS[channel].city]
        origin = city[(city.index(channel) + 1) % len(city)]
        fit = [p for p in listing[origin] if p.flaw is Flaw.NONE and p.pay_is_plain and p.key not in self._copied]
        for posting in dice.sample(fit, min(many, len(fit))):
            self._copied[posting.key] = number
            self._copies += 1
            day = self.start + timedelta(number)
            yield copy_into(posting, CHANNELS[channel], self._copies, day, dice)
