"""The steps of a fair: which may follow which, and what is locked from when on.

In: a state and what is known of the licence. Out: yes or no. planned → checked → published → held → reported; any of
them may be cancelled, which is the end.
"""

from datetime import date, datetime, timedelta

from exchange.fairs.words import FairState

_NEXT = {
    FairState.PLANNED: FairState.CHECKED,
    FairState.CHECKED: FairState.PUBLISHED,
    FairState.PUBLISHED: FairState.HELD,
    FairState.HELD: FairState.REPORTED,
}
LOCKED = ("starts_at", "ends_at", "online", "place", "address", "expected", "by_government")
COUNTED = (FairState.HELD, FairState.REPORTED)  # as fairs held, against what the plan asks for
COUNTABLE = (FairState.PUBLISHED, FairState.HELD)  # staff may count visitors
_COUNTED_FROM = timedelta(hours=12)
FINISHED = (FairState.HELD, FairState.REPORTED, FairState.CANCELLED)


def may_follow(state: FairState, wanted: FairState) -> bool:
    if wanted is FairState.CANCELLED:
        return state is not FairState.CANCELLED
    return _NEXT.get(state) is wanted


def is_editable(state: FairState) -> bool:
    """Words, exhibitors and papers before the fair; afterwards there are results only."""
    return state not in FINISHED


def is_counting(state: FairState, starts_at: datetime, now: datetime) -> bool:
    """Staff may count: from some hours before it opens until it is reported."""
    return state in COUNTABLE and now >= starts_at - _COUNTED_FROM


def is_locked(state: FairState, licence_applied_on: date | None) -> bool:
    """Time, place and size stay as the police were asked about them, and as people were told."""
    return licence_applied_on is not None or state not in {FairState.PLANNED, FairState.CHECKED}


def after_change(state: FairState) -> FairState:
    """What was checked is checked again once it is changed; what is published stays published."""
    return FairState.PLANNED if state is FairState.CHECKED else state
