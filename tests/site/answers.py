"""What a page of the stand-in site is asked and what it answers.

In: nothing. Out: `Visit` (one request, less its fault prefix), `Answer` (also one that lies about its length or never
ends), and how an answer is turned into headers and 304 by an honest ETag and Last-Modified.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

HTML, JSON, XML = "text/html; charset=utf-8", "application/json; charset=utf-8", "application/xml; charset=utf-8"


@dataclass(frozen=True)
class Visit:
    base: str  # http://127.0.0.1:8790, or …/fault/cut: what absolute links begin with
    path: str  # /dg/api/jobs
    query: Mapping[str, str]
    headers: Mapping[str, str]  # names in small letters
    method: str = "GET"
    match: tuple[str, ...] = ()  # what the route found in the path
    redesigned: bool = False  # the site has changed its layout
    address: str = ""  # as asked, with prefix and query


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    kind: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    modified: datetime | None = None
    version: str = ""  # makes the ETag where the same content is not always the same bytes
    said_length: int | None = None  # a Content-Length that is a lie
    pieces: Iterator[bytes] | None = None  # sent one by one after the body, without a length

    @property
    def tag(self) -> str:
        return f'"{hashlib.sha256(self.version.encode() or self.body).hexdigest()[:32]}"'


class BadQuery(Exception):
    """A parameter that this page cannot take."""


def html(text: str, charset: str = "utf-8", status: int = 200) -> Answer:
    return Answer(text.encode(charset, "xmlcharrefreplace"), f"text/html; charset={charset}", status)


def json_answer(value: Any, status: int = 200) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode(), JSON, status)


def xml(text: str) -> Answer:
    return Answer(text.encode(), XML)


def whole(query: Mapping[str, str], key: str, default: int, least: int) -> int:
    try:
        number = int(query.get(key, default))
    except ValueError:
        raise BadQuery(key) from None
    if number < least:
        raise BadQuery(key)
    return number


def unchanged(visit: Visit, answer: Answer) -> Answer:
    """304 where the visitor has this very answer (RFC 9110, 13.1: an ETag is asked before a date)."""
    if answer.status != 200 or answer.pieces or answer.said_length is not None:
        return answer
    headers = {**answer.headers, "ETag": answer.tag}
    if answer.modified:
        headers["Last-Modified"] = format_datetime(answer.modified, usegmt=True)
    known = visit.headers.get("if-none-match")
    if known is not None:
        same = answer.tag in [tag.strip().removeprefix("W/") for tag in known.split(",")]
    else:
        same = answer.modified is not None and _is_since(visit.headers.get("if-modified-since"), answer.modified)
    return replace(answer, headers=headers, body=b"", status=304) if same else replace(answer, headers=headers)


def _is_since(text: str | None, modified: datetime) -> bool:
    try:
        return bool(text) and parsedate_to_datetime(str(text)) >= modified
    except (ValueError, TypeError):
        return False
