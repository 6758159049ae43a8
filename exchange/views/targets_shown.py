"""What /targets and /clusters/<code> show of a counted year: cluster lines, charts, addresses that keep both.

In: a `CountedYear`, a direction, a cluster. Out: plain values for the templates.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from config.targets import CountedBy, Scope
from config.words import Direction, label
from exchange.clock import LOCAL, iso
from exchange.standings import CommitmentStanding, MemberStanding
from exchange.store.clusters import ClusterStanding, counted_days
from exchange.store.counting import UNASSIGNED
from exchange.store.figures import amounts, first_day_of_the_platform
from exchange.store.promised import commitments_of
from exchange.views.chart import ChartFacts, YearChart, pace_of, year_chart
from exchange.views.counted import CountedYear
from exchange.views.current import session


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """One cluster with both directions; sums of all lines, 未归组团 included, are the totals."""

    code: str
    name: str
    by_direction: Mapping[str, ClusterStanding]
    fairs: MemberStanding | None  # what it has held of the fairs promised; None where nothing is

    @property
    def is_assigned(self) -> bool:
        return self.code != UNASSIGNED

    @property
    def in_credits(self) -> str:
        """The code as credits have it."""
        return self.code if self.is_assigned else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The year and moment that every link of the page keeps."""

    year: int
    as_of: str = ""

    def kept(self) -> dict[str, Any]:
        return {"year": self.year, **({"as_of": self.as_of} if self.as_of else {})}

    def to(self, endpoint: str, **more: Any) -> str:
        return url_for(endpoint, **self.kept(), **more)

    def postings(self, direction: str, cluster: str | None = None, reason: str = "") -> str:
        """The list behind a number. `cluster` "" is 未归组团."""
        more = {"direction": direction, "cluster": UNASSIGNED if cluster == "" else cluster, "reason": reason}
        given = {name: value for name, value in more.items() if value}
        return self.to("targets_postings.listing", **given)


@dataclass(frozen=True, slots=True)
class EarlierYear:
    """A year that the platform did not see from its beginning: what people recorded of it."""

    year: int
    direction: str
    goal: int
    recorded: int


def asked_of(counted: CountedYear) -> Asked:
    return Asked(counted.year, "" if counted.moment.is_now else iso(counted.moment.at.astimezone(LOCAL)))


def cluster_lines(counted: CountedYear) -> list[ClusterLine]:
    fairs = {member.member: member for member in _fairs(counted)}
    lines: dict[str, dict[str, ClusterStanding]] = {}
    for one in counted.clusters:
        lines.setdefault(one.cluster, {})[str(one.direction)] = one
    return [
        ClusterLine(code, next(iter(both.values())).name, both, fairs.get(code)) for code, both in lines.items()
    ]


def sorted_lines(lines: list[ClusterLine], order: str) -> list[ClusterLine]:
    """The most first; for fairs, those that have held none."""
    if order == "fair":
        return sorted(lines, key=lambda line: (line.fairs is None, line.fairs.done if line.fairs else 0))
    direction = order.removesuffix("-openings")
    if direction not in set(Direction):
        return lines
    unit = 0 if order == direction else 1
    return sorted(lines, key=lambda line: -line.by_direction[direction].year[unit])


def whole_charts(counted: CountedYear) -> list[YearChart]:
    """One for each direction that is promised."""
    return [_whole_chart(counted, one) for one in counted.by_postings]


def cluster_charts(counted: CountedYear, line: ClusterLine) -> list[YearChart]:
    """The same for one cluster; without a goal of its own there is no pace."""
    promised = {str(one.commitment.direction): one.commitment for one in counted.by_postings}
    daily = _days_of(counted, line.in_credits, counted.year)
    before = _days_of(counted, line.in_credits, counted.year - 1)
    charts = []
    for direction, one in line.by_direction.items():
        commitment = promised.get(direction)
        pace = pace_of(commitment, one.goal, counted.shapes[direction]) if commitment and one.goal else ()
        charts.append(
            year_chart(
                ChartFacts(
                    title=label(Direction(direction)),
                    year=counted.year,
                    day=counted.day,
                    daily=daily.get(direction, {}),
                    done=one.year.postings,
                    goal=one.goal or 0,
                    pace=pace,
                    last_year=before.get(direction, {}),
                )
            )
        )
    return charts


def earlier_years(counted: CountedYear, years: Iterable[int]) -> list[EarlierYear]:
    """Years of the plan before the platform, with what was entered by hand."""
    first = first_day_of_the_platform(session())
    found = []
    for year in years:
        if first is None or year >= first.year:
            continue
        recorded = amounts(session(), year, counted.moment.past_sequence)
        for one in commitments_of(session(), year):
            found.append(EarlierYear(year, str(one.direction), one.goal, recorded.get((one.code, ""), 0)))
    return found


def _fairs(counted: CountedYear) -> tuple[MemberStanding, ...]:
    for one in counted.standings.commitments:
        if one.commitment.counted_by is CountedBy.FAIRS and one.commitment.scope is Scope.CLUSTER:
            return one.members
    return ()


def _whole_chart(counted: CountedYear, one: CommitmentStanding) -> YearChart:
    direction = str(one.commitment.direction)
    daily = dict(counted.daily.get(direction, {}))
    if one.recorded:  # what was entered by hand is older than the platform: it stands before the first day
        first = date(counted.year, 1, 1)
        daily[first] = daily.get(first, 0) + one.recorded
    return year_chart(
        ChartFacts(
            title=one.commitment.name,
            year=counted.year,
            day=counted.day,
            daily=daily,
            done=one.done,
            goal=one.goal,
            pace=pace_of(one.commitment, one.goal, counted.shapes[direction]),
            forecast=one.forecast,
            last_year=counted.last_year.get(direction, {}),
        )
    )


def _days_of(counted: CountedYear, cluster: str, year: int) -> dict[str, dict[date, int]]:
    """Direction → local day → postings."""
    days: dict[str, dict[date, int]] = {}
    for row in counted_days(session(), counted.moment, year=year):
        if row.cluster == cluster:
            mine = days.setdefault(row.direction, {})
            mine[row.day] = mine.get(row.day, 0) + row.postings
    return days
