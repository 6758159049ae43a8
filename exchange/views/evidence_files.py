"""Evidence that comes in a form and goes out again, for every page that takes some.

In: the request's file field, or a digest that a row names. Out: `Evidence` kept, or the file as an attachment that no
browser opens by itself, only while it is still what it was.
"""

import io

from flask import request, send_file
from flask.typing import ResponseReturnValue

from exchange.evidence import MOST_BYTES, Evidence, EvidenceFault, keep_evidence, read_evidence
from exchange.views.bureau_files import attachment
from exchange.views.current import current_exchange
from exchange.views.errors import Refused

MEGABYTES = MOST_BYTES // 2**20
_FORM_BYTES = 64 * 1024  # of everything in the form but the file


def let_evidence_in() -> None:
    """Before anything reads the form: other pages take small forms only."""
    request.max_content_length = MOST_BYTES + _FORM_BYTES


def evidence_taken(field: str = "file") -> Evidence:
    """Raises EvidenceFault in Chinese."""
    file = request.files.get(field)
    if file is None or not file.filename:
        raise EvidenceFault("还没有选文件。")
    return keep_evidence(current_exchange().files_folder, file.filename, file.stream.read())


def evidence_sent(digest: str, name: str) -> ResponseReturnValue:
    content = read_evidence(current_exchange().files_folder, digest)
    if content is None:
        raise Refused(404, "file.gone", "这份文件不见了或已损坏", "请联系管理员从备份里找回。")
    return attachment(send_file(io.BytesIO(content), mimetype="application/octet-stream"), name)
