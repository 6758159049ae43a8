"""The figures of a report (数据), as the ledger gives them; no words yet.

In: sums that exchange.store.report_figures reads. Out: frozen `Figures`. To report more, add a part here and gather it
in `gathering`; the wording, the findings and the tables follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from exchange.counting import percent


class BasisKind(StrEnum):
    SNAPSHOT = "snapshot"
    LEDGER = "ledger"  # no snapshot was taken then: worked out from the ledger as of that moment
    PARTIAL = "partial"  # the period is not over


@dataclass(frozen=True, slots=True)
class Basis:
    """What the numbers rest on: everything up to this sequence, which this ledger page ends with."""

    kind: BasisKind
    at: datetime
    sequence: int
    page: int
    page_hash: str
    snapshot: str = ""  # kind/period of the snapshot, as quarter/2026-Q3
    digest: str = ""  # SHA-256 of the snapshot, as the ledger's event tells it


@dataclass(frozen=True, slots=True)
class Amount:
    postings: int = 0
    openings: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.postings + other.postings, self.openings + other.openings)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.postings - other.postings, self.openings - other.openings)


@dataclass(frozen=True, slots=True)
class DirectionFigures:
    """One direction (流向): this period, the year so far, the year before. None: nothing to compare with."""

    direction: str
    goal: int | None
    expected: int | None  # by the period's end, at the commitment's pace
    pace_words: str  # what that rests on
    new: Amount
    total: Amount
    carried: int  # 结转, shown apart
    last_year_new: Amount | None
    months: tuple[int, ...]  # postings of each month so far
    last_year_months: tuple[int, ...]  # all twelve, () when the platform has none
    pace: tuple[int, ...]  # expected by each month's end, () without a goal
    recorded: tuple[int, ...] = ()  # of each month so far, by hand: from before the platform
    last_year_recorded: int = 0  # of the whole year before, by hand
    share: float | None = None  # of all clusters' postings, percent
    rank: int | None = None  # among the clusters

    @property
    def by_hand(self) -> int:
        return sum(self.recorded)

    @property
    def done(self) -> int:
        """This year so far: counted, and recorded by hand."""
        return self.total.postings + self.by_hand

    @property
    def percent(self) -> float | None:
        return percent(self.done, self.goal) if self.goal else None

    @property
    def lead(self) -> float | None:
        """Percentage points ahead of the pace; negative when behind."""
        if not self.goal or self.expected is None:
            return None
        return round(percent(self.done, self.goal) - percent(self.expected, self.goal), 1)


@dataclass(frozen=True, slots=True)
class ClusterFigures:
    code: str  # "" is 未归组团
    name: str
    new: Mapping[str, Amount]  # by direction
    total: Mapping[str, Amount]
    report: str = ""  # how far its own report is, in Chinese
    goals: Mapping[str, int] = field(default_factory=dict)  # its own, by direction, where the office has set them


def short_name(organisation: str) -> str:
    """As people call it: 长安镇人社分局."""
    return organisation.replace("人力资源和社会保障", "人社")


@dataclass(frozen=True, slots=True)
class Provider:
    organisation: str
    name: str
    new: Amount


@dataclass(frozen=True, slots=True)
class Correction:
    """What became known later about a month that was reported already."""

    year: int
    month: int
    direction: str
    change: Amount


@dataclass(frozen=True, slots=True)
class Intake:
    """What was handed in during the period and what became of it."""

    batches: int
    received: int
    outcomes: Mapping[str, int]  # by outcome
    refused: Mapping[str, int]  # rows by the code of their problem


@dataclass(frozen=True, slots=True)
class Figures:
    day: date  # the last local day the numbers cover
    directions: tuple[DirectionFigures, ...]
    clusters: tuple[ClusterFigures, ...]  # of the office's report
    providers: tuple[Provider, ...]
    corrections: tuple[Correction, ...]
    uncounted: Mapping[str, int]  # in the period, by reason
    held: int  # waiting for a reviewer
    intake: Intake
    expiring: int | None  # within thirty days; None when the numbers are of a moment long past
