"""Tallies (合计): sums of credits per month and per day, kept up as credits are written, so that no page adds them up.

In: credits of one transaction, or sums that anybody worked out. Out: rows of tally and day_tally. The sums here are
also what `verify` recounts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from exchange.ledger import CreditRow
from exchange.models import DayTally, Tally

MonthKey = tuple[int, int, str, str, str]
DayKey = tuple[int, str, date, str, str, int]
MONTH_KEYS = ("year", "month", "direction", "cluster", "reason")
DAY_KEYS = ("year", "reason", "day", "direction", "cluster", "month")
_KEYS = {Tally: MONTH_KEYS, DayTally: DAY_KEYS}
_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def month_sums(credits: Iterable[CreditRow]) -> dict[MonthKey, list[int]]:
    """(year, month, direction, cluster, reason) → [postings, openings]."""
    sums: dict[MonthKey, list[int]] = defaultdict(lambda: [0, 0])
    for credit in credits:
        total = sums[credit.year, credit.month, credit.direction, credit.cluster, credit.reason]
        total[0] += credit.sign
        total[1] += credit.sign * credit.openings
    return sums


def day_sums(credits: Iterable[CreditRow], day: date) -> dict[DayKey, list[int]]:
    """(year, reason, day, direction, cluster, month) → [postings, openings] of credits written on that local day."""
    return {
        (year, reason, day, direction, cluster, month): total
        for (year, month, direction, cluster, reason), total in month_sums(credits).items()
    }


def add_up(session: Session, model: type[Tally] | type[DayTally], sums: Mapping[Any, list[int]]) -> None:
    """Add these sums to those that are there."""
    if not sums:
        return
    keys = _KEYS[model]
    connection = session.connection()
    table = model.__table__  # type: ignore[union-attr]
    rows = [dict(zip((*keys, "postings", "openings"), (*key, *total), strict=True)) for key, total in sums.items()]
    insert = _INSERTS[connection.dialect.name](table)
    added = {name: table.c[name] + insert.excluded[name] for name in ("postings", "openings")}
    connection.execute(insert.on_conflict_do_update(index_elements=list(keys), set_=added), rows)
