"""/targets/gap/<kind>: the rows behind one line of the gap list (差距清单): postings, refused rows, employers.

In: a kind of gap, a year, a direction, a cluster. Out: a list to work through. Open postings are for everybody; what is
held, was refused or never shown is for accounts, rows of batches for those who may see the batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.words import Direction, Status, label
from exchange.documents.posting_list_workbook import PostingLine
from exchange.documents.problem_kinds import kind_of
from exchange.gap import GapKind, LapsedEmployer, ListedPosting, RefusedRow
from exchange.schemas.targets import PostingsQuery, asked
from exchange.store.counting import UNASSIGNED
from exchange.store.gap import gap_lines, gap_postings, lapsed_employers
from exchange.store.overview import organisation_names
from exchange.store.refused import refused_rows
from exchange.views.bureau_paging import Paging
from exchange.views.counted import counted_year
from exchange.views.current import session, today
from exchange.views.errors import Refused
from exchange.views.guard import current_account, may_see, private_page
from exchange.views.targets import PUBLIC_GAPS, cluster_name
from exchange.views.targets_postings import lines_of
from exchange.views.targets_shown import asked_of

blueprint = Blueprint("targets_gap", __name__, url_prefix="/targets/gap")
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Rows:
    """One of the three kinds of rows; `others`: of this page, what this account may not see."""

    postings: Sequence[PostingLine] = ()
    refused: Sequence[RefusedRow] = ()
    employers: Sequence[LapsedEmployer] = ()
    others: int = 0
    names: dict[str, str] = field(default_factory=dict)  # of organisations


@blueprint.get("/<string:kind>")
def listing(kind: str) -> ResponseReturnValue:
    if kind not in set(GapKind):
        raise Refused(404, "gap.unknown", "没有这份清单", "请从组团页的差距清单里打开。", {"kind": kind})
    which, account = GapKind(kind), current_account()
    if account is None and which not in PUBLIC_GAPS:
        return redirect(url_for("login.form", next=request.full_path.rstrip("?")))
    given = asked(PostingsQuery, request.args)
    name = cluster_name(given["cluster"])
    place = (given["direction"], "" if given["cluster"] == UNASSIGNED else given["cluster"])
    counted = counted_year(given["year"])
    lines = [line for line in gap_lines(session(), counted.year, today(), *place) if line.kind is which]
    paging = Paging(given["page"], AT_ONCE, sum(line.number for line in lines))
    direction = label(Direction(given["direction"])) if given["direction"] else ""
    page = render_template(
        "targets/gap.html",
        kind=which,
        place=" ".join(part for part in (f"{counted.year} 年", direction, name) if part),
        given=given,
        counted=counted,
        asked=asked_of(counted),
        paging=paging,
        rows=_rows(which, counted.year, place, paging.offset),
        kind_of=kind_of,
    )
    return private_page(page) if account else page


def _rows(kind: GapKind, year: int, place: tuple[Any, Any], offset: int) -> Rows:
    if kind is GapKind.EMPLOYERS:
        return Rows(employers=lapsed_employers(session(), year, *place, offset, AT_ONCE))
    if kind is GapKind.REFUSED:
        return _refused(refused_rows(session(), year, today(), *place, offset, AT_ONCE))
    found = gap_postings(session(), kind, year, today(), *place, offset, AT_ONCE)
    seen = [row for row in found if _may_see(row)]
    return Rows(postings=lines_of(seen, {}), others=len(found) - len(seen))


def _refused(found: list[RefusedRow]) -> Rows:
    account = current_account()
    seen = [row for row in found if account is not None and may_see(account, row.organisation)]
    names = organisation_names(session(), {row.organisation for row in seen})
    return Rows(refused=seen, others=len(found) - len(seen), names=names)


def _may_see(row: ListedPosting) -> bool:
    """Open ones have a public page; the rest is for those who may see the batches of who provides it."""
    if row.status == Status.OPEN:
        return True
    account = current_account()
    return account is not None and may_see(account, row.organisation)
