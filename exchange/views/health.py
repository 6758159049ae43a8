"""/healthz, for whoever watches the machine, and /metrics.

In: nothing. Out: 200 while the database answers and the index is whole, else 503, both with the figures.
"""

import logging
from typing import Any

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from exchange.clock import iso
from exchange.store.ledger import head_sequence
from exchange.store.overview import oldest_good_pull, worker_heartbeat
from exchange.store.reading import count_open
from exchange.views.current import current_exchange, demonstration, session, today
from exchange.views.metrics import metrics

blueprint = Blueprint("health", __name__)
log = logging.getLogger(__name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    return health_answer()


@blueprint.get("/metrics")
def prometheus() -> Response:
    figures = metrics()
    head = head_sequence(session())
    figures.ledger_sequence.set(head)
    figures.index_behind.set(head - current_exchange().reader.status().sequence)
    figures.postings_open.set(count_open(session(), today()))
    return Response(generate_latest(figures.registry), content_type=CONTENT_TYPE_LATEST)


def health_answer() -> Response:
    index = current_exchange().reader.status()
    try:
        figures = _figures(index.sequence)
        database = "ok"
    except SQLAlchemyError as error:
        log.error("the database does not answer: %s", error)
        figures = {"behind": 0, "heartbeat": None, "oldest": None}
        database = "failing"
    well = database == "ok" and index.healthy
    response = jsonify(
        {
            "status": "ok" if well else "failing",
            "database": database,
            "index": {"sequence": index.sequence, "behind": figures["behind"]} | _fault(index.message),
            "worker": {"heartbeat": figures["heartbeat"]},
            "sources": {"oldest": figures["oldest"]},
        }
    )
    response.status_code = 200 if well else 503
    response.headers["Cache-Control"] = "no-store"
    return response


def _fault(message: str) -> dict[str, str]:
    return {"message": message} if message else {}


def _figures(sequence: int) -> dict[str, Any]:
    here = demonstration()
    sources = current_exchange().configuration.sources.values()
    pulled = [source.id for source in sources if source.is_active and (here or not source.demonstration)]
    beaten, oldest = worker_heartbeat(session()), oldest_good_pull(session(), pulled)
    return {
        "behind": head_sequence(session()) - sequence,
        "heartbeat": iso(beaten) if beaten else None,
        "oldest": iso(oldest) if oldest else None,
    }
