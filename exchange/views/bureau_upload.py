"""/bureau/upload: step one, a file is chosen and kept. Reading it is the worker's.

In: one file, and for whom. Out: a batch and its page; the same file already on its way leads to the batch that is
there. What is wrong with a file before it is kept is said here, what is wrong inside it on the batch's page.
"""

from pathlib import PurePath
from typing import BinaryIO, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from config.setting_table import MEGABYTE
from config.words import BatchState, City, label
from exchange.models import Organisation
from exchange.receiving import Receipt, receive
from exchange.store.standing import organisations_among
from exchange.views.bureau_access import WRITERS, refuse_while_parked
from exchange.views.current import current_exchange, session
from exchange.views.formats import moment
from exchange.views.guard import (
    current_account,
    own_account,
    private_page,
    requires,
    verification_of,
    visible_organisations,
)

blueprint = Blueprint("bureau_upload", __name__, url_prefix="/bureau")
SOURCES = {City.DONGGUAN: "dg-upload", City.SHAOGUAN: "sg-upload"}
_FORM_BYTES = 64 * 1024  # of everything in the form but the file
_LONGEST_NAME = 150


@blueprint.url_value_preprocessor
def _let_files_in(endpoint: str | None, values: object) -> None:
    """Before anything reads the form: other pages take small forms only."""
    if endpoint == "bureau_upload.submit":
        request.max_content_length = current_exchange().settings.upload_max_bytes + _FORM_BYTES


@blueprint.get("/upload")
@requires(*WRITERS)
def form() -> ResponseReturnValue:
    return _page("", request.args.get("organisation", ""))


@blueprint.post("/upload")
@requires(*WRITERS)
def submit() -> ResponseReturnValue:
    refuse_while_parked()
    chosen = request.form.get("organisation") or own_account().organisation
    organisation = next((o for o in _organisations() if o.code == chosen), None)
    file = request.files.get("file")
    if organisation is None:
        return _page("请选择这份表是哪个单位报送的。", chosen, 400)
    if file is None or not file.filename:
        return _page("还没有选文件。请点“选择文件”，选好 Excel 表后再上传。", chosen, 400)
    if fault := _size_fault(file):
        return _page(fault, chosen, 413)
    receipt = receive(
        current_exchange(),
        cast(BinaryIO, file.stream),
        PurePath(file.filename.replace("\\", "/")).name[-_LONGEST_NAME:],
        source=SOURCES[City(organisation.city)],
        organisation=organisation.code,
        actor=own_account().name,
    )
    if not receipt.is_new:
        flash(_who_was_first(receipt))
    return redirect(url_for("bureau.batch", batch_id=receipt.batch.id), 303)


@blueprint.errorhandler(RequestEntityTooLarge)
def _too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
    if current_account() is None:
        return redirect(url_for("login.form", next=url_for("bureau_upload.form")))
    return _page(_too_big((request.content_length or 0) / MEGABYTE), "", 413)


def _size_fault(file: FileStorage) -> str:
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    if not size:
        return f"文件“{file.filename}”是空的（0 字节），没有收下。请确认已经保存，再重新选择。"
    return _too_big(size / MEGABYTE) if size > current_exchange().settings.upload_max_bytes else ""


def _too_big(megabytes: float) -> str:
    most = current_exchange().settings.upload_max_bytes / MEGABYTE
    return f"文件有 {megabytes:.1f} MB，超过了 {most:g} MB 的上限，没有收下。请删去图片，或分成几个文件再上传。"


def _who_was_first(receipt: Receipt) -> str:
    batch = receipt.batch
    who = "您" if batch.actor == own_account().name else f"账号 {batch.actor} "
    return (
        f"同一个文件{who}已经在 {moment(batch.created_at)} 上传过，现在的状态是“{label(BatchState(batch.state))}”。"
        "没有再收一遍，下面就是那一批。"
    )


def _organisations() -> list[Organisation]:
    return organisations_among(session(), visible_organisations(own_account()))


def _page(fault: str, chosen: str, status: int = 200) -> ResponseReturnValue:
    account, settings = own_account(), current_exchange().settings
    organisations = _organisations()
    page = render_template(
        "bureau/upload.html",
        fault=fault,
        organisations=[(o.code, o.name) for o in organisations],
        chosen=chosen or account.organisation,
        verified=verification_of(account.organisation) if account.role.is_verified_regularly else None,
        most_bytes=settings.upload_max_bytes,
        most_megabytes=settings.upload_max_bytes / MEGABYTE,
        most_rows=settings.upload_max_rows,
    )
    return private_page(page, status)
