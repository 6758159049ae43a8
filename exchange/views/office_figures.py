"""Figures recorded by hand (登记数) on a commitment's page: with evidence files, corrected and never edited.

In: multipart forms of the office. Out: rows and events; evidence as attachments that no browser opens by itself.
"""

import io
from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from config.setting_table import MEGABYTE
from config.words import Role
from exchange.evidence import Evidence, EvidenceFault, keep_evidence, read_evidence
from exchange.schemas.accounts import form_faults
from exchange.schemas.commitments import CorrectionForm, FigureForm
from exchange.store.decisions import NotPossible
from exchange.store.figures import correct_figure, figures_of, find_evidence, record_figure
from exchange.store.transaction import Transaction
from exchange.views.bureau_files import attachment
from exchange.views.current import current_exchange, session
from exchange.views.errors import Refused
from exchange.views.guard import own_account, requires
from exchange.views.office_commitments import commitment_page, found

blueprint = Blueprint("office_figures", __name__, url_prefix="/office")
_TWICE = "您打开页面以后，这里又登记了数（可能按了两次，或别人登记过）。请看过上面的表，确实还要登记再按一次。"
_MOST_AT_ONCE = 60 * MEGABYTE


@blueprint.url_value_preprocessor
def _let_files_in(endpoint: str | None, values: object) -> None:
    if request.method == "POST":
        request.max_content_length = _MOST_AT_ONCE


@blueprint.post("/commitments/<int:year>/<string:code>/figures")
@requires(Role.OFFICE, Role.ADMIN)
def record(year: int, code: str) -> ResponseReturnValue:
    known, account = found(year, code), own_account()
    try:
        given = FigureForm().load(request.form)
    except ValidationError as error:
        return commitment_page(known, figure=(request.form, form_faults(error)))
    who = {"actor": account.name, "organisation": account.organisation}

    def keep(transaction: Transaction, evidence: Sequence[Evidence]) -> None:
        if len(figures_of(transaction.session, code, year)) != given["recorded"]:
            raise NotPossible(_TWICE)
        record_figure(
            transaction, code, year, given["amount"], given["day"], given["what"], member=given["member"],
            evidence=evidence, **who,
        )  # fmt: skip

    if fault := _kept(keep):
        return commitment_page(known, figure=(request.form, {"form": fault}))
    flash("已登记。它另列为人工登记，不是计数凭证。", "good")
    return redirect(url_for("office_commitments.show", year=year, code=code) + "#figures", 303)


@blueprint.post("/commitments/<int:year>/<string:code>/figures/<string:figure_id>/correct")
@requires(Role.OFFICE, Role.ADMIN)
def correct(year: int, code: str, figure_id: str) -> ResponseReturnValue:
    found(year, code)
    account = own_account()
    try:
        given = CorrectionForm().load(request.form)
    except ValidationError as error:
        flash("没有更正：" + "".join(form_faults(error).values()), "bad")
        return redirect(url_for("office_commitments.show", year=year, code=code) + "#figures", 303)

    def keep(transaction: Transaction, evidence: Sequence[Evidence]) -> None:
        correct_figure(
            transaction, figure_id, given["amount"], given["words"], actor=account.name,
            organisation=account.organisation, evidence=evidence,
        )  # fmt: skip

    fault = _kept(keep)
    flash(f"没有更正：{fault}" if fault else "已更正；原来的数和更正都留着。", "bad" if fault else "good")
    return redirect(url_for("office_commitments.show", year=year, code=code) + "#figures", 303)


@blueprint.get("/figures/<string:figure_id>/<string:digest>")
@requires(Role.OFFICE, Role.ADMIN)
def evidence(figure_id: str, digest: str) -> ResponseReturnValue:
    file = find_evidence(session(), figure_id, digest)
    content = read_evidence(current_exchange().files_folder, digest) if file is not None else None
    if file is None or content is None:
        raise Refused(404, "file.gone", "没有这份材料", "请从任务的页面打开；材料损坏时请管理员从备份恢复。")
    return attachment(send_file(io.BytesIO(content), mimetype="application/octet-stream"), file.name)


@blueprint.errorhandler(RequestEntityTooLarge)
def _too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
    limit = _MOST_AT_ONCE // MEGABYTE
    raise Refused(413, "file.too_large", f"材料合计超过 {limit} MB，没有收下", "请压缩或分几次登记。")


def _kept(keep: Callable[[Transaction, Sequence[Evidence]], Any]) -> str:
    """Keep the files and carry it out; "" or what is wrong."""
    account, folder = own_account(), current_exchange().files_folder
    given = [file for file in request.files.getlist("evidence") if file.filename]
    try:
        files = [keep_evidence(folder, file.filename or "", file.stream.read()) for file in given]
        with current_exchange().store.write(account.name, account.organisation) as transaction:
            keep(transaction, files)
    except (EvidenceFault, NotPossible) as fault:
        return str(fault)
    return ""
