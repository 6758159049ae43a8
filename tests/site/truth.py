"""The truth: what a platform that pulled the stand-in site must show and count, worked out without the platform.

In: for each channel, the days it was pulled whole and what it listed then. Out: `Truth`. It stands on the labels that
postings were drawn with, not on reading them. A posting is counted when

- it has an employer, a title, a workplace in one of the cities, openings (若干 is enough) and pay (面议 and 计件 are
  enough), its validity is not past, and no word of it is unlawful: that is `Flaw.NONE`;
- some pulled list had it so: what is closed later stays counted, what was mended later counts from then on;
- the job behind it (`key`) was not counted before, in another channel or on another day. It belongs to the year in
  which it was first counted. Its direction is that of its workplace; its openings are those of that first time.

It must be open when the last pull of its channel listed it in an acceptable form, or any pull did where the channel
is no full list, and its validity is not past. A job is open while one of its channels says so.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from config.words import Direction
from tests.site.postings import CHANNELS, Flaw, Posting

Seen = Sequence[tuple[date, Sequence[Posting]]]  # days in order


@dataclass(frozen=True, slots=True)
class Truth:
    records: int  # that the last pulls brought
    open: frozenset[str]  # keys of jobs
    held: frozenset[str]
    rejected: int  # records of the last pulls
    counted: Mapping[Direction, int]
    openings: Mapping[Direction, int] = field(default_factory=dict)  # of what is counted


def tell_truth(seen: Mapping[str, Seen], today: date) -> Truth:
    last = [posting for days in seen.values() if days for posting in days[-1][1]]
    standing = [posting for channel, days in seen.items() for posting in _standing(channel, days)]
    first = _first_counted(seen, today.year)
    counted, openings = Counter(dict.fromkeys(Direction, 0)), Counter(dict.fromkeys(Direction, 0))
    for posting in first:
        counted[posting.direction] += 1
        openings[posting.direction] += posting.openings or 0
    return Truth(
        records=len(last),
        open=frozenset(p.key for p in standing if p.flaw.is_shown and p.until >= today),
        held=frozenset(p.key for p in standing if p.flaw is Flaw.UNLAWFUL),
        rejected=sum(posting.flaw.is_rejected for posting in last),
        counted=dict(counted),
        openings=dict(openings),
    )


def _standing(channel: str, days: Seen) -> Sequence[Posting]:
    """Each posting as it was last seen, where it still stands."""
    if not days:
        return ()
    if CHANNELS[channel].full_list:
        return days[-1][1]
    return list({posting.reference: posting for _, listed in days for posting in listed}.values())


def _first_counted(seen: Mapping[str, Seen], year: int) -> list[Posting]:
    """One posting for each job first counted in this year, as it was then."""
    first: dict[str, tuple[date, Posting]] = {}
    by_day = sorted(((day, listed) for days in seen.values() for day, listed in days), key=lambda pull: pull[0])
    for day, listed in by_day:
        for posting in listed:
            if posting.flaw is Flaw.NONE and posting.until >= day:
                first.setdefault(posting.key, (day, posting))
    return [posting for day, posting in first.values() if day.year == year]
