"""The counts of a year for pages and API, as they stand in this request's view of the store, or stood at a moment.

In: a year or none, a past moment or none. Out: `Count`, standings, clusters and daily figures. Those of now follow from
the ledger and the day alone, so they are kept until the ledger's head or the day moves on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import Any, TypeVar

from flask import current_app

from config.words import Direction
from exchange.counting import Count
from exchange.gap import GapKind, GapLine
from exchange.paces import YearShape
from exchange.standings import CommitmentStanding, Standings
from exchange.store.clusters import ClusterStanding, cluster_standings
from exchange.store.counting import Moment, count_at, daily_counted, moment_of, shape_before
from exchange.store.gap import gap_lines
from exchange.store.ledger import head_sequence
from exchange.store.standings import standings
from exchange.views.current import current_exchange, session, today

_KEY = "guanshao-counts"
Known = TypeVar("Known")
Daily = Mapping[str, Mapping[date, int]]  # direction → local day → postings counted


@dataclass(frozen=True, slots=True)
class CountedYear:
    count: Count
    moment: Moment
    daily: Daily
    last_year: Daily
    shapes: Mapping[str, YearShape | None]  # direction → how the year before came in
    standings: Standings
    clusters: tuple[ClusterStanding, ...]

    @property
    def year(self) -> int:
        return self.count.year

    @property
    def day(self) -> date:
        """The local day that pace and forecast are about."""
        return self.moment.day

    @property
    def by_postings(self) -> list[CommitmentStanding]:
        """The two big lines."""
        return [one for one in self.standings.commitments if one.commitment.is_by_postings]

    @property
    def others(self) -> list[CommitmentStanding]:
        return [one for one in self.standings.commitments if not one.commitment.is_by_postings]


class KeptCounts:
    """Years already worked out for one head of the ledger and one day."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: tuple[int, date] | None = None
        self._kept: dict[tuple[str, int], Any] = {}

    def year(self, year: int) -> CountedYear:
        return self._get("year", year, lambda: _work_out(year, moment_of(session(), current_exchange().store.clock())))

    def gap(self, year: int, cluster: str) -> list[GapLine]:
        """Of one cluster, one direction after the other: so every query finds its rows by the index."""
        return self._get(f"gap of {cluster}", year, lambda: _gap(year, cluster))

    def _get(self, what: str, year: int, work_out: Callable[[], Known]) -> Known:
        state = (head_sequence(session()), today())
        with self._lock:
            if self._state != state:
                self._state, self._kept = state, {}
            known: Known | None = self._kept.get((what, year))
        if known is None:
            known = work_out()
            with self._lock:
                if self._state == state:
                    self._kept[what, year] = known
        return known


def counted_year(year: int | None, as_of: datetime | None = None) -> CountedYear:
    """Of this year when none is asked for; as of now when no moment is."""
    wanted = year or today().year
    if as_of is not None:
        return _work_out(wanted, moment_of(session(), current_exchange().store.clock(), as_of))
    known = _kept().year(wanted)
    return replace(known, count=replace(known.count, as_of=current_exchange().store.clock()))


def gap_of(year: int, cluster: str) -> list[GapLine]:
    """What would close the gap of one cluster, as of now; "" is 未归组团."""
    return _kept().gap(year, cluster)


def count_of(year: int | None) -> Count:
    return counted_year(year).count


def _gap(year: int, cluster: str) -> list[GapLine]:
    found = [line for direction in Direction for line in gap_lines(session(), year, today(), direction, cluster)]
    order = list(GapKind)
    return sorted(found, key=lambda line: order.index(line.kind))


def _kept() -> KeptCounts:
    kept: KeptCounts = current_app.extensions.setdefault(_KEY, KeptCounts())
    return kept


def _work_out(year: int, moment: Moment) -> CountedYear:
    thresholds = current_exchange().configuration.thresholds
    directions = [str(direction) for direction in Direction]
    return CountedYear(
        count=count_at(session(), year, moment),
        moment=moment,
        daily={d: daily_counted(session(), year, d, moment.sequence) for d in directions},
        last_year={d: daily_counted(session(), year - 1, d, moment.sequence) for d in directions},
        shapes={d: shape_before(session(), year, d, moment.sequence) for d in directions},
        standings=standings(session(), year, moment, thresholds),
        clusters=cluster_standings(session(), year, moment, thresholds),
    )
