"""API: receipts and digests, for another exchange that follows our change feed.

In: a bearer token with scope `peers`, whose organisation is the peer. Out: what the peer says became of each change is
kept beside it; what we provide to it, as one number and one SHA-256, so that both sides can compare.
"""

from datetime import date
from typing import Any

from flask import Response, jsonify, request

from config.words import TokenScope
from exchange.models import PeerSide
from exchange.schemas.peers import DigestQuerySchema, DigestSchema, NotedSchema, ReceiptsSchema
from exchange.store.peers_digests import find_digest, open_by_origin, provided_to, save_digest, sha256_of
from exchange.store.peers_sent import note_receipts
from exchange.store.peers_sharing import shared_sequence
from exchange.views.api_parameters import ApiBlueprint
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.guard import current_token, requires_token

blueprint = ApiBlueprint("api-peers", __name__, description="Exchanges that follow our feed (互通平台); bearer token")
_MOST_BYTES = 4 * 2**20
_SECURED: dict[str, Any] = {"security": [{"bearer": []}]}


@blueprint.before_request
def _allow_many_receipts() -> None:
    request.max_content_length = _MOST_BYTES


@blueprint.post("/receipts")
@requires_token(TokenScope.PEERS)
@blueprint.arguments(ReceiptsSchema, error_status_code=400)
@blueprint.doc(**_SECURED)
@blueprint.response(200, NotedSchema)
@blueprint.alt_response(400, success=False)
@blueprint.alt_response(401, success=False)
@blueprint.alt_response(403, success=False)
def receipts(given: dict[str, Any]) -> Response:
    """回执: what became of changes fetched with this token, and what a comparison found. May be sent again."""
    store, peer = current_exchange().store, current_token().organisation
    unknown = note_receipts(store, peer, given["receipts"]) if given["receipts"] else []
    compared = given["compared"]
    if compared is not None:
        _note_comparison(peer, compared)
    return jsonify({"noted": len(given["receipts"]) - len(unknown), "never_sent": unknown})


def _note_comparison(peer: str, compared: dict[str, Any]) -> None:
    if find_digest(session(), peer, PeerSide.SENT, compared["day"]) is None:
        details = {"day": compared["day"].isoformat()}
        raise Refused(409, "digest.missing", "这一天没有取过摘要，不能报告对账结果。请先 GET /digest", details=details)
    save_digest(
        current_exchange().store,
        peer,
        PeerSide.SENT,
        compared["day"],
        held=compared["held"],
        held_digest=compared["sha256"],
        differences=compared["differences"],
    )


@blueprint.get("/digest")
@requires_token(TokenScope.PEERS)
@blueprint.query(DigestQuerySchema)
@blueprint.doc(**_SECURED)
@blueprint.response(200, DigestSchema)
@blueprint.alt_response(401, success=False)
@blueprint.alt_response(403, success=False)
@blueprint.alt_response(404, success=False)
def digest(arguments: dict[str, Any]) -> Response:
    """摘要: the open postings we provide to this peer, less what it has refused or holds. Today's is worked out now."""
    day = arguments["day"] or today()
    answer = jsonify(_digest_of_today(arguments["items"]) if day == today() else _earlier_digest(day))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _digest_of_today(with_items: bool) -> dict[str, Any]:
    exchange, peer = current_exchange(), current_token().organisation
    own = exchange.settings.exchange_id
    provided = provided_to(session(), peer, own, today())
    sequence, sha256 = shared_sequence(session()), sha256_of(provided)
    figures: dict[str, Any] = {"sequence": sequence, "provided": len(provided), "provided_digest": sha256}
    save_digest(exchange.store, peer, PeerSide.SENT, today(), **figures)
    return {
        "exchange": own,
        "day": today().isoformat(),
        "sequence": sequence,
        "postings": len(provided),
        "sha256": sha256,
        "open": open_by_origin(session(), own, today()),
        "items": [{"id": id, "digest": found} for id, found in sorted(provided.items())] if with_items else None,
    }


def _earlier_digest(day: date) -> dict[str, Any]:
    row = find_digest(session(), current_token().organisation, PeerSide.SENT, day)
    if row is None:
        message = f"没有 {day} 的摘要：当天没有被取过"
        raise Refused(404, "digest.not_found", message, details={"day": day.isoformat()})
    return {
        "exchange": current_exchange().settings.exchange_id,
        "day": day.isoformat(),
        "sequence": row.sequence,
        "postings": row.provided,
        "sha256": row.provided_digest,
        "open": None,
        "items": None,
    }
