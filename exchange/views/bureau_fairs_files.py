"""Papers and evidence of a fair: uploaded, taken off, downloaded. Each file is kept by its digest, as batch files are.

In: a file and what it is. Out: the fair's page, or the file as an attachment that no browser opens by itself. Which
kinds of file are taken is told by their first bytes, not by their names.
"""

from pathlib import PurePath
from typing import BinaryIO, cast

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from config.setting_table import MEGABYTE
from exchange.fairs.words import DocumentKind
from exchange.models import Fair
from exchange.receiving import keep_file, kept_file
from exchange.store.fairs_documents import add_document, find_document, remove_document
from exchange.store.transaction import Transaction
from exchange.views.bureau_access import READERS, WRITERS
from exchange.views.bureau_fairs_access import decide, own_fair, seen_fair
from exchange.views.bureau_files import attachment
from exchange.views.current import current_exchange, session
from exchange.views.errors import Refused
from exchange.views.guard import current_account, own_account, requires

blueprint = Blueprint("bureau_fairs_files", __name__, url_prefix="/bureau/fairs/<string:fair_id>/documents")
_STARTS = (
    b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)  # fmt: skip
_ENDINGS = {".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx", ".doc", ".xls"}
_KINDS = "PDF、Word、Excel 文件，或 JPG、PNG 照片"
_FORM_BYTES = 64 * 1024  # of everything in the form but the file
_LONGEST_NAME = 120


@blueprint.url_value_preprocessor
def _let_files_in(endpoint: str | None, values: object) -> None:
    """Before anything reads the form: other pages take small forms only."""
    if endpoint == "bureau_fairs_files.upload":
        request.max_content_length = current_exchange().settings.upload_max_bytes + _FORM_BYTES


@blueprint.post("")
@requires(*WRITERS)
def upload(fair_id: str) -> ResponseReturnValue:
    fair, file = own_fair(fair_id), request.files.get("file")
    try:
        kind = DocumentKind(request.form.get("kind", ""))
    except ValueError:
        return _told(fair, "请选择这是哪一种材料。")
    if file is None or not file.filename:
        return _told(fair, "还没有选文件。")
    name = PurePath(file.filename.replace("\\", "/")).name[-_LONGEST_NAME:]
    if fault := _fault(file, name):
        return _told(fair, fault)
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    digest = keep_file(current_exchange().files_folder, cast(BinaryIO, file.stream))

    def decision(transaction: Transaction, found: Fair) -> str:
        add_document(transaction, found, own_account().name, kind, digest, name, size)
        return f"已收下“{kind.word}”：{name}。"

    return decide(fair_id, decision)


@blueprint.get("/<string:digest>")
@requires(*READERS)
def download(fair_id: str, digest: str) -> ResponseReturnValue:
    found = find_document(session(), seen_fair(fair_id).id, digest)
    path = kept_file(current_exchange().files_folder, digest) if found else None
    if found is None or path is None or not path.is_file():
        raise Refused(404, "file.gone", "没有这份文件", "请从对接会页面打开。")
    return attachment(send_file(path.resolve(), mimetype="application/octet-stream", conditional=False), found.name)


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
    return _told(own_fair(str(values.get("fair_id", ""))), _too_big())


def _fault(file: FileStorage, name: str) -> str:
    head = file.stream.read(16)
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    if not size:
        return f"文件“{name}”是空的（0 字节），没有收下。"
    if size > current_exchange().settings.upload_max_bytes:
        return _too_big()
    if PurePath(name).suffix.lower() not in _ENDINGS or not head.startswith(_STARTS):
        return f"文件“{name}”不是能收的类型。请上传{_KINDS}。"
    return ""


def _too_big() -> str:
    return f"文件超过了 {current_exchange().settings.upload_max_bytes / MEGABYTE:g} MB 的上限，没有收下。"


def _told(fair: Fair, fault: str) -> ResponseReturnValue:
    flash(f"没有保存：{fault}", "bad")
    return redirect(url_for("bureau_fairs.show", fair_id=fair.id), 303)
