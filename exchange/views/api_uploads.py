"""What an upload by API must be before it is kept: pace, key, size, shape. Each refusal tells the number found.

In: a request. Out: `Upload`, the bytes to keep and their digest; or a refusal. What is wrong inside a file is found by
the worker and told by the batch.
"""

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

from flask import Flask, Request, current_app
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from config.setting_table import MEGABYTE
from config.sources import Source
from config.words import City
from exchange.context import Exchange
from exchange.models import ApiToken
from exchange.store.setup import organisation_of
from exchange.views.current import EXTENSION, current_exchange, session
from exchange.views.errors import Refused
from exchange.views.guard import verification_of
from exchange.views.visitors import VisitorLimit

LIMIT = "guanshao-upload-limit"
LONGEST_KEY, _LONGEST_NAME = 200, 150
_AROUND = MEGABYTE  # of a request beside its file
_FORM = '请用 multipart 的 file 传文件，或用 JSON 传 {"records": [{"岗位名称": …, "单位名称": …}, …]}。'


@dataclass(frozen=True, slots=True)
class Upload:
    content: BinaryIO
    name: str
    digest: str  # SHA-256


def register_uploads(app: Flask) -> None:
    exchange: Exchange = app.extensions[EXTENSION]
    app.extensions[LIMIT] = VisitorLimit(exchange.settings.upload_per_minute)


def check_pace(token: ApiToken) -> None:
    limit: VisitorLimit = current_app.extensions[LIMIT]
    wait = limit.seconds_to_wait(token.id)
    if wait:
        most = current_exchange().settings.upload_per_minute
        message = f"这个令牌一分钟内已报送 {most} 次，达到上限，请 {wait} 秒后再报。可以把多条岗位合成一批。"
        details = {"limit": most, "found": most + 1, "retry_after": wait}
        raise Refused(429, "rate.limited", message, details=details, headers={"Retry-After": str(wait)})


def check_verification(organisation: str) -> None:
    """核验过期: nothing is taken or published until an administrator has made sure again."""
    verified = verification_of(organisation)
    if verified.parks_uploads:
        message = "单位的核验已过期，暂时不能报送和发布。请联系管理员重新核验，已报送的批次都还在。"
        raise Refused(409, "verification.overdue", message, details={"parked_from": verified.parked_from.isoformat()})


def check_key(key: str | None) -> str | None:
    if key is None:
        return None
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        message = f"Idempotency-Key 应为 1 到 {LONGEST_KEY} 个可见字符，收到 {len(key)} 个。"
        raise Refused(400, "idempotency.invalid", message, details={"limit": LONGEST_KEY, "found": len(key)})
    return key


def upload_source(organisation: str) -> Source:
    """The source of this organisation's own batches: its city's, filled by uploading."""
    known = organisation_of(session(), organisation)
    sources = current_exchange().configuration.sources.values()
    found = [s for s in sources if known and not s.is_pulled and s.city is City(known.city)]
    if not found:
        message = f"单位 {organisation} 所在的市没有上传类来源，请联系管理员检查 sources.toml。"
        raise Refused(409, "source.missing", message, details={"organisation": organisation})
    return found[0]


def read_upload(request: Request) -> Upload:
    most = current_exchange().settings.upload_max_bytes
    request.max_content_length = most + _AROUND
    if (request.content_length or 0) > most + _AROUND:
        raise _too_large(request.content_length or 0)
    try:
        if request.is_json:
            return _records(request.get_json())
        file = request.files.get("file")
    except RequestEntityTooLarge:
        raise _too_large(None) from None
    except BadRequest:
        raise Refused(400, "body.invalid", f"请求的内容不是完整的 JSON 或 multipart。{_FORM}") from None
    if file is None or not file.filename:
        raise Refused(400, "body.missing", f"没有收到文件。{_FORM}", details={"content_type": request.mimetype})
    return _upload(file.stream, PurePath(file.filename.replace("\\", "/")).name[-_LONGEST_NAME:])


def _records(body: Any) -> Upload:
    records = body.get("records") if isinstance(body, dict) else None
    if not isinstance(records, list) or not records:
        raise Refused(400, "records.missing", f"records 应为至少一条岗位的列表。{_FORM}")
    stranger = next((number for number, record in enumerate(records, 1) if not isinstance(record, dict)), None)
    if stranger:
        message = f"records 的第 {stranger} 条不是对象。{_FORM}"
        raise Refused(400, "records.invalid", message, details={"record": stranger})
    most = current_exchange().settings.upload_max_rows
    if len(records) > most:
        message = f"一批有 {len(records)} 条，超过 {most} 条的上限。请分成几批报送。"
        raise Refused(413, "file.too_many_rows", message, details={"limit": most, "found": len(records)})
    return _upload(io.BytesIO(json.dumps(records, ensure_ascii=False).encode()), "接口报送.json")


def _upload(content: Any, name: str) -> Upload:
    size = content.seek(0, io.SEEK_END)
    if not size:
        raise Refused(400, "file.empty", f"文件“{name}”是空的（0 字节）。", details={"found": 0})
    if size > current_exchange().settings.upload_max_bytes:
        raise _too_large(size)
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()
    content.seek(0)
    return Upload(content, name, digest)


def _too_large(found: int | None) -> Refused:
    most = current_exchange().settings.upload_max_bytes
    size = "内容" if found is None else f"内容有 {found / MEGABYTE:.1f} MB（{found} 字节），"
    message = f"{size}超过 {most / MEGABYTE:g} MB（{most} 字节）的上限。请删去图片或分成几批报送。"
    return Refused(413, "file.too_large", message, details={"limit": most, "found": found})
