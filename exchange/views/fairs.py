"""/fairs and /fairs/<id>: what is coming as a list or a month, one fair with its employers, booths and postings.

In: a month, a cluster, words to search inside a fair. Out: pages that work without scripts. What was never published
does not exist here; what was cancelled stays and says so.
"""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for

from exchange.clock import local_day
from exchange.fairs.words import FairState
from exchange.schemas.fairs import first_of_month
from exchange.store.fairs import public_fairs
from exchange.store.fairs_exhibitors import find_exhibitor
from exchange.store.fairs_postings import exhibits_of, posting_ids
from exchange.store.fairs_tallies import reported_of
from exchange.store.overview import cluster_names, organisation_names
from exchange.views.bureau_paging import page_number
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.fairs_booths import booth_plan
from exchange.views.fairs_months import Month
from exchange.views.fairs_shown import fair_day, fair_event_words, fair_place, fair_time, public_fair, shown_fairs
from exchange.views.searching import find
from search.requests import SearchRequest

blueprint = Blueprint("fairs", __name__, url_prefix="/fairs")
blueprint.add_app_template_filter(fair_time)
blueprint.add_app_template_filter(fair_place)
blueprint.add_app_template_filter(fair_day)
blueprint.add_app_template_filter(fair_event_words)
_AT_ONCE = 20
_LONGEST_QUERY = 200
_PAST = 30  # fairs


@dataclass(frozen=True, slots=True)
class FairLink:
    """The search inside one fair: the same words on another page."""

    fair_id: str
    q: str
    exhibitor_id: str = ""

    def page(self, number: int) -> str:
        given: dict[str, Any] = {"q": self.q or None, "page": number if number > 1 else None}
        if self.exhibitor_id:
            return url_for("fairs.employer", fair_id=self.fair_id, exhibitor_id=self.exhibitor_id, **given)
        return url_for("fairs.show", fair_id=self.fair_id, **given) + "#postings"


@blueprint.get("")
def listing() -> str:
    names = cluster_names(session())
    cluster = request.args.get("cluster", "")
    cluster = cluster if cluster in names else ""
    asked = first_of_month(request.args.get("month", ""))
    month = Month(asked or today().replace(day=1))
    now = current_exchange().store.clock()
    shown = shown_fairs(public_fairs(session(), cluster=cluster))
    inside = [one for one in shown if one.fair.ends_at > month.begins and one.fair.starts_at < month.ends]
    return render_template(
        "fair/fairs.html",
        coming=[one for one in shown if one.fair.ends_at > now and one.state is not FairState.HELD],
        past=[one for one in reversed(shown) if one.fair.ends_at <= now or one.state is FairState.HELD][:_PAST],
        month=month,
        inside=inside,
        weeks=month.weeks(inside),
        by_month=asked is not None,
        cluster=cluster,
        clusters=names,
    )


@blueprint.get("/<string:fair_id>")
def show(fair_id: str) -> str:
    fair = public_fair(fair_id)
    exhibits = [one for one in exhibits_of(session(), fair.id, today()) if one.exhibitor.verified_at is not None]
    asked = _asked(posting_ids(session(), fair.id, today()))
    found = find(asked)
    return render_template(
        "fair/fair.html",
        shown=shown_fairs([fair])[0],
        fair=fair,
        is_today=local_day(fair.starts_at) <= today() <= local_day(fair.ends_at),
        exhibits=exhibits,
        plan=None if fair.online else booth_plan(exhibits),
        asked=asked,
        found=found,
        link=FairLink(fair.id, asked.q),
        has_next=bool(found.result.next_cursor),
        results=reported_of(session(), fair.id),
        organisation=organisation_names(session(), [fair.organisation]).get(fair.organisation, ""),
    )


@blueprint.get("/<string:fair_id>/employers/<string:exhibitor_id>")
def employer(fair_id: str, exhibitor_id: str) -> str:
    """One employer at the fair, with its booth: where the code at the booth leads to."""
    fair = public_fair(fair_id)
    exhibitor = find_exhibitor(session(), fair.id, exhibitor_id.upper())
    if exhibitor is None or exhibitor.verified_at is None:
        raise Refused(404, "exhibitor.not_found", "这场对接会没有这家单位", "请从对接会页面的参会单位里打开。")
    asked = _asked(posting_ids(session(), fair.id, today(), exhibitor.id))
    found = find(asked)
    return render_template(
        "fair/employer.html",
        shown=shown_fairs([fair])[0],
        fair=fair,
        exhibitor=exhibitor,
        asked=asked,
        found=found,
        link=FairLink(fair.id, asked.q, exhibitor.id),
        has_next=bool(found.result.next_cursor),
    )


def _asked(ids: list[str]) -> SearchRequest:
    words = " ".join(request.args.get("q", "").split())[:_LONGEST_QUERY]
    return SearchRequest(today=today(), q=words, page=page_number(), page_size=_AT_ONCE, within=tuple(ids))
