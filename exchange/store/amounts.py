"""Amounts: what the members of a commitment have done, by the way it is counted.

In: a commitment that is not counted from postings, and a moment. Out: member → `Done`. A way of counting is a function
in COUNTERS; what has no books of its own yet is counted from what people recorded.
"""

from collections.abc import Callable, Mapping

from sqlmodel import Session

from config.targets import Commitment, CountedBy
from exchange.standings import Done
from exchange.store.counting import Moment
from exchange.store.figures import Amounts

Counter = Callable[[Session, Commitment, Moment], Mapping[str, int]]

COUNTERS: dict[CountedBy, Counter] = {}  # besides recorded figures, which are always added


def done_by_members(
    session: Session, commitment: Commitment, moment: Moment, recorded: Amounts
) -> dict[str, Done]:  # fmt: skip
    """`recorded`: exchange.store.figures.amounts of that year and moment."""
    counter = COUNTERS.get(commitment.counted_by)
    counted = counter(session, commitment, moment) if counter is not None else {}
    by_hand = {member: amount for (code, member), amount in recorded.items() if code == commitment.code}
    return {
        member: Done(counted.get(member, 0), by_hand.get(member, 0)) for member in sorted({*counted, *by_hand})
    }
