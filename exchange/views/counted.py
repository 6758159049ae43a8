"""The counts of a year for pages and API, as they stand in this request's view of the store.

In: a year or none. Out: `Count` and daily figures. They follow from the ledger and the day alone, so they are kept
until the ledger's head or the day moves on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

from flask import current_app

from exchange.counting import Count
from exchange.store.counting import count, daily_counted
from exchange.store.ledger import head_sequence
from exchange.views.current import current_exchange, session, today

_KEY = "guanshao-counts"


@dataclass(frozen=True, slots=True)
class CountedYear:
    count: Count
    daily: Mapping[str, Mapping[date, int]]  # direction → local day → postings counted


class KeptCounts:
    """Years already worked out for one head of the ledger and one day."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: tuple[int, date] | None = None
        self._years: dict[int, CountedYear] = {}

    def get(self, year: int) -> CountedYear:
        state = (head_sequence(session()), today())
        with self._lock:
            if self._state != state:
                self._state, self._years = state, {}
            known = self._years.get(year)
        if known is None:
            known = _work_out(year)
            with self._lock:
                if self._state == state:
                    self._years[year] = known
        return known


def counted_year(year: int | None) -> CountedYear:
    """Of this year when none is asked for; `as_of` is now."""
    kept: KeptCounts = current_app.extensions.setdefault(_KEY, KeptCounts())
    known = kept.get(year or today().year)
    return replace(known, count=replace(known.count, as_of=current_exchange().store.clock()))


def count_of(year: int | None) -> Count:
    return counted_year(year).count


def _work_out(year: int) -> CountedYear:
    found = count(session(), year, current_exchange().store.clock())
    directions = {str(commitment.direction) for commitment in found.commitments}
    daily = {d: daily_counted(session(), year, d, found.ledger_sequence) for d in directions}
    return CountedYear(found, daily)
