"""Files to take home: the original of a batch, the same with its problems marked, an empty template.

In: a batch id. Out: attachments that no browser opens by itself. Originals hold contacts, so they are for the
organisation that reported them and for who brought them.
"""

import io
from urllib.parse import quote

from flask import Blueprint, Response, send_file
from flask.typing import ResponseReturnValue

from config.words import City
from exchange.documents.batch_workbook import NoWorkbook, marked_workbook_of
from exchange.documents.template_workbook import write_template
from exchange.models import Batch
from exchange.receiving import kept_file
from exchange.store.setup import organisation_of
from exchange.views.bureau_access import READERS, WRITERS, owns, seen_batch
from exchange.views.current import current_exchange, session
from exchange.views.errors import Refused
from exchange.views.guard import own_account, requires

blueprint = Blueprint("bureau_files", __name__, url_prefix="/bureau")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BYTES = "application/octet-stream"


@blueprint.get("/batches/<string:batch_id>/original")
@requires(*READERS)
def original(batch_id: str) -> ResponseReturnValue:
    batch = _own(batch_id)
    path = kept_file(current_exchange().files_folder, batch.file_hash)
    if not batch.file_hash or not path.is_file():
        raise Refused(404, "file.gone", "原文件已经不在了", "可能已按规定清除；请向填报人要一份。")
    return attachment(send_file(path.resolve(), mimetype=_BYTES, conditional=False), batch.file_name or batch.id)


@blueprint.get("/batches/<string:batch_id>/workbook")
@requires(*READERS)
def workbook(batch_id: str) -> ResponseReturnValue:
    batch = _own(batch_id)
    try:
        name, content = marked_workbook_of(current_exchange(), batch.id)
    except NoWorkbook as missing:
        raise Refused(409, "workbook.missing", str(missing), "可以先看页面上的问题清单。") from None
    return attachment(send_file(io.BytesIO(content), mimetype=_XLSX), name)


@blueprint.get("/template")
@requires(*WRITERS)
def template() -> ResponseReturnValue:
    found = organisation_of(session(), own_account().organisation)
    target = io.BytesIO()
    write_template(target, found.name if found else "", City(found.city) if found else City.DONGGUAN)
    target.seek(0)
    return attachment(send_file(target, mimetype=_XLSX), "岗位信息报送模板.xlsx")


def _own(batch_id: str) -> Batch:
    batch = seen_batch(batch_id)
    if not owns(batch):
        remedy = "可以看页面上的问题清单，或请填报单位下载后发给您。"
        raise Refused(403, "file.not_own", "原表里有联系人和电话，只有填报单位能下载", remedy)
    return batch


def attachment(response: Response, name: str) -> Response:
    """Saved under this name, never shown: whatever it holds, the browser does not run it."""
    plain = "".join(character for character in name if character.isprintable() and character not in '\\/"') or "file"
    ascii_name = plain.encode("ascii", "replace").decode().replace("?", "_")
    disposition = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(plain, safe='')}"
    response.headers["Content-Disposition"] = disposition
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response
