"""API: the change feed and the snapshot, for whoever keeps a copy (the other city, open data).

In: a ledger sequence. Out: the current state of what changed since, removals included; or every open posting.
Start with the snapshot and its Ledger-Sequence, then follow the changes from there. What only a peer offers is in
neither: ask the exchange it comes from. A peer's token makes us keep beside each change what becomes of it there.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from typing import Any

from flask import Response, jsonify, request
from sqlmodel import Session

from exchange.clock import iso
from exchange.schemas.answers import ChangesSchema
from exchange.schemas.peers import posting_digest
from exchange.schemas.posting import posting_to_json
from exchange.schemas.query import ChangesQuerySchema, NoQuerySchema
from exchange.store.ledger import head_sequence
from exchange.store.lists import in_slices
from exchange.store.overview import event_moments
from exchange.store.peers_sent import SentChange, note_sent
from exchange.store.peers_sharing import changed_shared, shared_open_ids, shared_views
from exchange.views.api_parameters import ApiBlueprint
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.guard import peer_asking

blueprint = ApiBlueprint("api-changes", __name__, description="Keep a copy: changes and snapshot")


@blueprint.get("/changes")
@blueprint.query(ChangesQuerySchema)
@blueprint.response(200, ChangesSchema)
@blueprint.alt_response(304)
def changes(arguments: dict[str, Any]) -> Response:
    """变更: the current state of every posting changed since a ledger sequence, in order, removals included."""
    since, limit = arguments["since"], arguments["limit"]
    head = head_sequence(session())
    if since > head:
        message = f"since={since} 比台账的最新序号 {head} 还大"
        raise Refused(400, "since.ahead", message, details={"parameter": "since", "head": head})
    answer = Response(mimetype="application/json")
    answer.set_etag(f"{head}-{since}-{limit}-{today()}")
    if not request.if_none_match.contains(answer.get_etag()[0] or ""):
        found = _changes(since, limit, head)
        peer = peer_asking()
        if peer is not None and found["items"]:
            note_sent(current_exchange().store, peer, [_sent(item) for item in found["items"]])
        answer.data = jsonify(found).data
    answer.headers["Ledger-Sequence"] = str(head)
    answer.make_conditional(request)
    return answer


def _changes(since: int, limit: int, head: int) -> dict[str, Any]:
    changed = changed_shared(session(), since, limit + 1)
    more, changed = len(changed) > limit, changed[:limit]
    moments = event_moments(session(), [sequence for _, sequence in changed])
    open_views = {view.id: view for view in shared_views(session(), [id for id, _ in changed], today())}
    items = [
        {
            "seq": sequence,
            "at": iso(moments[sequence]),
            "kind": "upsert" if id in open_views else "remove",
            "id": id,
            "posting": posting_to_json(open_views[id], today(), _own_id()) if id in open_views else None,
        }
        for id, sequence in changed
    ]
    return {"items": items, "next_since": changed[-1][1] if more else head, "more": more}


def _sent(item: dict[str, Any]) -> SentChange:
    return SentChange(item["seq"], item["id"], posting_digest(item["posting"]) if item["posting"] else "")


def _own_id() -> str:
    return current_exchange().settings.exchange_id


@blueprint.get("/snapshot")
@blueprint.query(NoQuerySchema)
@blueprint.response(200, content_type="application/x-ndjson", description="One open posting a line")
def snapshot(arguments: dict[str, Any]) -> Response:
    """全量: every open posting of ours, one JSON object a line; Ledger-Sequence says where the changes go on."""
    stack = ExitStack()
    reading = stack.enter_context(current_exchange().store.read())
    head, day = head_sequence(reading), today()
    answer = Response(_lines(reading, day, _own_id()), mimetype="application/x-ndjson")
    answer.call_on_close(stack.close)
    answer.headers["Ledger-Sequence"] = str(head)
    return answer


def _lines(reading: Session, day: date, own_id: str) -> Iterator[str]:
    for some in in_slices(shared_open_ids(reading)):
        views = shared_views(reading, some, day)
        yield "".join(json.dumps(posting_to_json(view, day, own_id), ensure_ascii=False) + "\n" for view in views)
        reading.expunge_all()  # what has been sent need not be remembered
