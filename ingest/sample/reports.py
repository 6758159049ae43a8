"""Reports of the sample: of the quarter that is running, one cluster's and the office's, drafted as people would.

In: an `Exchange` with the sample's postings and fairs. Out: drafts that say that their period is not over; once it is,
the worker draws their numbers anew.
"""

from exchange.context import Exchange
from exchange.periods import PeriodKind, period_at
from exchange.reports.period import Subject
from exchange.reports.steps import draft
from exchange.store.reports import find_report

_CLUSTERS = ("c01", "")  # "" is the office


def draft_reports(exchange: Exchange) -> int:
    """How many were drafted; those that are there stay."""
    period = period_at(PeriodKind.QUARTER, exchange.store.clock())
    with exchange.store.read() as session:
        wanted = [Subject(period, cluster) for cluster in _CLUSTERS]
        wanted = [subject for subject in wanted if find_report(session, subject.id) is None]
    for subject in wanted:
        draft(exchange, subject, "sample")
    return len(wanted)
