"""Step three and what may follow it: confirm a batch, throw it away, take it back (撤回整批).

In: a form of the batch's page. Out: a decision in the store, at once, also while the worker is dead. What was confirmed
must be what was seen: a preview that has changed meanwhile is shown again first.
"""

import hashlib

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from config.words import BatchState, WithdrawalReason, label
from exchange.indexing import follow
from exchange.ledger import canonical
from exchange.models import Batch
from exchange.store.batches import confirm_batch, discard_batch
from exchange.store.decisions import NotPossible, withdraw_batch
from exchange.views.bureau_access import WRITERS, refuse_parked_batch, refuse_while_parked, seen_batch
from exchange.views.current import current_exchange
from exchange.views.errors import Refused
from exchange.views.formats import unit
from exchange.views.guard import own_account, requires

blueprint = Blueprint("bureau_decisions", __name__, url_prefix="/bureau")
LONGEST_WORDS = 500


def seen_mark(batch: Batch) -> str:
    """What the page showed when it asked for a confirmation."""
    shown = [batch.preview, [[c["field"] for c in sheet["columns"]] for sheet in batch.layout]]
    return hashlib.sha256(canonical(shown).encode()).hexdigest()[:16]


@blueprint.post("/batches/<string:batch_id>/confirm")
@requires(*WRITERS)
def confirm(batch_id: str) -> ResponseReturnValue:
    batch = seen_batch(batch_id)
    refuse_while_parked()
    refuse_parked_batch(batch)
    if batch.state != BatchState.STAGED:
        flash(f"这一批已经是“{label(BatchState(batch.state))}”，没有再确认一次。")
    elif request.form.get("seen") != seen_mark(batch):
        flash("您核对之后，这一批的预览变了（可能有人改了表头）。请再看一遍，再点发布。")
    else:
        confirm_batch(current_exchange().store, batch.id, own_account().name)
    return _back(batch)


@blueprint.post("/batches/<string:batch_id>/discard")
@requires(*WRITERS)
def discard(batch_id: str) -> ResponseReturnValue:
    batch = seen_batch(batch_id)
    refuse_parked_batch(batch)
    if discard_batch(current_exchange().store, batch.id, own_account().name):
        flash("这一批已放弃，没有发布任何岗位。改好原表后可以再上传。")
    else:
        flash("这一批已经确认或处理完，不能放弃了；发布后可以撤回整批。")
    return _back(batch)


@blueprint.post("/batches/<string:batch_id>/withdraw")
@requires(*WRITERS)
def withdraw(batch_id: str) -> ResponseReturnValue:
    batch, exchange = seen_batch(batch_id), current_exchange()
    reason, words = given_reason()
    try:
        with exchange.store.write(own_account().name, batch.organisation) as transaction:
            number = withdraw_batch(transaction, batch.id, reason, words)
    except NotPossible as fault:
        raise Refused(409, "batch.state", "没有撤回", str(fault)) from None
    follow(exchange, wait=0)
    flash(f"整批已撤回：{unit(number, '个岗位')}马上从所有页面消失。原因：{reason}。")
    return _back(batch)


def given_reason() -> tuple[WithdrawalReason, str]:
    """The reason chosen and the words added. Refused without one: only some reasons take the credit back."""
    given = request.form.get("reason", "")
    if given not in set(WithdrawalReason):
        raise Refused(400, "reason.missing", "没有撤回：还没有选原因", "请回到上一页，选一个撤回原因再点撤回。")
    return WithdrawalReason(given), request.form.get("words", "").strip()[:LONGEST_WORDS]


def _back(batch: Batch) -> ResponseReturnValue:
    return redirect(url_for("bureau.batch", batch_id=batch.id), 303)
