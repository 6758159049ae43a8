"""/targets, /targets.csv, /clusters/<code>: are we on target?

In: a year (this one when left out). Out: goal, done, pace and forecast of both directions, the year's line, the
clusters, what is not counted and why. The csv carries the ledger's head hash.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from marshmallow import EXCLUDE

from config.words import Direction, Uncounted, label
from exchange.counting import ClusterCount
from exchange.schemas.query import YearQuerySchema
from exchange.store.counting import UNASSIGNED, cluster_divisions, commitments_of
from exchange.store.ledger import head_page
from exchange.store.overview import cluster_names, commitment_years
from exchange.store.setup import pairing_on
from exchange.views.chart import YearChart, year_chart
from exchange.views.counted import CountedYear, count_of, counted_year
from exchange.views.current import demonstration, session, today
from exchange.views.errors import Refused
from exchange.views.links import SearchLink
from exchange.views.searching import find
from exchange.views.targets_csv import targets_csv
from search.requests import SearchRequest

blueprint = Blueprint("targets", __name__)
_ORDERS = {"cluster": "组团", "dg-sg": label(Direction.DG_SG), "sg-dg": label(Direction.SG_DG)}
_NEWEST = 6


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """One cluster with both directions; sums of all clusters, 未归组团 included, are the totals."""

    code: str
    name: str
    by_direction: dict[str, ClusterCount]

    @property
    def is_assigned(self) -> bool:
        return self.code != UNASSIGNED


@blueprint.get("/targets")
def targets() -> str:
    counted = counted_year(_asked_year())
    count = counted.count
    order = request.args.get("sort", "cluster")
    page = head_page(session())
    return render_template(
        "targets/targets.html",
        count=count,
        years=commitment_years(session()),
        charts=_charts(counted),
        lines=_sorted(_lines(count.clusters), order),
        orders=_ORDERS,
        order=order if order in _ORDERS else "cluster",
        directions=list(Direction),
        uncounted=[(label(Uncounted(reason)), number) for reason, number in count.uncounted.items()],
        head=page.hash if page else "",
    )


@blueprint.get("/targets.csv")
def table() -> Response:
    count = count_of(_asked_year())
    page = head_page(session())
    text = targets_csv(count, page.hash if page else "", demonstration())
    answer = Response(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="guanshao-targets-{count.year}.csv"'
    return answer


@blueprint.get("/clusters/<string:code>")
def cluster(code: str) -> str:
    name = cluster_names(session()).get(code)
    if name is None:
        raise Refused(404, "cluster.not_found", "没有这个组团", "请从任务进度页的组团表里打开。", {"cluster": code})
    count = count_of(_asked_year())
    towns, counties = cluster_divisions(pairing_on(session(), today()), code)
    asked = SearchRequest(today=today(), filters={"cluster": (code,)}, sort="newest", page_size=_NEWEST)
    return render_template(
        "targets/cluster.html",
        code=code,
        name=name,
        count=count,
        years=commitment_years(session()),
        line=next(line for line in _lines(count.clusters) if line.code == code),
        directions=list(Direction),
        towns=towns,
        counties=counties,
        newest=find(asked),
        link=SearchLink(asked),
    )


def _asked_year() -> int | None:
    year: int | None = YearQuerySchema(unknown=EXCLUDE).load(request.args)["year"]
    return year


def _charts(counted: CountedYear) -> list[YearChart]:
    done = {commitment.code: commitment for commitment in counted.count.commitments}
    return [
        year_chart(c, done[c.code], counted.daily[str(c.direction)], today())
        for c in commitments_of(session(), counted.count.year)
    ]


def _lines(clusters: Iterable[ClusterCount]) -> list[ClusterLine]:
    lines: dict[str, ClusterLine] = {}
    for found in clusters:
        line = lines.setdefault(found.cluster, ClusterLine(found.cluster, found.name, {}))
        line.by_direction[str(found.direction)] = found
    return list(lines.values())


def _sorted(lines: list[ClusterLine], order: str) -> list[ClusterLine]:
    if order not in {str(direction) for direction in Direction}:
        return lines
    return sorted(lines, key=lambda line: -line.by_direction[order].postings)
