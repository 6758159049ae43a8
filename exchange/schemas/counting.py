"""The counts as JSON: the shape of `guanshao count --json`, of /api/v1/commitments and /api/v1/clusters.

In: a `Count`. Out: plain JSON. The schemas document the same shapes in OpenAPI and check them in the tests.
"""

from dataclasses import asdict
from typing import Any

from marshmallow import Schema, fields

from exchange.clock import iso
from exchange.counting import ClusterCount, CommitmentCount, Count


def count_to_json(count: Count) -> dict[str, Any]:
    return {
        **_heading(count),
        "commitments": [_commitment(commitment) for commitment in count.commitments],
        "clusters": [_cluster(cluster) for cluster in count.clusters],
        "uncounted": dict(count.uncounted),
    }


def commitments_to_json(count: Count) -> dict[str, Any]:
    return {**_heading(count), "commitments": [_commitment(commitment) for commitment in count.commitments]}


def clusters_to_json(count: Count) -> dict[str, Any]:
    return {**_heading(count), "clusters": [_cluster(cluster) for cluster in count.clusters]}


def _heading(count: Count) -> dict[str, Any]:
    return {"year": count.year, "as_of": iso(count.as_of), "ledger_sequence": count.ledger_sequence}


def _commitment(commitment: CommitmentCount) -> dict[str, Any]:
    return {**asdict(commitment), "direction": str(commitment.direction)}


def _cluster(cluster: ClusterCount) -> dict[str, Any]:
    return {**asdict(cluster), "direction": str(cluster.direction)}


class ForecastSchema(Schema):
    value = fields.Integer(required=True)
    low = fields.Integer(required=True)
    high = fields.Integer(required=True)
    method = fields.String(required=True)


class CommitmentSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    direction = fields.String(required=True)
    unit = fields.String(required=True)
    goal = fields.Integer(required=True)
    counted = fields.Integer(required=True)
    of_which_carried = fields.Integer(required=True)
    openings = fields.Integer(required=True)
    percent = fields.Float(required=True, metadata={"description": "73.1 for 73.1 %"})
    expected_by_now = fields.Integer(required=True)
    forecast = fields.Nested(ForecastSchema, required=True, allow_none=True)


class ClusterSchema(Schema):
    cluster = fields.String(required=True, metadata={"description": 'code, or "unassigned" (未归组团)'})
    name = fields.String(required=True)
    direction = fields.String(required=True)
    goal = fields.Integer(required=True, allow_none=True)
    postings = fields.Integer(required=True)
    openings = fields.Integer(required=True)


class CountHeadingSchema(Schema):
    year = fields.Integer(required=True)
    as_of = fields.DateTime(required=True, metadata={"description": "the moment the figures were read"})
    ledger_sequence = fields.Integer(required=True)


class CommitmentsSchema(CountHeadingSchema):
    commitments = fields.List(fields.Nested(CommitmentSchema), required=True)


class ClustersSchema(CountHeadingSchema):
    clusters = fields.List(fields.Nested(ClusterSchema), required=True)


class CountSchema(CommitmentsSchema, ClustersSchema):
    uncounted = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
