"""The steps of a fair as buttons: licence, checked, published, held, cancelled. Reporting has a page of its own.

In: a form with the revision that was seen. Out: the fair's page, which says what was done or what is missing.
"""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from exchange.models import Fair
from exchange.schemas.accounts import form_faults
from exchange.schemas.fairs import LicenceForm
from exchange.store.decisions import NotPossible
from exchange.store.fairs import set_licence
from exchange.store.fairs_steps import cancel_fair, check_fair, hold_fair, publish_fair
from exchange.store.transaction import Transaction
from exchange.views.bureau_access import WRITERS
from exchange.views.bureau_fairs_access import decide, own_fair
from exchange.views.guard import own_account, requires

blueprint = Blueprint("bureau_fairs_steps", __name__, url_prefix="/bureau/fairs/<string:fair_id>")
_SHORTEST_REASON, _LONGEST_REASON = 4, 300


@blueprint.post("/licence")
@requires(*WRITERS)
def licence(fair_id: str) -> ResponseReturnValue:
    try:
        given = LicenceForm().load(request.form)
    except ValidationError as error:
        flash("没有保存：" + "".join(form_faults(error).values()), "bad")
        return redirect(url_for("bureau_fairs.show", fair_id=own_fair(fair_id).id), 303)

    def decision(transaction: Transaction, fair: Fair) -> str:
        set_licence(transaction, fair, own_account().name, given["applied_on"], given["number"])
        return "安全许可已登记；时间、地点和规模不再能改。" if given["applied_on"] else "已登记：申请撤回了。"

    return decide(fair_id, decision)


@blueprint.post("/check")
@requires(*WRITERS)
def check(fair_id: str) -> ResponseReturnValue:
    def decision(transaction: Transaction, fair: Fair) -> str:
        check_fair(transaction, fair, own_account().name)
        return "已核对，可以发布了。"

    return decide(fair_id, decision)


@blueprint.post("/publish")
@requires(*WRITERS)
def publish(fair_id: str) -> ResponseReturnValue:
    def decision(transaction: Transaction, fair: Fair) -> str:
        publish_fair(transaction, fair)
        return "已发布：网站、日历订阅和接口上都看得到了。"

    return decide(fair_id, decision)


@blueprint.post("/hold")
@requires(*WRITERS)
def hold(fair_id: str) -> ResponseReturnValue:
    def decision(transaction: Transaction, fair: Fair) -> str:
        hold_fair(transaction, fair)
        return "已登记为举办，计入组团的对接会。接着上传现场材料，填写结果。"

    return decide(fair_id, decision)


@blueprint.post("/cancel")
@requires(*WRITERS)
def cancel(fair_id: str) -> ResponseReturnValue:
    reason = " ".join(request.form.get("reason", "").split())[:_LONGEST_REASON]

    def decision(transaction: Transaction, fair: Fair) -> str:
        if len(reason) < _SHORTEST_REASON:
            raise NotPossible(f"请写明取消的原因（至少 {_SHORTEST_REASON} 个字），订阅日历的人会看到。")
        cancel_fair(transaction, fair, reason)
        return "已取消：不再计数，网站和各人的日历都会标明。"

    return decide(fair_id, decision)
