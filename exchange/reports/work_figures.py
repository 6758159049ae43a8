"""What was done besides postings (工作数据), as values: fairs, activities, supply, policies, other commitments.

In: rows and events that exchange.store.report_work reads. Out: frozen `WorkFigures`; no words yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from exchange.activities import ActivityKind, ActivityState, Figure
from exchange.fairs.steps import COUNTED
from exchange.fairs.words import FairState, TallyKind

_MONEY = "元"


@dataclass(frozen=True, slots=True)
class PromiseFigures:
    """A commitment that is not counted from postings, of those it binds here."""

    code: str
    name: str
    unit: str  # in Chinese
    goal: int
    done: int
    fulfilled: int  # of the goal: what one did beyond its own does not make up for another
    expected: int
    due: date
    missing: tuple[str, ...] = ()  # names of those short of their goal

    @property
    def shown_unit(self) -> str:
        """Money is told in ten thousands, as official papers do."""
        return f"万{self.unit}" if self.unit == _MONEY else self.unit

    def shown(self, amount: int) -> int | float:
        """In `shown_unit`."""
        if self.unit != _MONEY:
            return amount
        return amount // 10_000 if amount % 10_000 == 0 else round(amount / 10_000, 1)

    def told(self, amount: int) -> str:
        return f"{self.shown(amount)}{self.shown_unit}"


@dataclass(frozen=True, slots=True)
class FairFigures:
    id: str
    name: str
    place: str
    cluster: str
    on: date
    state: FairState
    employers: int = 0
    postings: int = 0
    openings: int = 0
    results: Mapping[TallyKind, int] = field(default_factory=dict)  # none before they were reported

    @property
    def is_held(self) -> bool:
        return self.state in COUNTED

    @property
    def is_to_come(self) -> bool:
        return not self.is_held and self.state is not FairState.CANCELLED


@dataclass(frozen=True, slots=True)
class ActivityFigures:
    id: str
    kind: ActivityKind
    name: str
    place: str
    cluster: str
    on: date  # its last day
    state: ActivityState
    participants: int = 0
    figures: Mapping[Figure, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SupplyFigures:
    notices: int = 0
    workers: int = 0
    contacted: int = 0
    interviewed: int = 0
    hired: int = 0


@dataclass(frozen=True, slots=True)
class ShortageFigures:
    """As of today: only told while the period is just over."""

    employers: int = 0
    openings: int = 0
    relocated: int = 0
    worst: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkFigures:
    promises: tuple[PromiseFigures, ...] = ()
    fairs: tuple[FairFigures, ...] = ()  # of the year, whatever became of them, by day
    activities: tuple[ActivityFigures, ...] = ()  # likewise
    supply: SupplyFigures = SupplyFigures()
    shortage: ShortageFigures | None = None
    policies: tuple[str, ...] = ()  # in force during the period, examples left out
    cluster_names: Mapping[str, str] = field(default_factory=dict)

    def fairs_held(self, first: date, last: date) -> list[FairFigures]:
        return [fair for fair in self.fairs if fair.is_held and first <= fair.on <= last]

    def held(self, first: date, last: date, *kinds: ActivityKind) -> list[ActivityFigures]:
        return [
            one
            for one in self.activities
            if one.state is ActivityState.HELD and one.kind in kinds and first <= one.on <= last
        ]
