"""API: the change feed and the snapshot, for whoever keeps a copy (the other city, open data).

In: a ledger sequence. Out: the current state of what changed since, removals included; or every open posting.
Start with the snapshot and its Ledger-Sequence, then follow the changes from there.
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
from exchange.schemas.posting import posting_to_json
from exchange.schemas.query import ChangesQuerySchema, NoQuerySchema
from exchange.store.ledger import head_sequence
from exchange.store.lists import in_slices
from exchange.store.overview import event_moments
from exchange.store.reading import changed_postings, find_views, open_posting_ids
from exchange.views.api_parameters import ApiBlueprint
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused

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
        answer.data = jsonify(_changes(since, limit, head)).data
    answer.headers["Ledger-Sequence"] = str(head)
    answer.make_conditional(request)
    return answer


def _changes(since: int, limit: int, head: int) -> dict[str, Any]:
    changed = changed_postings(session(), since, limit + 1)
    more, changed = len(changed) > limit, changed[:limit]
    moments = event_moments(session(), [sequence for _, sequence, _ in changed])
    open_views = {v.id: v for v in find_views(session(), [id for id, _, _ in changed]) if v.is_open(today())}
    items = [
        {
            "seq": sequence,
            "at": iso(moments[sequence]),
            "kind": "upsert" if id in open_views else "remove",
            "id": id,
            "posting": posting_to_json(open_views[id], today()) if id in open_views else None,
        }
        for id, sequence, _ in changed
    ]
    return {"items": items, "next_since": changed[-1][1] if more else head, "more": more}


@blueprint.get("/snapshot")
@blueprint.query(NoQuerySchema)
@blueprint.response(200, content_type="application/x-ndjson", description="One open posting a line")
def snapshot(arguments: dict[str, Any]) -> Response:
    """全量: every open posting, one JSON object a line; the header Ledger-Sequence says where the changes go on."""
    stack = ExitStack()
    reading = stack.enter_context(current_exchange().store.read())
    head, day = head_sequence(reading), today()
    answer = Response(_lines(reading, day), mimetype="application/x-ndjson")
    answer.call_on_close(stack.close)
    answer.headers["Ledger-Sequence"] = str(head)
    return answer


def _lines(reading: Session, day: date) -> Iterator[str]:
    for some in in_slices(id for id, _ in open_posting_ids(reading)):
        views = [view for view in find_views(reading, some) if view.is_open(day)]
        yield "".join(json.dumps(posting_to_json(view, day), ensure_ascii=False) + "\n" for view in views)
        reading.expunge_all()  # what has been sent need not be remembered
