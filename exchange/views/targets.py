"""/targets, /targets.csv, /targets.xlsx, /clusters/<code>: are we on target?

In: a year (this one when left out), perhaps a past moment. Out: goal, done, pace and forecast of both directions, the
year's line, the clusters, the other commitments, what is not counted; of a cluster, what would close its gap. The
tables carry the ledger's head hash.
"""

import io

from flask import Blueprint, Response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from config.words import Direction, Uncounted, label
from exchange.gap import GapKind
from exchange.reports.period import Period, PeriodKind, Subject
from exchange.reports.states import UNDRAFTED, ReportState
from exchange.schemas.targets import TargetsQuery, asked
from exchange.store.counting import UNASSIGNED, UNASSIGNED_NAME, cluster_divisions, pairing_at
from exchange.store.gap import gap_lines
from exchange.store.ledger import head_page
from exchange.store.overview import cluster_names, commitment_years
from exchange.store.reports import find_report
from exchange.views.bureau_files import attachment
from exchange.views.chart import sparkline
from exchange.views.counted import CountedYear, counted_year
from exchange.views.current import demonstration, session, today
from exchange.views.errors import Refused
from exchange.views.links import SearchLink
from exchange.views.searching import find
from exchange.views.targets_csv import targets_csv
from exchange.views.targets_shown import (
    ClusterLine,
    asked_of,
    cluster_charts,
    cluster_lines,
    earlier_years,
    sorted_lines,
    whole_charts,
)
from search.requests import SearchRequest

blueprint = Blueprint("targets", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PUBLIC_GAPS = (GapKind.OPENINGS, GapKind.PAY, GapKind.SOURCE, GapKind.EXPIRING)  # open postings are for everybody
_NEWEST = 4


def wanted_year() -> CountedYear:
    """The year and moment that the address asks for; with a moment and no year, the moment's."""
    wanted = asked(TargetsQuery, request.args)
    as_of = wanted["as_of"]
    if as_of is not None and as_of.date() > today():
        as_of = None
    return counted_year(wanted["year"] or (as_of.year if as_of else None), as_of)


@blueprint.get("/targets")
def targets() -> str:
    counted = wanted_year()
    order = asked(TargetsQuery, request.args)["sort"]
    years = commitment_years(session())
    return render_template(
        "targets/targets.html",
        counted=counted,
        count=counted.count,
        asked=asked_of(counted),
        years=years,
        charts=whole_charts(counted),
        lines=sorted_lines(cluster_lines(counted), order),
        order=order,
        sums=_sums(counted),
        sparkline=sparkline,
        directions=list(Direction),
        uncounted=_uncounted(counted),
        earlier=earlier_years(counted, years),
        head=_head(counted),
    )


@blueprint.get("/targets.csv")
def table() -> Response:
    counted = wanted_year()
    text = targets_csv(counted, _head(counted), demonstration())
    answer = Response(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="guanshao-targets-{counted.year}.csv"'
    return answer


@blueprint.get("/targets.xlsx")
def workbook() -> ResponseReturnValue:
    from exchange.documents.targets_workbook import write_targets  # openpyxl: only where a file is made
    from exchange.views.targets_csv import targets_rows

    counted = wanted_year()
    target = io.BytesIO()
    write_targets(target, targets_rows(counted, _head(counted), demonstration()))
    target.seek(0)
    return attachment(send_file(target, mimetype=XLSX), f"莞韶任务进度{counted.year}.xlsx")


@blueprint.get("/clusters/<string:code>")
def cluster(code: str) -> str:
    counted = wanted_year()
    line = next((one for one in cluster_lines(counted) if one.code == code), None)
    if line is None:
        raise Refused(404, "cluster.not_found", "没有这个组团", "请从任务进度页的组团表里打开。", {"cluster": code})
    towns, counties = cluster_divisions(pairing_at(session(), counted.moment), code)
    asked_for = SearchRequest(today=today(), filters={"cluster": (code,)}, sort="newest", page_size=_NEWEST)
    return render_template(
        "targets/cluster.html",
        code=code,
        name=line.name,
        counted=counted,
        count=counted.count,
        asked=asked_of(counted),
        years=commitment_years(session()),
        line=line,
        charts=cluster_charts(counted, line),
        directions=list(Direction),
        towns=towns,
        counties=counties,
        gap=gap_lines(session(), counted.year, today(), cluster=line.in_credits) if counted.moment.is_now else [],
        public_gaps=PUBLIC_GAPS,
        own=_own_commitments(counted, line),
        report=_report(code),
        newest=find(asked_for) if line.is_assigned else None,
        link=SearchLink(asked_for),
        head=_head(counted),
    )


def cluster_name(code: str | None) -> str:
    """Of a parameter of the address; "" when it is left out. Refused when there is none."""
    if code is None:
        return ""
    names = {**cluster_names(session()), UNASSIGNED: UNASSIGNED_NAME}
    if code not in names:
        raise Refused(404, "cluster.not_found", "没有这个组团", "请从任务进度页的组团表里打开。", {"cluster": code})
    return names[code]


def _head(counted: CountedYear) -> str:
    """The hash of the ledger's last page; of a past moment the sequence number alone says where it stood."""
    page = head_page(session()) if counted.moment.is_now else None
    return page.hash if page else ""


def _sums(counted: CountedYear) -> dict[str, tuple[int, int]]:
    """Direction → (postings, openings) of all clusters, 未归组团 included."""
    return {
        str(direction): (
            sum(one.year.postings for one in counted.clusters if one.direction == direction),
            sum(one.year.openings for one in counted.clusters if one.direction == direction),
        )
        for direction in Direction
    }


def _uncounted(counted: CountedYear) -> list[tuple[str, str, int]]:
    return [(reason, label(Uncounted(reason)), number) for reason, number in counted.count.uncounted.items()]


def _own_commitments(counted: CountedYear, line: ClusterLine) -> list[tuple[object, object]]:
    """(commitment, standing of this cluster) of what every cluster has promised for itself."""
    return [
        (one, member) for one in counted.others for member in one.members if member.member == line.code and line.code
    ]


def _report(code: str) -> tuple[str, str, str]:
    """(name of this quarter's report, its state in words, its id)."""
    period = Period(today().year, PeriodKind.QUARTER, (today().month + 2) // 3)
    subject = Subject(period, code)
    report = find_report(session(), subject.id)
    return period.name, ReportState(report.state).label if report else UNDRAFTED, subject.id
