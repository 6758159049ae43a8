"""Amounts: what the members of a commitment have done, by the way it is counted.

In: a commitment that is not counted from postings, and a moment. Out: member → `Done`. A way of counting is a function
in COUNTERS; what has no books of its own is counted from what people recorded. All of them read the ledger, so that
amounts as of a past moment are exact.
"""

from collections import Counter as Tally
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from config.targets import Commitment, CountedBy, Scope
from exchange.activities import ActivityKind
from exchange.reports.period import PeriodKind, parse_subject
from exchange.reports.states import ReportState
from exchange.standings import Done
from exchange.store.activities import activities_counted
from exchange.store.counting import Moment
from exchange.store.fairs_held import held_fairs
from exchange.store.figures import Amounts
from exchange.store.reports import report_events

Counter = Callable[[Session, Commitment, Moment], Mapping[str, int]]


def _fairs(session: Session, commitment: Commitment, moment: Moment) -> Mapping[str, int]:
    """供需对接会 that were held, each of the cluster that held it."""
    held = held_fairs(session, commitment.year, _until(moment))
    return held if commitment.scope is Scope.CLUSTER else {"": sum(held.values())}


def _meetings(session: Session, commitment: Commitment, moment: Moment) -> Mapping[str, int]:
    """联席会议 that were held with their evidence."""
    held = activities_counted(session, commitment.year, _until(moment))[ActivityKind.JOINT_MEETING]
    return held.by_cluster if commitment.scope is Scope.CLUSTER else {"": held.total}


def _reports(session: Session, commitment: Commitment, moment: Moment) -> Mapping[str, int]:
    """Quarterly reports of clusters that were sent and not returned."""
    states = {body["report"]: body["state"] for event, body in report_events(session) if event.at <= moment.at}
    received: Tally[str] = Tally()
    for id, state in states.items():
        subject = parse_subject(id)
        quarterly = subject.cluster and subject.period.kind is PeriodKind.QUARTER
        if quarterly and subject.period.year == commitment.year and ReportState(state).is_received:
            received[subject.cluster] += 1
    return received if commitment.scope is Scope.CLUSTER else {"": received.total()}


COUNTERS: dict[CountedBy, Counter] = {  # besides recorded figures, which are always added
    CountedBy.FAIRS: _fairs,
    CountedBy.MEETINGS: _meetings,
    CountedBy.REPORTS: _reports,
}


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


def _until(moment: Moment) -> datetime | None:
    return None if moment.is_now else moment.at
