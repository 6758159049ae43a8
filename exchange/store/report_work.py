"""What else was done, for reports: figures recorded by hand, as they stood at the report's sequence.

In: years, a sequence number. Out: frozen values; what was recorded or changed later is not in them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from exchange.store.promised import promises_at


@dataclass(frozen=True, slots=True)
class RecordedAmount:
    """A recorded figure or a correction of one (signed)."""

    commitment: str
    year: int
    member: str  # "" is all together
    day: date
    amount: int


def recorded_amounts(session: Session, years: Iterable[int], sequence: int) -> list[RecordedAmount]:
    wanted = set(years)
    return [
        RecordedAmount(
            told["commitment"], told["year"], told["member"], date.fromisoformat(told["day"]), int(told["amount"])
        )
        for told in promises_at(session, sequence).figures.values()
        if told["year"] in wanted
    ]
