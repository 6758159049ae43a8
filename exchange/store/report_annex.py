"""The annex of a report: every posting counted in its period, with who provided it.

In: a period, a cluster or None, the sequence its numbers end with. Out: `AnnexRow`s in the order they were counted.
What a posting says is what it says today; that it counted, and when, is the ledger's.
"""

from datetime import date
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.divisions import division
from config.words import SalaryPeriod, label
from exchange.clock import local_day
from exchange.content import Content
from exchange.credits import COUNTED
from exchange.models import Credit, Employer, Event, Offer, Organisation, Posting
from exchange.periods import Period
from exchange.reports.content import AnnexRow
from exchange.reports.figures import short_name
from exchange.schemas.content import content_from_json
from exchange.store.lists import in_slices


def annex_rows(session: Session, period: Period, sequence: int, cluster: str | None) -> tuple[AnnexRow, ...]:
    counted = {row.posting_id: row for row in _counted(session, period, sequence, cluster)}
    shown: dict[str, tuple[Content, str]] = {}
    for ids in in_slices(counted):
        query = (
            select(Posting.id, Offer.content, Employer.name)
            .join(Offer, col(Offer.id) == Posting.primary_offer)
            .join(Employer, col(Employer.id) == Posting.employer_id)
            .where(col(Posting.id).in_(ids))
        )
        shown |= {id: (content_from_json(dict(content)), employer) for id, content, employer in session.exec(query)}
    names = dict(session.exec(select(Organisation.code, Organisation.name)).all())
    return tuple(_row(row, *shown[id], names) for id, row in counted.items() if id in shown)


def _counted(session: Session, period: Period, sequence: int, cluster: str | None) -> list[Any]:
    """One row a posting whose credits in these months do not cancel out."""
    first = func.min(col(Credit.sequence))
    query = (
        sql_select(
            col(Credit.posting_id),
            first.label("first"),
            func.min(col(Event.at)).label("at"),
            func.min(col(Credit.direction)).label("direction"),
            func.min(col(Credit.organisation)).label("organisation"),
        )
        .join(Event, col(Event.sequence) == col(Credit.sequence))
        .where(col(Credit.year) == period.year, col(Credit.month).between(period.months[0], period.months[-1]))
        .where(col(Credit.reason) == COUNTED, col(Credit.sequence) <= sequence)
        .group_by(col(Credit.posting_id))
        .having(func.sum(col(Credit.sign)) > 0)
        .order_by(first, col(Credit.posting_id))
    )
    if cluster is not None:
        query = query.where(col(Credit.cluster) == cluster)
    return list(session.connection().execute(query))


def _row(counted: Any, content: Content, employer: str, names: dict[str, str]) -> AnnexRow:
    return AnnexRow(
        id=counted.posting_id,
        direction=counted.direction,
        title=content.title,
        employer=employer,
        place=_place(content.division),
        openings=str(content.openings) if content.openings is not None else content.openings_text or "未写明",
        pay=_pay(content),
        counted_on=_day(counted.at),
        provider=short_name(names.get(counted.organisation, counted.organisation)),
    )


def _place(code: str) -> str:
    found = division(code)
    return found.name if found.kind == "city" else f"{label(found.city)}{found.name}"


def _pay(content: Content) -> str:
    """元/月 where it is known, else as written."""
    salary = content.salary
    if salary.min is not None and salary.max is not None:
        return f"{salary.min}" if salary.min == salary.max else f"{salary.min}–{salary.max}"
    if salary.min is not None:
        return f"{salary.min}起"
    if salary.max is not None:
        return f"{salary.max}以内"
    if salary.negotiable:
        return "面议"
    return "计件" if salary.period is SalaryPeriod.PIECE else salary.text or "未写明"


def _day(moment: Any) -> date:
    return local_day(moment)
