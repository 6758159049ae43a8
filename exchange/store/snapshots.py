"""Snapshots (快照): the counts as they stood at the end of an hour or a day, with the ledger page they cover.

In: a store and a kind. Out: one row per kind and local period; a second call in the same period keeps the first.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from exchange.clock import LOCAL, iso, local_day
from exchange.counting import Count
from exchange.models import Snapshot
from exchange.store.counting import count
from exchange.store.database import Store
from exchange.store.ledger import head_page

Kind = Literal["hour", "day"]
_PERIODS = {"hour": "%Y-%m-%dT%H", "day": "%Y-%m-%d"}


def take_snapshot(store: Store, kind: Kind) -> bool:
    """False when this period has one already."""
    with store.write(actor="system") as transaction:
        session, now = transaction.session, transaction.now
        period = now.astimezone(LOCAL).strftime(_PERIODS[kind])
        if session.get(Snapshot, (kind, period)) is not None:
            return False
        page = head_page(session)
        session.add(
            Snapshot(
                kind=kind,
                period=period,
                at=now,
                page=page.number if page else 0,
                page_hash=page.hash if page else "",
                counts=snapshot_json(count(session, local_day(now).year, now)),
            )
        )
        return True


def snapshot_json(counted: Count) -> dict[str, Any]:
    plain = asdict(counted)
    moment: datetime = plain["as_of"]
    return plain | {"as_of": iso(moment)}
