"""API: batches (批次) of an organisation's own system. A file or records come in; the worker reads and publishes them.

In: a bearer token with scope `batches`, whose organisation every batch belongs to. Out: the batch, its problems, the
marked workbook. Others' batches do not exist here (404). What may be uploaded is in upload_parts.
"""

import io
from math import ceil
from typing import Any

from flask import Response, jsonify, request, send_file, url_for

from config.words import BatchState, TokenScope, WithdrawalReason, label
from exchange.documents.batch_workbook import NoWorkbook, marked_workbook_of
from exchange.indexing import follow
from exchange.models import Batch
from exchange.receiving import receive
from exchange.schemas.batches import (
    PROBLEMS_AT_ONCE,
    BatchSchema,
    KeySchema,
    ProblemsQuerySchema,
    ProblemsSchema,
    UploadQuerySchema,
    WithdrawalSchema,
    batch_to_json,
    problem_to_json,
)
from exchange.schemas.query import NoQuerySchema
from exchange.store.batches import UnknownBatch, confirm_batch, discard_batch, find_batch
from exchange.store.decisions import NotPossible, withdraw_batch
from exchange.store.previews import ProblemFilter, count_problems, problems_page
from exchange.store.reviewing import decided_of
from exchange.views.api_parameters import ApiBlueprint
from exchange.views.api_uploads import (
    check_key,
    check_pace,
    check_verification,
    read_upload,
    upload_source,
)
from exchange.views.bureau_files import attachment
from exchange.views.current import current_exchange, session
from exchange.views.errors import Refused
from exchange.views.guard import current_token, requires_token

blueprint = ApiBlueprint("api-batches", __name__, description="Report postings in batches (报送批次); bearer token")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SECURED: dict[str, Any] = {"security": [{"bearer": []}]}
_UPLOAD: dict[str, Any] = {
    **_SECURED,
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["records"],
                    "properties": {
                        "records": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "object"},
                            "description": "one object a posting; keys: Chinese headings (岗位名称) or ours (title)",
                        }
                    },
                }
            },
        },
    },
}


@blueprint.post("/batches")
@requires_token(TokenScope.BATCHES)
@blueprint.query(UploadQuerySchema)
@blueprint.arguments(KeySchema, location="headers")
@blueprint.doc(**_UPLOAD)
@blueprint.response(202, BatchSchema)
@blueprint.alt_response(400, success=False)
@blueprint.alt_response(401, success=False)
@blueprint.alt_response(409, success=False)
@blueprint.alt_response(413, success=False)
@blueprint.alt_response(429, success=False)
def upload(arguments: dict[str, Any], headers: dict[str, Any]) -> Response:
    """报送一批: a file or records. Once this answers, nothing is lost; the batch says how far it is."""
    token, exchange, confirm = current_token(), current_exchange(), arguments["confirm"]
    check_pace(token)
    check_verification(token.organisation)
    key = check_key(headers["key"])
    given = read_upload(request)
    receipt = receive(
        exchange,
        given.content,
        given.name,
        source=upload_source(token.organisation).id,
        organisation=token.organisation,
        actor=_actor(),
        automatic=confirm,
        idempotency_key=key,
    )
    batch = receipt.batch
    if batch.file_hash != given.digest or batch.automatic != confirm:
        message = f"Idempotency-Key “{key}” 已经用在另一次内容不同的报送上。请换一个新的键，或原样重发。"
        raise Refused(409, "idempotency.reused", message, details={"batch": batch.id})
    answer = _accepted(batch)
    answer.headers["Location"] = url_for("api-batches.read", batch_id=batch.id)
    return answer


@blueprint.get("/batches/<string:batch_id>")
@requires_token(TokenScope.BATCHES)
@blueprint.query(NoQuerySchema)
@blueprint.doc(**_SECURED)
@blueprint.response(200, BatchSchema)
@blueprint.alt_response(404, success=False)
def read(arguments: dict[str, Any], batch_id: str) -> Response:
    """读取一批: its state, how far it is, what became of its records."""
    return _shown(_own(batch_id))


@blueprint.get("/batches/<string:batch_id>/problems")
@requires_token(TokenScope.BATCHES)
@blueprint.query(ProblemsQuerySchema)
@blueprint.doc(**_SECURED)
@blueprint.response(200, ProblemsSchema)
@blueprint.alt_response(404, success=False)
def problems(arguments: dict[str, Any], batch_id: str) -> Response:
    """读取问题: of the file first, then by column and row."""
    batch, page = _own(batch_id), arguments["page"]
    total = count_problems(session(), batch.id, ProblemFilter())
    rows = problems_page(session(), batch.id, ProblemFilter(), (page - 1) * PROBLEMS_AT_ONCE, PROBLEMS_AT_ONCE)
    pages = max(1, ceil(total / PROBLEMS_AT_ONCE))
    return jsonify({"total": total, "page": page, "pages": pages, "items": [problem_to_json(row) for row in rows]})


@blueprint.get("/batches/<string:batch_id>/workbook")
@requires_token(TokenScope.BATCHES)
@blueprint.query(NoQuerySchema)
@blueprint.doc(**_SECURED)
@blueprint.response(200, content_type=_XLSX, description="The marked workbook")
@blueprint.alt_response(404, success=False)
@blueprint.alt_response(409, success=False)
def workbook(arguments: dict[str, Any], batch_id: str) -> Response:
    """下载标注后的原表: what was sent, with every problem marked in its cell."""
    batch = _own(batch_id)
    try:
        name, content = marked_workbook_of(current_exchange(), batch.id)
    except NoWorkbook as missing:
        raise Refused(409, "workbook.missing", str(missing), details={"state": batch.state}) from None
    return attachment(send_file(io.BytesIO(content), mimetype=_XLSX), name)


@blueprint.post("/batches/<string:batch_id>/confirm")
@requires_token(TokenScope.BATCHES)
@blueprint.query(NoQuerySchema)
@blueprint.doc(**_SECURED)
@blueprint.response(202, BatchSchema)
@blueprint.alt_response(404, success=False)
@blueprint.alt_response(409, success=False)
def confirm(arguments: dict[str, Any], batch_id: str) -> Response:
    """确认发布: of a staged batch. Saying it twice is no error."""
    batch = _own(batch_id)
    check_verification(batch.organisation)
    if batch.state not in {BatchState.STAGED, BatchState.CONFIRMED, BatchState.PUBLISHING, BatchState.DONE}:
        raise _wrong_state(batch, "不能确认发布：要等它读完（staged）再确认")
    confirm_batch(current_exchange().store, batch.id, _actor())
    return _accepted(_again(batch.id))


@blueprint.post("/batches/<string:batch_id>/discard")
@requires_token(TokenScope.BATCHES)
@blueprint.query(NoQuerySchema)
@blueprint.doc(**_SECURED)
@blueprint.response(200, BatchSchema)
@blueprint.alt_response(404, success=False)
@blueprint.alt_response(409, success=False)
def discard(arguments: dict[str, Any], batch_id: str) -> Response:
    """放弃: a batch that was not confirmed. Saying it twice is no error."""
    batch = _own(batch_id)
    done = discard_batch(current_exchange().store, batch.id, _actor())
    batch = _again(batch.id)
    if not done and batch.state != BatchState.DISCARDED:
        raise _wrong_state(batch, "不能放弃：已经确认的批次，发布完成后可以撤回（withdraw）")
    return _shown(batch)


@blueprint.post("/batches/<string:batch_id>/withdraw")
@requires_token(TokenScope.BATCHES)
@blueprint.arguments(WithdrawalSchema, error_status_code=400)
@blueprint.doc(**_SECURED)
@blueprint.response(200, BatchSchema)
@blueprint.alt_response(404, success=False)
@blueprint.alt_response(409, success=False)
def withdraw(given: dict[str, Any], batch_id: str) -> Response:
    """撤回整批: everything it published is gone at once. 无效, 虚假, 重复 and 误报 take its credits back."""
    batch, exchange = _own(batch_id), current_exchange()
    try:
        with exchange.store.write(_actor(), batch.organisation) as transaction:
            withdraw_batch(transaction, batch.id, WithdrawalReason(given["reason"]), given["words"])
    except NotPossible as fault:
        raise Refused(409, "batch.state", str(fault), details={"state": batch.state}) from None
    follow(exchange, wait=0)
    return _shown(_again(batch.id))


def _own(batch_id: str) -> Batch:
    missing = Refused(404, "batch.not_found", "没有这个批次", details={"id": batch_id})
    try:
        batch = find_batch(session(), batch_id.upper())
    except UnknownBatch:
        raise missing from None
    if batch.organisation != current_token().organisation:
        raise missing
    return batch


def _again(batch_id: str) -> Batch:
    """As it is after a decision, which the request's own session began too early to see."""
    with current_exchange().store.read() as fresh:
        return find_batch(fresh, batch_id)


def _actor() -> str:
    return f"token:{current_token().id}"


def _wrong_state(batch: Batch, what: str) -> Refused:
    message = f"这一批现在是“{label(BatchState(batch.state))}”，{what}。"
    return Refused(409, "batch.state", message, details={"state": batch.state})


def _shown(batch: Batch) -> Response:
    with current_exchange().store.read() as fresh:
        decided = decided_of(fresh, batch.id)
    answer = jsonify(batch_to_json(batch, decided))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _accepted(batch: Batch) -> Response:
    answer = _shown(batch)
    answer.status_code = 202
    return answer
