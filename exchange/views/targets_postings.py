"""/targets/postings and its .xlsx: the postings behind every number of /targets and /clusters/<code>.

In: a year, a direction, a cluster, why they are not counted (left out: they are), a past moment. Out: pages of a list,
each row with the event that counted it; the same as Excel. What is not public (held, withdrawn) is counted in the list
and shown to signed-in accounts only.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from config.words import Direction, Status, Uncounted, label
from exchange.clock import LOCAL, local_day
from exchange.credits import COUNTED
from exchange.documents.posting_list_workbook import PostingLine, write_postings
from exchange.gap import ListedPosting
from exchange.schemas.targets import PostingsQuery, asked
from exchange.store.counting import UNASSIGNED, UNASSIGNED_NAME, sums_at
from exchange.store.credited import Earned, earned_at
from exchange.store.listing import all_postings_behind, place_of, postings_behind
from exchange.store.overview import cluster_names, organisation_names
from exchange.views.bureau_files import attachment
from exchange.views.counted import CountedYear
from exchange.views.current import demonstration, session
from exchange.views.formats import place
from exchange.views.guard import current_account, may_see
from exchange.views.targets import XLSX, cluster_name, wanted_year
from exchange.views.targets_shown import asked_of

blueprint = Blueprint("targets_postings", __name__)
AT_ONCE = 50
_PUBLIC = (Status.OPEN, Status.CLOSED, Status.EXPIRED)
_SLICE = 500
HIDDEN = "（不公开）"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list. `cluster` "" is 未归组团, None all of them."""

    counted: CountedYear
    direction: str | None
    cluster: str | None
    cluster_name: str
    reason: str

    @property
    def year(self) -> int:
        return self.counted.year

    @property
    def up_to(self) -> int | None:
        return self.counted.moment.past_sequence

    @property
    def which(self) -> tuple[str | None, str | None]:
        return self.direction, self.cluster

    @property
    def title(self) -> str:
        """2026 年 东莞 → 韶关 翁源组团 已计数的岗位"""
        state = "已计数" if self.reason == COUNTED else f"没有计数（{label(Uncounted(self.reason))}）"
        direction = label(Direction(self.direction)) if self.direction else ""
        return " ".join(part for part in (f"{self.year} 年", direction, self.cluster_name, f"{state}的岗位") if part)

    @property
    def totals(self) -> tuple[int, int]:
        """(postings, openings) as the target page says them."""
        sums = [
            both
            for (direction, cluster, reason), both in sums_at(session(), self.year, self.counted.moment).items()
            if reason == self.reason and self.direction in {None, direction} and self.cluster in {None, cluster}
        ]
        return sum(postings for postings, _ in sums), sum(openings for _, openings in sums)


@blueprint.get("/targets/postings")
def listing() -> str:
    given = asked(PostingsQuery, request.args)
    wanted = _wanted(given)
    rows = postings_behind(
        session(), wanted.year, wanted.reason, *wanted.which, given["after"], AT_ONCE + 1, wanted.up_to
    )
    postings, openings = wanted.totals
    same: dict[str, Any] = {name: value for name, value in request.args.items() if name not in {"after", "page"}}
    return render_template(
        "targets/postings.html",
        wanted=wanted,
        counted=wanted.counted,
        asked=asked_of(wanted.counted),
        lines=shown_lines(rows[:AT_ONCE], wanted),
        postings=postings,
        openings=openings,
        first=(given["page"] - 1) * AT_ONCE + 1,
        next=_next(rows, given["page"]),
        is_first=given["after"] is None,
        workbook=url_for(".workbook", **same),
        first_page=url_for(".listing", **same),
    )


@blueprint.get("/targets/postings.xlsx")
def workbook() -> ResponseReturnValue:
    wanted = _wanted(asked(PostingsQuery, request.args))
    postings, openings = wanted.totals
    moment = wanted.counted.count.as_of.astimezone(LOCAL)
    notes = [
        f"{wanted.title}：{postings:,} 条，招聘 {openings:,} 人",
        f"来源：莞韶岗位互通台账，数据截至 {moment:%Y-%m-%d %H:%M}，台账序号 {wanted.counted.count.ledger_sequence}",
    ]
    if demonstration():
        notes.append("演示数据：全部岗位均为虚构，不得用作依据")
    rows = all_postings_behind(session(), wanted.year, wanted.reason, *wanted.which, wanted.up_to)
    target = io.BytesIO()
    write_postings(target, notes, _some_at_a_time(rows, wanted))
    target.seek(0)
    return attachment(send_file(target, mimetype=XLSX), f"{wanted.title.replace(' ', '')}.xlsx")


def shown_lines(rows: Sequence[ListedPosting], wanted: Wanted) -> list[PostingLine]:
    """In the words of pages."""
    earned = earned_at(session(), wanted.year, wanted.reason, [row.posting_id for row in rows], wanted.up_to)
    return lines_of(rows, earned)


def lines_of(rows: Iterable[ListedPosting], earned: dict[str, Earned]) -> list[PostingLine]:
    rows = list(rows)
    names = organisation_names(session(), {row.organisation for row in rows})
    clusters = cluster_names(session())
    return [_line(row, earned.get(row.posting_id), names, clusters) for row in rows]


def _line(
    row: ListedPosting, earned: Earned | None, names: dict[str, str], clusters: dict[str, str]
) -> PostingLine:
    is_public = row.status in _PUBLIC and row.reason != Uncounted.HELD
    account = current_account()
    is_shown = is_public or (account is not None and may_see(account, row.organisation))
    return PostingLine(
        posting_id=row.posting_id,
        title=row.title if is_shown else HIDDEN,
        employer=row.employer if is_shown else HIDDEN,
        place=place(row.division),
        direction=label(Direction(row.direction)),
        cluster=clusters.get(row.cluster, row.cluster) or UNASSIGNED_NAME,
        openings=row.openings,
        counted_on=local_day(earned[1]) if earned else None,
        provider=names.get(row.organisation, row.organisation),
        status=label(Status(row.status)),
        valid_through=row.valid_through,
        sequence=earned[0] if earned else None,
        is_public=is_public,
    )


def _wanted(given: dict[str, Any]) -> Wanted:
    cluster = given["cluster"]
    name = cluster_name(cluster)
    return Wanted(wanted_year(), given["direction"], "" if cluster == UNASSIGNED else cluster, name, given["reason"])


def _next(rows: Sequence[ListedPosting], page: int) -> str:
    """The address of the next page, "" on the last."""
    if len(rows) <= AT_ONCE:
        return ""
    given: dict[str, Any] = {**request.args.to_dict(), "after": ",".join(place_of(rows[AT_ONCE - 1])), "page": page + 1}
    return url_for(".listing", **given)


def _some_at_a_time(rows: Iterator[ListedPosting], wanted: Wanted) -> Iterator[PostingLine]:
    while some := list(islice(rows, _SLICE)):
        yield from shown_lines(some, wanted)
