"""API: the two counters, the clusters, and health.

In: a year. Out: the shapes of `guanshao count --json`.
"""

from typing import Any

from flask import Response, jsonify

from exchange.schemas.answers import HealthSchema
from exchange.schemas.counting import ClustersSchema, CommitmentsSchema, clusters_to_json, commitments_to_json
from exchange.schemas.query import NoQuerySchema, YearQuerySchema
from exchange.views.api_parameters import ApiBlueprint
from exchange.views.counted import count_of
from exchange.views.health import health_answer

blueprint = ApiBlueprint("api-counts", __name__, description="What was promised and what is done (任务、组团)")


@blueprint.get("/commitments")
@blueprint.query(YearQuerySchema)
@blueprint.response(200, CommitmentsSchema)
def commitments(arguments: dict[str, Any]) -> Response:
    """任务: goal, counted, pace and forecast of each commitment of a year."""
    return jsonify(commitments_to_json(count_of(arguments["year"])))


@blueprint.get("/clusters")
@blueprint.query(YearQuerySchema)
@blueprint.response(200, ClustersSchema)
def clusters(arguments: dict[str, Any]) -> Response:
    """组团: what each cluster has in each direction; "unassigned" is 未归组团, so that they add up."""
    return jsonify(clusters_to_json(count_of(arguments["year"])))


@blueprint.get("/healthz")
@blueprint.query(NoQuerySchema)
@blueprint.response(200, HealthSchema)
@blueprint.alt_response(503, schema=HealthSchema)
def healthz(arguments: dict[str, Any]) -> Response:
    """健康: the same as /healthz."""
    return health_answer()
