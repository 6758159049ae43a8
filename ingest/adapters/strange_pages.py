"""Pages that are not what was asked for, and what to call them.

In: a parsed page. Out: its title for messages, and whether it is an error page (with status 200) or a changed layout.
Captchas and login pages are known before, by the HTTP client.
"""

import re

from selectolax.lexbor import LexborHTMLParser

from ingest.adapters.faults import PullCode

_ERRORS = re.compile(
    r"系统提示|系统维护|维护中|出错|错误|异常|繁忙|不存在|无法访问|暂停服务|页面丢失"
    r"|error|not found|maintenance|unavailable|\b[45]0\d\b",
    re.IGNORECASE,
)
_LONGEST = 400  # characters a person sees: a page that says more is about something


def page_title(tree: LexborHTMLParser) -> str:
    """（页面标题是“系统维护中”）, "" for a page without one."""
    title = tree.css_first("title")
    words = " ".join(title.text().split())[:40] if title else ""
    return f"（页面标题是“{words}”）" if words else ""


def code_of(tree: LexborHTMLParser) -> PullCode:
    """For a page on which nothing was found."""
    title = tree.css_first("title")
    text = " ".join((tree.body.text() if tree.body else "").split())
    says = (title.text() if title else "") + (text if len(text) <= _LONGEST else "")
    return PullCode.ERROR_PAGE if _ERRORS.search(says) else PullCode.CHANGED_LAYOUT


def is_web_page(text: str) -> bool:
    return re.match(r"\s*(<!doctype html|<html|<head|<body)", text, re.IGNORECASE) is not None
