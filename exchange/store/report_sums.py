"""Sums of credits by month as they stood at one sequence number, and what changed of earlier months between two.

In: years, sequence numbers. Out: `Cube`s, the same today and in ten years for the same sequence. Read from the sums
kept up by month and by day; of the credits only those of a day that was not over at that sequence are added up.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from exchange.clock import LOCAL
from exchange.credits import COUNTED
from exchange.models import Credit, DayTally, LedgerPage, Tally
from exchange.reports.figures import Amount, Correction
from exchange.store.counting import Boundary, day_boundary
from exchange.store.ledger import head_sequence

_KEYS = ("year", "month", "direction", "cluster", "reason")
_YEARS_BACK = 5  # so much later something may still be taken back of a year
# (year, month, direction, cluster, reason) → sum
Cube = Mapping[tuple[int, int, str, str, str], Amount]


def monthly_sums(session: Session, years: Iterable[int], sequence: int) -> Cube:
    """As the ledger had them at that sequence."""
    wanted = sorted(years)
    if sequence >= head_sequence(session):
        return _add_up(session, Tally, wanted)
    boundary = day_boundary(session, sequence)
    if boundary is None:
        return {}
    if _is_last_of_its_day(session, boundary, sequence):
        return _add_up(session, DayTally, wanted, col(DayTally.day) <= boundary.day)
    before = _add_up(session, DayTally, wanted, col(DayTally.day) < boundary.day)
    within = col(Credit.sequence).between(boundary.first, sequence)
    return _joined(before, _add_up(session, Credit, wanted, within))


def late_corrections(
    session: Session, first: date, after: int, sequence: int, cluster: str | None
) -> tuple[Correction, ...]:
    """What became of counted months before `first` between the two sequences: reported already, now different."""
    years = range(first.year - _YEARS_BACK, first.year + 1)
    reported, now = (monthly_sums(session, years, until) for until in (after, sequence))
    changes: dict[tuple[int, int, str], Amount] = defaultdict(Amount)
    for key in {*reported, *now}:
        year, month, direction, of, reason = key
        if reason == COUNTED and (year, month) < (first.year, first.month) and cluster in {None, of}:
            changes[year, month, direction] += now.get(key, Amount()) - reported.get(key, Amount())
    return tuple(Correction(*key, change) for key, change in sorted(changes.items()) if change != Amount())


def _add_up(session: Session, model: Any, years: list[int], *which: Any) -> Cube:
    keys = [col(getattr(model, name)) for name in _KEYS]
    if model is Credit:
        sums = (func.sum(col(Credit.sign)), func.sum(col(Credit.sign) * col(Credit.openings)))
    else:
        sums = (func.sum(model.postings), func.sum(model.openings))
    query = sql_select(*keys, *sums).where(keys[0].in_(years), *which).group_by(*keys)
    rows = session.connection().execute(query)
    return {(row[0], row[1], row[2], row[3], row[4]): Amount(int(row[5]), int(row[6])) for row in rows}


def _joined(first: Cube, second: Cube) -> Cube:
    return {key: first.get(key, Amount()) + second.get(key, Amount()) for key in {*first, *second}}


def _is_last_of_its_day(session: Session, boundary: Boundary, sequence: int) -> bool:
    midnight = datetime.combine(boundary.day, time(), LOCAL)
    of_the_day = col(LedgerPage.at) >= midnight, col(LedgerPage.at) < midnight + timedelta(days=1)
    later = select(LedgerPage.number).where(*of_the_day, LedgerPage.last_sequence > sequence).limit(1)
    return session.exec(later).first() is None
