"""Papers and evidence of a fair: uploaded, taken off, downloaded; kept by exchange.evidence, as all evidence is.

In: a file and what it is. Out: the fair's page, or the file as an attachment that no browser opens by itself.
"""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from exchange.evidence import EvidenceFault
from exchange.fairs.words import DocumentKind
from exchange.models import Fair
from exchange.store.fairs_documents import add_document, find_document, remove_document
from exchange.store.transaction import Transaction
from exchange.views.bureau_access import READERS, WRITERS
from exchange.views.bureau_fairs_access import decide, own_fair, seen_fair
from exchange.views.current import session
from exchange.views.errors import Refused
from exchange.views.evidence_files import MEGABYTES, evidence_sent, evidence_taken, let_evidence_in
from exchange.views.guard import current_account, own_account, requires

blueprint = Blueprint("bureau_fairs_files", __name__, url_prefix="/bureau/fairs/<string:fair_id>/documents")


@blueprint.url_value_preprocessor
def _let_files_in(endpoint: str | None, values: object) -> None:
    """Before anything reads the form: other pages take small forms only."""
    if endpoint == "bureau_fairs_files.upload":
        let_evidence_in()


@blueprint.post("")
@requires(*WRITERS)
def upload(fair_id: str) -> ResponseReturnValue:
    fair = own_fair(fair_id)
    try:
        kind = DocumentKind(request.form.get("kind", ""))
    except ValueError:
        return _told(fair, "请选择这是哪一种材料。")
    try:
        file = evidence_taken()
    except EvidenceFault as fault:
        return _told(fair, str(fault))

    def decision(transaction: Transaction, found: Fair) -> str:
        add_document(transaction, found, own_account().name, kind, file)
        return f"已收下“{kind.word}”：{file.name}。"

    return decide(fair_id, decision)


@blueprint.get("/<string:digest>")
@requires(*READERS)
def download(fair_id: str, digest: str) -> ResponseReturnValue:
    found = find_document(session(), seen_fair(fair_id).id, digest)
    if found is None:
        raise Refused(404, "file.gone", "没有这份文件", "请从对接会页面打开。")
    return evidence_sent(found.digest, found.name)


@blueprint.post("/<string:digest>/remove")
@requires(*WRITERS)
def remove(fair_id: str, digest: str) -> ResponseReturnValue:
    def decision(transaction: Transaction, fair: Fair) -> str:
        remove_document(transaction, fair, own_account().name, digest)
        return "已从材料里去掉；原文件仍在档案里。"

    return decide(fair_id, decision)


@blueprint.errorhandler(RequestEntityTooLarge)
def _too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
    if current_account() is None:
        return redirect(url_for("login.form"))
    values = request.view_args or {}
    return _told(own_fair(str(values.get("fair_id", ""))), f"文件超过了 {MEGABYTES} MB 的上限，没有收下。")


def _told(fair: Fair, fault: str) -> ResponseReturnValue:
    flash(f"没有保存：{fault}", "bad")
    return redirect(url_for("bureau_fairs.show", fair_id=fair.id), 303)
