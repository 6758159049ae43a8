"""The gap (差距): what would bring each cluster and direction nearer to its goal, and the rows behind each line.

In: a session, a year, the local day, perhaps a direction and a cluster ("" is 未归组团, None is all). Out: `GapLine`s,
and listings page by page. Every query starts at an index: ix_credit_year holds what sums and lists of credits need.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from config.words import Status, Uncounted
from exchange.credits import COUNTED
from exchange.gap import SOON_DAYS, UNFINISHED, GapKind, GapLine, LapsedEmployer, ListedPosting
from exchange.models import Credit, Employer, Posting
from exchange.store.listing import listed
from exchange.store.refused import count_refused

_REASONS = (*UNFINISHED, Uncounted.VALIDITY_PAST, Uncounted.SOURCE_NOT_COUNTING)
_KEY = (col(Credit.direction), col(Credit.cluster))


def gap_lines(
    session: Session, year: int, today: date, direction: str | None = None, cluster: str | None = None
) -> list[GapLine]:
    """Only lines with something in them, by kind, then direction and cluster."""
    numbers: dict[tuple[GapKind, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for kind, its_direction, its_cluster, number, postings in [
        *_of_postings(session, year, today, direction, cluster),
        *count_refused(session, year, today, direction, cluster),
        *_of_employers(session, year, direction, cluster),
    ]:
        numbers[kind, its_direction, its_cluster][0] += number
        numbers[kind, its_direction, its_cluster][1] += postings
    order = list(GapKind)
    return [
        GapLine(kind, of, which, number, postings)
        for (kind, of, which), (number, postings) in sorted(
            numbers.items(), key=lambda item: (order.index(item[0][0]), *item[0][1:])
        )
    ]


def gap_postings(
    session: Session, kind: GapKind, year: int, today: date, direction: str | None = None,
    cluster: str | None = None, offset: int = 0, limit: int = 50,
) -> list[ListedPosting]:  # fmt: skip
    """Behind a line of any kind but REFUSED and EMPLOYERS; those that end first come first."""
    reasons, is_meant = _meant(kind, today)
    standing = _standing(year, reasons, direction, cluster)
    order = (col(Posting.valid_through), col(Posting.id))
    return listed(session, standing, is_meant, order=order, offset=offset, limit=limit)


def lapsed_employers(
    session: Session, year: int, direction: str | None = None, cluster: str | None = None, offset: int = 0,
    limit: int = 50,
) -> list[LapsedEmployer]:  # fmt: skip
    """The largest of last year first."""
    last = _last_year(year, direction, cluster, by_cluster=False).subquery()
    query = sql_select(last.c.employer_id, col(Employer.name), last.c.postings, last.c.openings)
    query = query.join_from(last, Employer, col(Employer.id) == last.c.employer_id)
    query = query.where(~_came_back(year, last.c.employer_id))
    query = query.order_by(last.c.postings.desc(), last.c.employer_id).offset(offset).limit(limit)
    return [LapsedEmployer(*row) for row in session.connection().execute(query)]


def _meant(kind: GapKind, today: date) -> tuple[tuple[str, ...], ColumnElement[bool]]:
    """(reasons of the standing credits, what the posting must be like)."""
    status, soon = col(Posting.status), col(Posting.valid_through) <= today + timedelta(SOON_DAYS)
    is_open = status == Status.OPEN
    return {
        GapKind.OPENINGS: ((Uncounted.INCOMPLETE_OPENINGS,), is_open),
        GapKind.PAY: ((Uncounted.INCOMPLETE_PAY,), is_open),
        GapKind.HELD: ((Uncounted.HELD,), status == Status.HELD),
        GapKind.EXPIRING: (UNFINISHED, and_(status.in_([Status.OPEN, Status.HELD]), soon)),
        GapKind.EXPIRED: ((*UNFINISHED, Uncounted.VALIDITY_PAST), status == Status.EXPIRED),
        GapKind.SOURCE: ((Uncounted.SOURCE_NOT_COUNTING,), is_open),
    }[kind]


def _narrow(query: Any, direction: str | None, cluster: str | None) -> Any:
    if direction is not None:
        query = query.where(col(Credit.direction) == direction)
    return query if cluster is None else query.where(col(Credit.cluster) == cluster)


def _standing(year: int, reasons: tuple[str, ...], direction: str | None, cluster: str | None) -> Any:
    """Rows of credits not reversed: direction, cluster, reason, posting."""
    key = (*_KEY, col(Credit.reason), col(Credit.posting_id))
    query = sql_select(*key).where(col(Credit.year) == year, col(Credit.reason).in_(reasons))
    return _narrow(query, direction, cluster).group_by(*key).having(func.sum(col(Credit.sign)) > 0)


def _of_postings(
    session: Session, year: int, today: date, direction: str | None, cluster: str | None
) -> Iterator[tuple[GapKind, str, str, int, int]]:
    """One pass over what is not counted, sorted into kinds by reason, status and last day."""
    rows = _standing(year, _REASONS, direction, cluster).subquery()
    soon = case((col(Posting.valid_through) <= today + timedelta(SOON_DAYS), 1), else_=0)
    key = (rows.c.direction, rows.c.cluster, rows.c.reason, col(Posting.status), soon)
    query = sql_select(*key, func.count()).join_from(rows, Posting, col(Posting.id) == rows.c.posting_id)
    for of, which, reason, status, is_soon, number in session.connection().execute(query.group_by(*key)):
        for kind in _kinds(reason, status, bool(is_soon)):
            yield kind, of, which, number, number


def _kinds(reason: str, status: str, is_soon: bool) -> Iterator[GapKind]:
    """As `_meant` says it of one posting."""
    if status == Status.EXPIRED:
        if reason != Uncounted.SOURCE_NOT_COUNTING:
            yield GapKind.EXPIRED
        return
    if is_soon and reason in UNFINISHED and status in {Status.OPEN, Status.HELD}:
        yield GapKind.EXPIRING
    found = {
        (Uncounted.INCOMPLETE_OPENINGS, Status.OPEN): GapKind.OPENINGS,
        (Uncounted.INCOMPLETE_PAY, Status.OPEN): GapKind.PAY,
        (Uncounted.HELD, Status.HELD): GapKind.HELD,
        (Uncounted.SOURCE_NOT_COUNTING, Status.OPEN): GapKind.SOURCE,
    }.get((Uncounted(reason), Status(status)))
    if found is not None:
        yield found


def _last_year(year: int, direction: str | None, cluster: str | None, by_cluster: bool) -> Any:
    """Employers with postings counted last year, and how many."""
    key = (*(_KEY if by_cluster else ()), col(Posting.employer_id))
    postings = func.sum(col(Credit.sign))
    openings = func.sum(col(Credit.sign) * col(Credit.openings))
    query = sql_select(*key, postings.label("postings"), openings.label("openings"))
    query = query.join_from(Credit, Posting, col(Posting.id) == col(Credit.posting_id))
    query = query.where(col(Credit.year) == year - 1, col(Credit.reason) == COUNTED)
    return _narrow(query, direction, cluster).group_by(*key).having(postings > 0)


def _came_back(year: int, employer: Any) -> Any:
    """It has a posting counted this year, of whatever place: asked employer by employer, which few are."""
    posting, credit = aliased(Posting), aliased(Credit)
    return exists().where(
        col(posting.employer_id) == employer,
        col(credit.posting_id) == col(posting.id),
        col(credit.year) == year,
        col(credit.reason) == COUNTED,
        col(credit.sign) > 0,
    )


def _of_employers(
    session: Session, year: int, direction: str | None, cluster: str | None
) -> Iterator[tuple[GapKind, str, str, int, int]]:
    last = _last_year(year, direction, cluster, by_cluster=True).subquery()
    key = (last.c.direction, last.c.cluster)
    query = sql_select(*key, func.count(), func.sum(last.c.postings)).group_by(*key)
    query = query.where(~_came_back(year, last.c.employer_id))
    for of, which, number, postings in session.connection().execute(query):
        yield GapKind.EMPLOYERS, of, which, number, int(postings)
