"""The one door to a report's numbers: everything is read here, put together, and handed on in words.

In: a session, whose report of which period, what it rests on. Out: `ReportContent`. Richer figures of commitments
(goals of clusters, years before the platform, fairs) come in through `_goals` and `Figures`.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from config.targets import Commitment
from config.words import Direction, Uncounted
from exchange.clock import local_day
from exchange.counting import percent
from exchange.credits import COUNTED
from exchange.reports.content import ReportContent
from exchange.reports.figures import Amount, Basis, BasisKind, ClusterFigures, DirectionFigures, Figures
from exchange.reports.period import Subject
from exchange.reports.states import UNDRAFTED
from exchange.reports.writing import write_content
from exchange.store import report_figures as sums
from exchange.store.counting import UNASSIGNED_NAME, commitments_of
from exchange.store.overview import cluster_names
from exchange.store.report_annex import annex_rows
from exchange.store.report_basis import find_basis
from exchange.store.reports import report_words, sequence_reported
from exchange.store.setup import is_demonstration, pairing_on

_EXPIRING_DAYS = 30
_RECENT = timedelta(days=7)  # what expires soon is told while it is still to come


class UnknownSubject(Exception):
    """There is no cluster with this code."""


def gather_content(session: Session, subject: Subject, basis: Basis, now: datetime) -> ReportContent:
    """Raises UnknownSubject."""
    names = cluster_names(session)
    if subject.cluster and subject.cluster not in names:
        raise UnknownSubject(subject.cluster)
    figures = gather_figures(session, subject, basis, now)
    annex = annex_rows(session, subject.period, basis.sequence, subject.cluster or None)
    content = write_content(subject, names.get(subject.cluster, ""), figures, basis, local_day(now))
    return replace(
        content,
        demonstration=is_demonstration(session),
        annex=annex,
        annex_size=len(annex),
        directions=directions_as_json(figures),
    )


def directions_as_json(figures: Figures) -> tuple[Mapping[str, object], ...]:
    """What the store keeps of the figures, to be compared when they are worked out again."""
    return tuple(
        {
            "direction": str(one.direction),
            "new": asdict(one.new),
            "total": asdict(one.total),
            "months": list(one.months),
            "goal": one.goal,
        }
        for one in figures.directions
    )


def is_counted_right(cube: sums.Cube, subject: Subject, content: ReportContent) -> bool:
    """Whether the ledger gives the report's numbers again. Goals may have changed since.

    `cube`: monthly sums of the report's year, up to where its numbers end.
    """
    until = min(subject.period.last, local_day(content.basis.at))
    return all(
        asdict(_sum(cube, subject, subject.period.months, told["direction"])) == told["new"]
        and [_sum(cube, subject, range(m, m + 1), told["direction"]).postings for m in range(1, until.month + 1)]
        == told["months"]
        for told in content.directions
    )


def gather_figures(session: Session, subject: Subject, basis: Basis, now: datetime) -> Figures:
    period, cluster = subject.period, subject.cluster or None
    day = min(period.last, local_day(basis.at))
    cube = sums.monthly_sums(session, (period.year - 1, period.year), basis.sequence)
    paired = pairing_on(session, day)
    divisions = None if cluster is None else [code for code, of in paired.items() if of == cluster]
    recent = basis.kind is BasisKind.PARTIAL or now - period.end < _RECENT
    return Figures(
        day=day,
        directions=_directions(session, subject, cube, day),
        clusters=() if cluster else _clusters(session, subject, cube),
        providers=sums.providers(session, period.year, period.months, basis.sequence, cluster),
        corrections=sums.late_corrections(
            session, period.first, _reported_until(session, subject, now), basis.sequence, cluster
        ),
        uncounted=_uncounted(cube, subject),
        held=_sum(cube, subject, range(1, 13), reason=Uncounted.HELD).postings,
        intake=sums.intake(session, period.first, day, basis.at, divisions),
        expiring=sums.expiring(session, local_day(now), _EXPIRING_DAYS, divisions) if recent else None,
    )


def _reported_until(session: Session, subject: Subject, now: datetime) -> int:
    """The sequence with which the report before this one ended, or would have."""
    before = Subject(subject.period.before, subject.cluster)
    reported = sequence_reported(session, before.id)
    return reported if reported is not None else find_basis(session, before.period, now).sequence


def _directions(session: Session, subject: Subject, cube: sums.Cube, day: date) -> tuple[DirectionFigures, ...]:
    goals = _goals(session, subject)
    return tuple(_direction(subject, cube, day, direction, goals.get(direction)) for direction in Direction)


def _goals(session: Session, subject: Subject) -> dict[str, Commitment]:
    """By direction. A cluster has a goal of its own only where the office has set one."""
    if subject.cluster:
        return {}
    return {str(found.direction): found for found in commitments_of(session, subject.period.year)}


def _direction(
    subject: Subject, cube: sums.Cube, day: date, direction: Direction, commitment: Commitment | None
) -> DirectionFigures:
    period = subject.period
    until = range(1, day.month + 1)
    total = _sum(cube, subject, until, direction)
    carried = _sum(cube, subject, until, direction, Uncounted.CARRIED)
    last_year = tuple(_sum(cube, subject, range(m, m + 1), direction, ago=1).postings for m in range(1, 13))
    comparable = any(last_year[: period.months[-1]])  # else the platform had not begun by then
    share, rank = _standing(cube, subject, until, direction)
    return DirectionFigures(
        direction=direction,
        goal=commitment.goal if commitment else None,
        expected=commitment.expected_by(day) if commitment else None,
        new=_sum(cube, subject, period.months, direction),
        total=total + carried if commitment and commitment.count_carried else total,
        carried=carried.postings,
        last_year_new=_sum(cube, subject, period.months, direction, ago=1) if comparable else None,
        months=tuple(_sum(cube, subject, range(m, m + 1), direction).postings for m in until),
        last_year_months=last_year if any(last_year) else (),
        pace=tuple(commitment.expected_by(end) for end in _month_ends(period.year)) if commitment else (),
        share=share,
        rank=rank,
    )


def _month_ends(year: int) -> list[date]:
    return [date(year, m + 1, 1) - timedelta(days=1) for m in range(1, 12)] + [date(year, 12, 31)]


def _sum(
    cube: sums.Cube, subject: Subject, months: range, direction: str = "", reason: str = COUNTED, ago: int = 0
) -> Amount:
    year = subject.period.year - ago
    wanted = (
        amount
        for (y, m, d, c, r), amount in cube.items()
        if y == year and m in months and r == reason and direction in {"", d} and subject.cluster in {"", c}
    )
    return sum(wanted, Amount())


def _standing(cube: sums.Cube, subject: Subject, until: range, direction: str) -> tuple[float | None, int | None]:
    """(share of all postings in percent, rank among the clusters) of a cluster's report."""
    if not subject.cluster:
        return None, None
    totals: dict[str, int] = {}
    for (year, month, found, cluster, reason), amount in cube.items():
        if (year, found, reason) == (subject.period.year, direction, COUNTED) and month in until:
            totals[cluster] = totals.get(cluster, 0) + amount.postings
    mine = totals.get(subject.cluster, 0)
    if not mine:
        return None, None
    better = [number for cluster, number in totals.items() if cluster and number > mine]
    return percent(mine, sum(totals.values())), len(better) + 1


def _clusters(session: Session, subject: Subject, cube: sums.Cube) -> tuple[ClusterFigures, ...]:
    """All of them, 未归组团 last, so that they add up to the total."""
    found = []
    states = report_words(session, subject.period)
    months, until = subject.period.months, range(1, subject.period.months[-1] + 1)
    for code, name in [*cluster_names(session).items(), ("", UNASSIGNED_NAME)]:
        part = {key: amount for key, amount in cube.items() if key[3] == code}
        new = {str(d): _sum(part, subject, months, d) for d in Direction}
        total = {str(d): _sum(part, subject, until, d) for d in Direction}
        found.append(ClusterFigures(code, name, new, total, states.get(code, UNDRAFTED)))
    return tuple(found)


def _uncounted(cube: sums.Cube, subject: Subject) -> dict[str, int]:
    reasons = {reason for *_, reason in cube if reason not in {COUNTED, Uncounted.CARRIED}}
    found = {reason: _sum(cube, subject, subject.period.months, reason=reason).postings for reason in reasons}
    return {reason: number for reason, number in sorted(found.items(), key=lambda one: -one[1]) if number}
