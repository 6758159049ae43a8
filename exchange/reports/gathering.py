"""The one door to a report's numbers: everything is read here, put together, and handed on in words.

In: a session, whose report of which period, what it rests on. Out: `ReportContent`. Figures of postings are read
here and in `directions`, what else was done in exchange.store.report_work.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from config.words import Direction, Uncounted
from exchange.clock import local_day
from exchange.credits import COUNTED
from exchange.reports.content import ReportContent
from exchange.reports.directions import directions_of, sum_of
from exchange.reports.figures import Basis, BasisKind, ClusterFigures, Figures
from exchange.reports.period import Subject
from exchange.reports.states import UNDRAFTED
from exchange.reports.writing import write_content
from exchange.store import report_figures as sums
from exchange.store.counting import UNASSIGNED_NAME, commitments_of
from exchange.store.overview import cluster_names
from exchange.store.report_annex import annex_rows
from exchange.store.report_basis import find_basis
from exchange.store.report_sums import Cube, late_corrections, monthly_sums
from exchange.store.reports import report_words, sequence_reported
from exchange.store.setup import is_demonstration, pairing_on

_EXPIRING_DAYS = 30
_RECENT = timedelta(days=7)  # what expires soon is told while it is still to come


class UnknownSubject(Exception):
    """There is no cluster with this code."""


def gather_content(
    session: Session, subject: Subject, basis: Basis, now: datetime, with_annex: bool = True
) -> ReportContent:
    """Without the annex it costs the same however many postings there are. Raises UnknownSubject."""
    names = cluster_names(session)
    if subject.cluster and subject.cluster not in names:
        raise UnknownSubject(subject.cluster)
    figures = gather_figures(session, subject, basis, now)
    annex = annex_rows(session, subject.period, basis.sequence, subject.cluster or None) if with_annex else ()
    content = write_content(subject, names.get(subject.cluster, ""), figures, basis, local_day(now))
    return replace(
        content,
        demonstration=is_demonstration(session),
        annex=annex,
        annex_size=sum(one.new.postings for one in figures.directions),
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


def is_counted_right(cube: Cube, subject: Subject, content: ReportContent) -> bool:
    """Whether the ledger gives the report's numbers again. Goals may have changed since.

    `cube`: monthly sums of the report's year, up to where its numbers end.
    """
    until = min(subject.period.last, local_day(content.basis.at))
    return all(
        asdict(sum_of(cube, subject, subject.period.months, told["direction"])) == told["new"]
        and [sum_of(cube, subject, range(m, m + 1), told["direction"]).postings for m in range(1, until.month + 1)]
        == told["months"]
        for told in content.directions
    )


def gather_figures(session: Session, subject: Subject, basis: Basis, now: datetime) -> Figures:
    period, cluster = subject.period, subject.cluster or None
    day = min(period.last, local_day(basis.at))
    cube = monthly_sums(session, (period.year - 1, period.year), basis.sequence)
    paired = pairing_on(session, day)
    divisions = None if cluster is None else [code for code, of in paired.items() if of == cluster]
    recent = basis.kind is BasisKind.PARTIAL or now - period.end < _RECENT
    return Figures(
        day=day,
        directions=directions_of(session, subject, cube, day, basis.sequence),
        clusters=() if cluster else _clusters(session, subject, cube, basis.sequence),
        providers=sums.providers(session, period.year, period.months, basis.sequence, cluster) if cluster else (),
        corrections=late_corrections(
            session, period.first, _reported_until(session, subject, now), basis.sequence, cluster
        ),
        uncounted=_uncounted(cube, subject),
        held=sum_of(cube, subject, range(1, 13), reason=Uncounted.HELD).postings,
        intake=sums.intake(session, period.first, day, basis.at, divisions),
        expiring=sums.expiring(session, local_day(now), _EXPIRING_DAYS, divisions) if recent else None,
    )


def _reported_until(session: Session, subject: Subject, now: datetime) -> int:
    """The sequence with which the report before this one ended, or would have."""
    before = Subject(subject.period.before, subject.cluster)
    reported = sequence_reported(session, before.id)
    return reported if reported is not None else find_basis(session, before.period, now).sequence


def _clusters(session: Session, subject: Subject, cube: Cube, sequence: int) -> tuple[ClusterFigures, ...]:
    """All of them, 未归组团 last, so that they add up to the total."""
    found = []
    promised = commitments_of(session, subject.period.year, sequence)
    states = report_words(session, subject.period)
    months, until = subject.period.months, range(1, subject.period.months[-1] + 1)
    for code, name in [*cluster_names(session).items(), ("", UNASSIGNED_NAME)]:
        part = {key: amount for key, amount in cube.items() if key[3] == code}
        new = {str(d): sum_of(part, subject, months, d) for d in Direction}
        total = {str(d): sum_of(part, subject, until, d) for d in Direction}
        goals = {str(one.direction): one.cluster_goals[code] for one in promised if code in one.cluster_goals}
        found.append(ClusterFigures(code, name, new, total, states.get(code, UNDRAFTED), goals))
    return tuple(found)


def _uncounted(cube: Cube, subject: Subject) -> dict[str, int]:
    reasons = {reason for *_, reason in cube if reason not in {COUNTED, Uncounted.CARRIED}}
    found = {reason: sum_of(cube, subject, subject.period.months, reason=reason).postings for reason in reasons}
    return {reason: number for reason, number in sorted(found.items(), key=lambda one: -one[1]) if number}
