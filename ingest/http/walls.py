"""Walls: a captcha or a login page in the place of what was asked for. Reported, never worked around.

In: an answer. Out: the code of the wall ("pull.captcha", "pull.login") and a sentence, or None. What is looked for is
in config/vocabulary/walls.toml; only web pages are looked at, and only those that say little.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from config.packaged import read_vocabulary_toml
from ingest.http.answers import Answer, split
from ingest.http.faults import HttpFault, shown

_LOOKED_AT = 256 * 1024  # bytes; walls are small pages
_HTML = re.compile(rb"<!doctype html|<html", re.IGNORECASE)
_PARTS = re.compile(r"\s*[-_|·–—]+\s*")
_ADVICE = {
    "pull.captcha": "要求输入验证码或滑动验证，已停止，没有绕过；请放慢抓取，或与对方联系取得接口。",
    "pull.login": "要求登录，已停止，没有绕过；请与对方联系取得授权。",
}


@dataclass(frozen=True, slots=True)
class _Page:
    title_parts: tuple[str, ...]
    text: str  # what a person sees, without spaces
    html: str
    asks_password: bool
    last_step: str  # of the path


def find_wall(answer: Answer, status: int = 200) -> HttpFault | None:
    if not _is_html(answer):
        return None
    page = _read(answer)
    for kind in ("captcha", "login"):
        if _IS_WALL[kind](page):
            code = str(_words()[kind]["code"])
            return HttpFault(code, f"{shown(answer.url)} {_ADVICE[code]}", status=status, body=answer.body)
    return None


def _is_html(answer: Answer) -> bool:
    return "html" in answer.content_type.lower() or _HTML.search(answer.body[:512]) is not None


def _read(answer: Answer) -> _Page:
    body = answer.body[:_LOOKED_AT]
    try:
        html = body.decode("utf-8")
    except UnicodeDecodeError:
        html = body.decode("gb18030", "replace")
    tree = LexborHTMLParser(html)
    title = tree.css_first("title")
    parts = tuple(_PARTS.split(title.text().strip().lower())) if title is not None else ()
    asks_password = tree.css_first("input[type=password]") is not None
    tree.strip_tags(["script", "style", "title", "noscript", "template"])
    text = "".join((tree.root.text() if tree.root is not None else "").split()).lower()
    last_step = split(answer.url).path.rstrip("/").rpartition("/")[2].lower()
    return _Page(parts, text, html.lower(), asks_password, last_step)


def _is_captcha(page: _Page) -> bool:
    words = _words()["captcha"]
    if any(part in words["titles"] for part in page.title_parts):
        return True
    if len(page.text) > words["short"]:
        return False
    return _shows(page.text, words["phrases"]) or any(marker in page.html for marker in words["markers"])


def _is_login(page: _Page) -> bool:
    words = _words()["login"]
    if page.asks_password:
        titled = any(part in words["titles"] for part in page.title_parts)
        return titled or page.last_step in words["paths"] or len(page.text) <= words["short"]
    return len(page.text) <= words["phrase_short"] and _shows(page.text, words["phrases"])


_IS_WALL = {"captcha": _is_captcha, "login": _is_login}


def _shows(text: str, phrases: list[str]) -> bool:
    return any("".join(phrase.split()) in text for phrase in phrases)


@cache
def _words() -> dict[str, dict[str, Any]]:
    return read_vocabulary_toml("walls.toml")
