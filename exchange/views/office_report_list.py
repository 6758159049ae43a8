"""The list of reports of one year: clusters × quarters, the office's own, what is missing.

In: a year, the local day, perhaps the one cluster that may be seen. Out: rows of cells for the page.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from exchange.periods import PeriodKind, period_of
from exchange.reports.period import Subject
from exchange.reports.states import UNDRAFTED, ReportState
from exchange.store.overview import cluster_names
from exchange.store.report_basis import has_begun
from exchange.store.reports import reports_of

FIRST_YEAR = 2022  # of the plan
_GRACE = timedelta(days=15)  # after a quarter's end, by which its report is due


@dataclass(frozen=True, slots=True)
class ReportCell:
    id: str
    name: str
    words: str
    tone: str  # good, warn, bad, none: said in words as well
    may_open: bool


@dataclass(frozen=True, slots=True)
class ReportRow:
    name: str
    cells: tuple[ReportCell, ...]


def asked_year(text: str | None, day: date) -> int:
    return int(text) if text and text.isdecimal() and int(text) in years(day) else day.year


def years(day: date) -> list[int]:
    return list(range(FIRST_YEAR, day.year + 1))


def report_rows(
    session: Session, year: int, day: date, only: str | None
) -> tuple[list[ReportRow], tuple[ReportCell, ...]]:
    """(clusters with their four quarters, the office's reports); nothing of the office for a cluster's officer."""
    states = {report.id: ReportState(report.state) for report in reports_of(session, year)}
    quarters = [period_of(year, PeriodKind.QUARTER, number) for number in range(1, 5)]
    halves = [period_of(year, PeriodKind.HALF, number) for number in (1, 2)]
    own = [*quarters, *halves, period_of(year, PeriodKind.YEAR)]
    used = {period: has_begun(session, period) for period in own}
    rows = [
        ReportRow(name, tuple(_cell(Subject(period, code), states, day, used[period]) for period in quarters))
        for code, name in cluster_names(session).items()
        if only in {None, code}
    ]
    if only is not None:
        return rows, ()
    return rows, tuple(_cell(Subject(period), states, day, used[period]) for period in own)


def _cell(subject: Subject, states: dict[str, ReportState], day: date, used: bool) -> ReportCell:
    """`used`: something was counted by the period's end."""
    period, state = subject.period, states.get(subject.id)
    begun, due = period.first <= day, day > period.last + _GRACE
    if state is not None and state.is_received:
        words, tone = state.label, "good"
    elif not begun:
        words, tone = "未到时间", "none"
    elif state is None and not used:
        words, tone = "平台未启用", "none"
    elif due:
        words, tone = f"逾期（{state.label if state else UNDRAFTED}）", "bad"
    elif state is not None:
        words, tone = state.label, "warn"
    else:
        words, tone = "待起草" if day > period.last else "本期进行中", "none"
    return ReportCell(subject.id, period.words, words, tone, begun)
