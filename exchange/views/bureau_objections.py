"""异议: a clerk says that her row is another job than the posting it was joined to. The office decides.

In: a form below a duplicate row of a published batch. Out: an objection in the store, and back to the rows.
"""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from config.words import Outcome
from exchange.store.batches import UnknownBatch
from exchange.store.decisions import NotPossible
from exchange.store.objecting import object_to_join
from exchange.views.bureau_access import WRITERS, seen_batch
from exchange.views.current import current_exchange
from exchange.views.errors import Refused
from exchange.views.guard import own_account, requires

blueprint = Blueprint("bureau_objections", __name__, url_prefix="/bureau")


@blueprint.post("/batches/<string:batch_id>/records/<int:position>/objection")
@requires(*WRITERS)
def object_to(batch_id: str, position: int) -> ResponseReturnValue:
    batch, words = seen_batch(batch_id), request.form.get("words", "")
    try:
        object_to_join(current_exchange().store, batch.id, position, words, own_account().name)
    except UnknownBatch:
        raise Refused(404, "record.not_found", "这一批没有这一行", "请从“重复”的列表里操作。") from None
    except NotPossible as fault:
        flash(f"没有提出异议：{fault}")
    else:
        flash("异议已提交，由指挥部办公室决定是否拆分；决定之前，这一行仍并在那个岗位之下。")
    return redirect(url_for("bureau_records.records", batch_id=batch.id, outcome=Outcome.DUPLICATE), 303)
