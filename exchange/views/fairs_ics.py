"""/fairs.ics and /fairs/<id>.ics: fairs for the calendars of phones (RFC 5545), to subscribe or to take one.

In: published fairs. Out: calendars in Asia/Shanghai with their time zone. A fair keeps its UID for ever and its
SEQUENCE rises with every change, so that calendars that took it follow; a cancelled one stays, with its status.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Blueprint, Response, request, url_for
from icalendar import Calendar, Event

from exchange.clock import LOCAL
from exchange.fairs.words import FairState
from exchange.models import Fair
from exchange.store.fairs import public_fairs
from exchange.views.current import current_exchange, demonstration, session
from exchange.views.fairs_shown import fair_place, public_fair

blueprint = Blueprint("fairs_ics", __name__)
_KEPT = timedelta(days=400)  # past fairs stay in the feed as long
_REFRESH = timedelta(hours=6)


@blueprint.get("/fairs.ics")
def feed() -> Response:
    since = current_exchange().store.clock() - _KEPT
    fairs = public_fairs(session(), since=since, cluster=request.args.get("cluster", ""))
    return _answer(fairs, "莞韶人力资源供需对接会")


@blueprint.get("/fairs/<string:fair_id>.ics")
def one(fair_id: str) -> Response:
    fair = public_fair(fair_id)
    return _answer([fair], fair.name)


def _answer(fairs: Sequence[Fair], name: str) -> Response:
    response = Response(calendar_of(fairs, name).to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="fairs.ics"'
    response.add_etag()
    if fairs:
        response.last_modified = max(fair.changed_at for fair in fairs)
    response.make_conditional(request)
    return response


def calendar_of(fairs: Sequence[Fair], name: str) -> Calendar:
    calendar = Calendar()
    invented = "（演示数据）" if demonstration() else ""
    calendar.add("prodid", "-//Guanshao Job Exchange//fairs//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name + invented)
    calendar.add("x-wr-timezone", LOCAL.key)
    calendar.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for fair in fairs:
        calendar.add_component(_event(fair, invented))
    calendar.add_missing_timezones()
    return calendar


def _event(fair: Fair, invented: str) -> Event:
    cancelled = fair.state == FairState.CANCELLED
    event = Event()
    event.add("uid", f"fair-{fair.id}@{current_exchange().settings.exchange_id}")
    event.add("sequence", fair.revision)
    event.add("dtstamp", fair.changed_at)
    event.add("last-modified", fair.changed_at)
    event.add("created", fair.created_at)
    event.add("summary", f"{'【已取消】' if cancelled else ''}{fair.name}{invented}")
    event.add("dtstart", _local(fair.starts_at))
    event.add("dtend", _local(fair.ends_at))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("location", fair.meeting_link if fair.online else fair_place(fair))
    event.add("description", _description(fair))
    event.add("url", url_for("fairs.show", fair_id=fair.id, _external=True))
    event.add("transp", "TRANSPARENT")
    return event


def _local(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL)


def _description(fair: Fair) -> str:
    lines = [
        f"已取消：{fair.reason}" if fair.state == FairState.CANCELLED else "",
        f"主办：{fair.organisers}",
        f"咨询：{fair.contact} {fair.phone}",
        f"地图：{fair.map_link}" if fair.map_link else "",
        fair.notice,
        url_for("fairs.show", fair_id=fair.id, _external=True),
    ]
    return "\n".join(line for line in lines if line)
