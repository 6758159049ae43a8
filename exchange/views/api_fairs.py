"""API: fairs (供需对接会), those that were published.

In: a year, a cluster, states. Out: fairs by time. Without a year, those that are not over.
"""

from typing import Any

from flask import Response, jsonify, url_for

from exchange.clock import iso, local_day
from exchange.schemas.fairs import FairsQuerySchema, FairsSchema
from exchange.store.fairs import public_fairs
from exchange.store.overview import cluster_names
from exchange.views.api_parameters import ApiBlueprint
from exchange.views.current import current_exchange, session
from exchange.views.errors import refused_parameters
from exchange.views.fairs_shown import ShownFair, shown_fairs

blueprint = ApiBlueprint("api-fairs", __name__, description="Fairs (供需对接会、招聘会)")


@blueprint.get("/fairs")
@blueprint.query(FairsQuerySchema)
@blueprint.response(200, FairsSchema)
def fairs(arguments: dict[str, Any]) -> Response:
    """对接会: published fairs by time; a cancelled one stays and says so. Its calendar is at calendar_url."""
    year, wanted = arguments["year"], arguments.get("state") or ()
    if arguments["cluster"] and arguments["cluster"] not in (known := cluster_names(session())):
        raise refused_parameters({"cluster": f"没有“{arguments['cluster']}”这个组团，可用：{'、'.join(known)}"})
    since = None if year else current_exchange().store.clock()
    found = public_fairs(session(), since=since, cluster=arguments["cluster"])
    chosen = [fair for fair in found if year is None or local_day(fair.starts_at).year == year]
    shown = shown_fairs([fair for fair in chosen if not wanted or fair.state in wanted])
    return jsonify({"items": [_to_json(one) for one in shown]})


def _to_json(shown: ShownFair) -> dict[str, Any]:
    fair, figures = shown.fair, shown.figures
    return {
        "id": fair.id,
        "name": fair.name,
        "state": fair.state,
        "cluster": {"code": fair.cluster, "name": shown.cluster},
        "organisers": fair.organisers,
        "organisation": fair.organisation,
        "online": fair.online,
        "place": {"name": fair.place, "address": fair.address, "map": fair.map_link},
        "meeting_url": fair.meeting_link,
        "starts_at": iso(fair.starts_at),
        "ends_at": iso(fair.ends_at),
        "contact": fair.contact,
        "phone": fair.phone,
        "employers": figures.employers,
        "postings": figures.postings,
        "openings": figures.openings,
        "cancelled_because": fair.reason if shown.is_cancelled else "",
        "url": url_for("fairs.show", fair_id=fair.id, _external=True),
        "calendar_url": url_for("fairs_ics.one", fair_id=fair.id, _external=True),
        "changed_at": iso(fair.changed_at),
    }
