"""One posting by its id, and whom to call about it: the same rules for page and API.

In: an id from an address. Out: a `PostingView`, a `Contact`, or a refusal. What is held is not shown to anyone.
"""

from flask import Flask, current_app, request

from config.words import Status, label
from exchange.content import Contact
from exchange.context import Exchange
from exchange.store.reading import PostingView, find_contact, find_view
from exchange.views.current import EXTENSION, current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.metrics import metrics
from exchange.views.visitors import VisitorLimit

LIMIT = "guanshao-contact-limit"


def public_posting(id: str) -> PostingView:
    """Also after it ended. Refused (404) for one that is unknown or held."""
    view = find_view(session(), id.upper())
    if view is None:
        raise Refused(404, "posting.not_found", "没有这个岗位", "编号可能写错了，请从搜索结果里打开。", {"id": id})
    if view.posting.status == Status.HELD:
        remedy = "复核通过后会恢复，请先看看其他岗位。"
        raise Refused(404, "posting.held", "这个岗位正在复核，暂不显示", remedy, {"id": view.id})
    return view


def contact_of(view: PostingView) -> Contact:
    """Refused (410) once the posting has ended, (429) when this visitor asks too often. Every look is counted."""
    counted = metrics().contacts
    if not view.is_open(today()):
        counted.labels("ended").inc()
        status = view.status_on(today())
        details = {"id": view.id, "status": status}
        raise Refused(410, "posting.ended", f"这个岗位{label(status)}，不再提供联系方式", "请看看其他岗位。", details)
    wait = _limit().seconds_to_wait(request.remote_addr or "")
    if wait:
        counted.labels("limited").inc()
        message = f"一分钟内最多查看 {current_exchange().settings.contact_per_minute} 个岗位的联系方式"
        raise Refused(
            429, "rate.limited", message, f"请 {wait} 秒后再试。", {"retry_after": wait}, {"Retry-After": str(wait)}
        )
    contact = find_contact(session(), view.posting)
    counted.labels("shown" if contact else "unknown").inc()
    return contact or Contact()


def _limit() -> VisitorLimit:
    found: VisitorLimit = current_app.extensions[LIMIT]
    return found


def register_lookup(app: Flask) -> None:
    exchange: Exchange = app.extensions[EXTENSION]
    app.extensions[LIMIT] = VisitorLimit(exchange.settings.contact_per_minute)
