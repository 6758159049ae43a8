"""When a posting counts (计数规则), as pure rules: what an event does to the credits of its posting.

In: an event's kind, body, local day, and the posting's standing credits. Out: signed credit rows. The same
function writes the credits and recomputes them in `verify`. The sum of a posting's counted rows in one year
is 0 or 1. To change a rule, change it here and add a decision record: old events are judged by it too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from config.divisions import division
from config.words import SalaryPeriod, Status, Uncounted, WithdrawalReason
from exchange.content import Content
from exchange.ledger import EventKind

COUNTED = ""
SOME = ("若干", "数名", "多名", "不限", "大量")  # openings in words: counts as one posting and no openings
_STANDING_APART = {Uncounted.DUPLICATE, Uncounted.CARRIED, Uncounted.WITHDRAWN}  # never replaced by a later reason


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A credit before it has its sequence number."""

    posting_id: str
    reason: str
    sign: int
    year: int
    month: int
    direction: str
    division: str
    cluster: str
    openings: int
    organisation: str
    source: str

    def reversed(self) -> "CreditLine":
        """The row that takes this one back; it belongs to the year and month of what it reverses."""
        return replace(self, sign=-self.sign)


def reason_not_counted(content: Content, status: Status, source_counts: bool) -> str:
    """COUNTED, or the first reason why a posting published like this is not counted (CONTRACT's list)."""
    salary = content.salary
    pay_is_known = salary.negotiable or salary.period is SalaryPeriod.PIECE or (salary.min or salary.max) is not None
    openings_are_known = content.openings is not None or any(word in content.openings_text for word in SOME)
    for holds, reason in (
        (status is Status.HELD, Uncounted.HELD),
        (not source_counts, Uncounted.SOURCE_NOT_COUNTING),
        (not openings_are_known, Uncounted.INCOMPLETE_OPENINGS),
        (not pay_is_known, Uncounted.INCOMPLETE_PAY),
        (status is Status.EXPIRED, Uncounted.VALIDITY_PAST),
    ):
        if holds:
            return reason
    return COUNTED


def credit_facts(
    content: Content, status: Status, source_counts: bool, cluster: str, organisation: str, source: str
) -> dict[str, Any]:
    """What a credit needs to know, kept in the event so that it can be recomputed from the ledger alone."""
    return {
        "reason": reason_not_counted(content, status, source_counts),
        "direction": division(content.division).direction,
        "division": content.division,
        "cluster": cluster,
        "openings": content.openings or 0,
        "organisation": organisation,
        "source": source,
    }


def credit_lines(
    kind: str, body: dict[str, Any], posting_id: str | None, day: date, standing: dict[str, list[CreditLine]]
) -> list[CreditLine]:
    """The credit rows this event earns or takes back. `standing` holds, per posting, what is not yet reversed."""
    if kind == EventKind.BATCH_CONFIRMED:
        return [_carried(standing[posting], day) for posting in body.get("carried", ())]
    if posting_id is None:
        return []
    rows = standing.get(posting_id, [])
    if kind == EventKind.POSTING_WITHDRAWN:
        return _withdrawal(rows, body["reason"])
    if kind == EventKind.POSTING_JOINED and "into" in body:
        return _joining(rows)
    if kind == EventKind.POSTING_SPLIT and "to" in body:
        return _leaving(rows, body.get("left"))
    if "facts" not in body:
        return []
    line = _line(posting_id, body["facts"], day)
    if kind in {EventKind.POSTING_CREATED, EventKind.OFFER_ADDED}:
        return [line]
    if kind == EventKind.POSTING_SPLIT:
        joined = [row for row in rows if row.reason == Uncounted.DUPLICATE and row.year == line.year]
        rest = [row for row in rows if row not in joined]
        return [*(row.reversed() for row in joined), *_publication(line, rest, again=True)]
    return _publication(line, rows, again=kind == EventKind.POSTING_REOPENED)


def apply_lines(standing: dict[str, list[CreditLine]], lines: Iterable[CreditLine]) -> None:
    """Keep `standing` true: a reversal takes away the row it reverses."""
    for line in lines:
        rows = standing.setdefault(line.posting_id, [])
        if line.sign > 0:
            rows.append(line)
        elif line.reversed() in rows:
            rows.remove(line.reversed())


def _line(posting_id: str, facts: dict[str, Any], day: date) -> CreditLine:
    return CreditLine(posting_id=posting_id, sign=1, year=day.year, month=day.month, **facts)


def _publication(line: CreditLine, rows: list[CreditLine], again: bool) -> list[CreditLine]:
    """A change, release or return of a posting: does it earn the credit it lacked?"""
    counted_years = {row.year for row in rows if row.reason == COUNTED}
    if line.year in counted_years or (counted_years and not again):
        return []  # earned already; a change never earns a second year, only a return does
    waiting = [row for row in rows if row.reason not in {COUNTED, *_STANDING_APART}]
    if line.reason != COUNTED and (counted_years or any(row.reason == line.reason for row in waiting)):
        return []
    if line.reason == COUNTED:
        undone = {Uncounted.CARRIED, Uncounted.WITHDRAWN}
        waiting += [row for row in rows if row.reason in undone and row.year == line.year]
    return [*(row.reversed() for row in waiting), line]


def _withdrawal(rows: list[CreditLine], reason: str) -> list[CreditLine]:
    if not WithdrawalReason(reason).reverses_credit:
        return []
    lines: list[CreditLine] = []
    for row in rows:
        if row.reason in {COUNTED, Uncounted.CARRIED}:
            lines.append(row.reversed())
        if row.reason == COUNTED:
            lines.append(replace(row, reason=Uncounted.WITHDRAWN))
    return lines


def _joining(rows: list[CreditLine]) -> list[CreditLine]:
    """Joined into another posting: what it had is taken back, and it stands as 重复提供, once a year."""
    taken = [row for row in rows if row.reason not in {Uncounted.DUPLICATE, Uncounted.WITHDRAWN}]
    known = {row.year for row in rows if row.reason == Uncounted.DUPLICATE}
    told = {row.year: replace(row, reason=Uncounted.DUPLICATE) for row in taken if row.reason != Uncounted.CARRIED}
    return [*(row.reversed() for row in taken), *(row for year, row in told.items() if year not in known)]


def _leaving(rows: list[CreditLine], left: dict[str, str] | None) -> list[CreditLine]:
    """An offer leaves for a posting of its own: that it came as 重复提供 is taken back."""
    if left is None:
        return []
    came = [
        row
        for row in rows
        if row.reason == Uncounted.DUPLICATE
        and (row.organisation, row.source) == (left["organisation"], left["source"])
    ]
    return [came[-1].reversed()] if came else []


def _carried(rows: list[CreditLine], day: date) -> CreditLine:
    latest = max((row for row in rows if row.reason == COUNTED), key=lambda row: (row.year, row.month))
    return replace(latest, reason=Uncounted.CARRIED, year=day.year, month=day.month)
