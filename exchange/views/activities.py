"""/activities: the public calendar of the two cities' activities (meetings, classes, training, competitions).

In: a year, a kind. Out: a list by month, one activity, and a calendar file that telephones can take. What is not meant
for the public and what nobody has planned yet is not shown.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import groupby

from flask import Blueprint, Response, render_template, url_for
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from exchange.activities import ActivityKind, ActivityState
from exchange.models import Activity
from exchange.store.activities import UnknownActivity, find_activity, list_activities
from exchange.store.overview import cluster_names
from exchange.store.reading import PostingView, find_views
from exchange.store.recorded import steps_among
from exchange.views.cooperation import chosen
from exchange.views.current import session, today
from exchange.views.errors import Refused

blueprint = Blueprint("activities", __name__)


@blueprint.app_template_filter()
def activity_kind(kind: str) -> str:
    return ActivityKind(kind).label


@blueprint.app_template_filter()
def activity_state(state: str) -> str:
    return ActivityState(state).label


@blueprint.app_template_filter()
def activity_figures(row: Activity) -> list[tuple[str, int, str]]:
    """(what, how many, unit) of what it reports, in the order of its kind."""
    kind = ActivityKind(row.kind)
    return [(figure.label, row.figures[figure], figure.unit) for figure in kind.figures if figure in row.figures]


@blueprint.get("/activities")
def listing() -> str:
    kind = chosen("kind", list(ActivityKind))
    year = int(chosen("year", _years(), str(today().year)))
    rows = list_activities(session(), year, kind, public=True)
    return render_template(
        "activity/calendar.html",
        months=by_month(rows),
        kinds=list(ActivityKind),
        kind=kind,
        year=year,
        years=_years(),
        clusters=cluster_names(session()),
    )


@blueprint.get("/activities/<string:activity_id>")
def show(activity_id: str) -> str:
    row = public_activity(activity_id)
    return render_template(
        "activity/activity.html",
        row=row,
        cluster=cluster_names(session()).get(row.cluster, ""),
        postings=open_postings_of(row),
    )


@blueprint.get("/activities.ics")
def calendar() -> Response:
    """This year and the next; a cancelled activity stays in, marked so that calendars take it out."""
    rows = [row for year in (today().year, today().year + 1) for row in list_activities(session(), year, public=True)]
    changed = {step.row["id"]: (step.at, step.sequence) for step in steps_among(session(), "activity")}
    file = Calendar()
    file.add("prodid", "-//Guanshao Job Exchange//activities//ZH")
    file.add("version", "2.0")
    file.add("x-wr-calname", "莞韶活动")
    for row in {row.id: row for row in rows}.values():
        file.add_component(_calendar_event(row, *changed[row.id]))
    return Response(file.to_ical(), content_type="text/calendar; charset=utf-8")


def _calendar_event(row: Activity, at: datetime, sequence: int) -> CalendarEvent:
    cancelled = row.state == ActivityState.CANCELLED
    event = CalendarEvent()
    event.add("uid", f"activity-{row.id}@guanshao")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("sequence", sequence)  # grows with each step: calendars take the later one
    event.add("summary", f"{'【已取消】' if cancelled else ''}{row.name}")
    event.add("dtstart", row.starts_on)
    event.add("dtend", row.ends_on + timedelta(days=1))
    event.add("location", row.place)
    event.add("description", "\n".join(filter(None, (ActivityKind(row.kind).label, row.hours, row.organisers))))
    event.add("url", url_for("activities.show", activity_id=row.id, _external=True))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event


def public_activity(id: str) -> Activity:
    try:
        row = find_activity(session(), id.upper())
    except UnknownActivity:
        row = None
    if row is None or not row.public:
        raise Refused(404, "activity.not_found", "没有这个活动", "请从活动日历里打开。", {"id": id})
    return row


def open_postings_of(row: Activity) -> list[PostingView]:
    return [view for view in find_views(session(), row.postings) if view.is_open(today())]


def by_month(rows: Iterable[Activity]) -> list[tuple[str, list[Activity]]]:
    months = groupby(rows, key=lambda row: (row.starts_on.year, row.starts_on.month))
    return [(f"{year}年{month}月", list(group)) for (year, month), group in months]


def _years() -> list[str]:
    return [str(year) for year in range(today().year - 4, today().year + 2)]
