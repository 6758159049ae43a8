"""Standings (进展): how far each commitment is, as values and pure rules; of every kind, not only of postings.

In: a commitment, amounts done by its members, a local day. Out: `CommitmentStanding`s with a `State`. What a cluster
did beyond its own goal does not make up for another cluster's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from config.targets import Commitment, Thresholds
from exchange.counting import percent
from exchange.forecasting import Forecast
from exchange.paces import YearShape, expectation


class State(StrEnum):
    """How a commitment stands on a day."""

    DONE = "done"
    AHEAD = "ahead"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        return {"done": "已完成", "ahead": "领先", "on_pace": "按进度", "behind": "落后", "overdue": "逾期"}[self.value]


@dataclass(frozen=True, slots=True)
class Done:
    """What one member has done: by the ledger, and as people recorded it (of years before the platform, or of what
    only people can count)."""

    counted: int = 0
    recorded: int = 0

    @property
    def all(self) -> int:
        return self.counted + self.recorded


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """One cluster or town, or ("") all together."""

    member: str
    name: str
    goal: int
    done: int
    recorded: int  # of `done`, by hand
    expected: int
    state: State

    @property
    def percent(self) -> float:
        return percent(self.done, self.goal)


@dataclass(frozen=True, slots=True)
class CommitmentStanding:
    commitment: Commitment
    goal: int  # of all members together
    done: int
    recorded: int  # of `done`, by hand, never a credit
    of_which_carried: int
    openings: int  # 0 where openings are not what is counted
    fulfilled: int  # what counts towards the goal: no member more than its own
    expected: int
    expected_words: str  # the pace it rests on
    forecast: Forecast | None
    state: State
    members: tuple[MemberStanding, ...]

    @property
    def percent(self) -> float:
        """Of the goal, members' surplus left out; of postings all that is done."""
        return percent(self.done if self.commitment.is_by_postings else self.fulfilled, self.goal)

    @property
    def expected_percent(self) -> float:
        return percent(self.expected, self.goal)

    @property
    def lead(self) -> float:
        """Percentage points ahead of the pace; negative when behind."""
        return round(self.percent - self.expected_percent, 1)

    @property
    def missing(self) -> tuple[MemberStanding, ...]:
        """Members short of their goal."""
        return tuple(member for member in self.members if member.done < member.goal)


@dataclass(frozen=True, slots=True)
class Standings:
    """All commitments of a year at one moment of the ledger."""

    year: int
    as_of: datetime
    ledger_sequence: int
    commitments: tuple[CommitmentStanding, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """What a commitment by postings has besides its amount."""

    carried: int = 0
    openings: int = 0
    forecast: Forecast | None = None
    shape: YearShape | None = None


_PLAIN = Extent()


def state_of(done: int, goal: int, expected: int, day: date, due: date, thresholds: Thresholds) -> State:
    """On the local day asked about."""
    if done >= goal:
        return State.DONE
    if day > due:
        return State.OVERDUE
    lead = 100 * (done - expected) / goal
    if lead <= -thresholds.behind and done < expected:
        return State.BEHIND
    return State.AHEAD if lead >= thresholds.ahead and done > expected else State.ON_PACE


def standing(
    commitment: Commitment,
    names: Mapping[str, str],
    done: Mapping[str, Done],
    day: date,
    thresholds: Thresholds,
    extent: Extent = _PLAIN,
) -> CommitmentStanding:
    """`names`: the members bound by it, code → name ({"": …} for all together); `done`: what each has done. What
    somebody outside did (a town no longer paired) counts into the sum and towards no goal."""
    members = tuple(
        _member(commitment, member, name, done.get(member, Done()), day, thresholds, extent.shape)
        for member, name in names.items()
    )
    goal = sum(member.goal for member in members)
    amount = sum(one.all for one in done.values())
    fulfilled = sum(min(member.done, member.goal) for member in members)
    expected = sum(member.expected for member in members)
    counting = amount if commitment.is_by_postings else fulfilled
    return CommitmentStanding(
        commitment=commitment,
        goal=goal,
        done=amount,
        recorded=sum(one.recorded for one in done.values()),
        of_which_carried=extent.carried if commitment.count_carried else 0,
        openings=extent.openings,
        fulfilled=fulfilled,
        expected=expected,
        expected_words=expectation(commitment, goal, day, extent.shape).words,
        forecast=extent.forecast,
        state=state_of(counting, goal, expected, day, commitment.due, thresholds) if goal else State.ON_PACE,
        members=members,
    )


def _member(
    commitment: Commitment, member: str, name: str, done: Done, day: date, thresholds: Thresholds,
    shape: YearShape | None,
) -> MemberStanding:  # fmt: skip
    goal = commitment.cluster_goals.get(member, commitment.goal)
    expected = expectation(commitment, goal, day, shape).amount
    state = state_of(done.all, goal, expected, day, commitment.due, thresholds)
    return MemberStanding(member, name, goal, done.all, done.recorded, expected, state)
