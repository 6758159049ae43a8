"""API: search, one posting, its contact, completions while typing.

In: checked parameters. Out: the shapes of CONTRACT.md. Contacts are given by one call only, counted and limited.
"""

from typing import Any

from flask import Response, jsonify

from exchange.schemas.answers import CompletionsSchema, ContactAnswerSchema, SearchAnswerSchema
from exchange.schemas.posting import PostingSchema, posting_to_json, source_to_json
from exchange.schemas.query import CompleteQuerySchema, NoQuerySchema, SearchQuerySchema, request_from
from exchange.views.api_parameters import ApiBlueprint
from exchange.views.current import current_exchange, today
from exchange.views.lookup import contact_of, public_posting
from exchange.views.searching import find, found_to_json

blueprint = ApiBlueprint("api-postings", __name__, description="Search and read postings (岗位信息)")


@blueprint.get("/postings")
@blueprint.query(SearchQuerySchema)
@blueprint.response(200, SearchAnswerSchema)
def search(arguments: dict[str, Any]) -> Response:
    """搜索岗位: search open postings.

    Filters take several values, separated by commas or given repeatedly; any of them matches.
    """
    request = request_from(arguments, today())
    return jsonify(found_to_json(find(request), grouped=request.group is not None))


@blueprint.get("/postings/<string:posting_id>")
@blueprint.query(NoQuerySchema)
@blueprint.response(200, PostingSchema)
@blueprint.alt_response(404, success=False)
def posting(arguments: dict[str, Any], posting_id: str) -> Response:
    """读取一个岗位: one posting, also after it ended, with its status."""
    return jsonify(posting_to_json(public_posting(posting_id), today(), current_exchange().settings.exchange_id))


@blueprint.get("/postings/<string:posting_id>/contact")
@blueprint.query(NoQuerySchema)
@blueprint.response(200, ContactAnswerSchema)
@blueprint.alt_response(404, success=False)
@blueprint.alt_response(410, success=False)
@blueprint.alt_response(429, success=False)
def contact(arguments: dict[str, Any], posting_id: str) -> Response:
    """查看联系方式: whom to call. Counted, limited per visitor and minute; 410 once the posting has ended."""
    view = public_posting(posting_id)
    found = contact_of(view)
    answer = jsonify(
        {
            "id": view.id,
            "person": found.person or None,
            "phone": found.phone or None,
            "source": source_to_json(view.offers[0]),
        }
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/complete")
@blueprint.query(CompleteQuerySchema)
@blueprint.response(200, CompletionsSchema)
def complete(arguments: dict[str, Any]) -> Response:
    """输入提示: titles, employers and places that go on from `q`, within the other filters."""
    found = current_exchange().reader.complete(request_from(arguments, today()))
    return jsonify({"items": [{"kind": c.kind, "text": c.text, "value": c.value, "count": c.count} for c in found]})
