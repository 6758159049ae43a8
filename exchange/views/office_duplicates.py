"""/office/duplicates: objections (异议) of clerks, and splitting or joining postings (拆分、合并).

In: forms of the office. Out: postings side by side with what differs; a decision in the store at once, with its events.
What a reviewer decides about must be what was seen: a posting that has changed meanwhile is shown again.
"""

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.words import Role
from exchange.content import Content
from exchange.indexing import follow
from exchange.models import Offer, Posting
from exchange.store.decisions import NotPossible, UnknownPosting
from exchange.store.joining import join_postings, split_offer
from exchange.store.objecting import dismiss_objection, open_objections
from exchange.store.standing_behind import SharedPosting, find_shared, joining_decisions
from exchange.store.transaction import Transaction
from exchange.views.bureau_records import parts_of
from exchange.views.current import current_exchange, session
from exchange.views.errors import Refused
from exchange.views.guard import own_account, private_page, requires

blueprint = Blueprint("office_duplicates", __name__, url_prefix="/office/duplicates")
LONGEST_WORDS = 500
_SHORTEST_WORDS = 4
_HISTORY = timedelta(days=90)
_DECISIONS_SHOWN = 30


@blueprint.get("")
@requires(Role.OFFICE, Role.ADMIN)
def listing() -> ResponseReturnValue:
    sought = request.args.get("posting", "").strip().upper()
    if sought:
        return redirect(url_for("office_duplicates.show", posting_id=sought, other=_other() or None))
    objections = [(one, find_shared(session(), one.posting_id)) for one in open_objections(session())]
    page = render_template(
        "office/duplicates.html",
        objections=[(one, shared) for one, shared in objections if shared is not None],
        decisions=joining_decisions(session(), current_exchange().store.clock() - _HISTORY, _DECISIONS_SHOWN),
        differences=differences,
        longest=LONGEST_WORDS,
    )
    return private_page(page)


@blueprint.get("/<string:posting_id>")
@requires(Role.OFFICE, Role.ADMIN)
def show(posting_id: str) -> ResponseReturnValue:
    """One posting with everyone behind it, and beside another one when `other` is given."""
    other = _other()
    page = render_template(
        "office/duplicate.html",
        shared=_seen(posting_id.upper()),
        other=_seen(other) if other else None,
        differences=differences,
        longest=LONGEST_WORDS,
    )
    return private_page(page)


@blueprint.post("/<string:posting_id>/join")
@requires(Role.OFFICE, Role.ADMIN)
def join(posting_id: str) -> ResponseReturnValue:
    other = _other()

    def decide(transaction: Transaction, words: str) -> None:
        _must_be_as_seen(transaction, posting_id, "seen")
        _must_be_as_seen(transaction, other, "seen_other")
        join_postings(transaction, posting_id, other, words)

    return _decide(decide, "已合并：两个岗位现在是一个，后来的那一条不再单独计数。")


@blueprint.post("/offers/<string:offer_id>/split")
@requires(Role.OFFICE, Role.ADMIN)
def split(offer_id: str) -> ResponseReturnValue:
    def decide(transaction: Transaction, words: str) -> None:
        _must_be_as_seen(transaction, _posting_of(transaction, offer_id), "seen")
        split_offer(transaction, offer_id, words)

    return _decide(decide, "已拆分：这一条成为单独的岗位，马上可以搜到。")


@blueprint.post("/offers/<string:offer_id>/keep")
@requires(Role.OFFICE, Role.ADMIN)
def keep(offer_id: str) -> ResponseReturnValue:
    return _decide(lambda transaction, words: dismiss_objection(transaction, offer_id, words), "已维持合并。")


def _decide(decide: Callable[[Transaction, str], None], done: str) -> ResponseReturnValue:
    words = " ".join(request.form.get("words", "").split())[:LONGEST_WORDS]
    if len(words) < _SHORTEST_WORDS:
        remedy = f"请回到上一页，写明理由（至少 {_SHORTEST_WORDS} 个字），填报单位和日后核查都看它。"
        raise Refused(400, "words.missing", "没有保存：还没有写理由", remedy)
    exchange = current_exchange()
    try:
        with exchange.store.write(own_account().name) as transaction:
            decide(transaction, words)
    except UnknownPosting as fault:
        raise Refused(404, "posting.not_found", "没有这个岗位", "请从列表里操作。", {"id": str(fault)}) from None
    except NotPossible as fault:
        flash(f"没有保存：{fault}", "bad")
    else:
        follow(exchange, wait=0)
        flash(done)
    return redirect(url_for("office_duplicates.listing"), 303)


def _must_be_as_seen(transaction: Transaction, posting_id: str, field: str) -> None:
    posting = transaction.session.get(Posting, posting_id)
    if posting is not None and request.form.get(field) != str(posting.sequence):
        raise NotPossible("您看过之后，岗位又有变化（可能别人已处理，或填报单位改了内容）。请再看一遍。")


def _posting_of(transaction: Transaction, offer_id: str) -> str:
    offer = transaction.session.get(Offer, offer_id)
    return offer.posting_id if offer is not None else ""


def _seen(posting_id: str) -> SharedPosting:
    shared = find_shared(session(), posting_id)
    if shared is None:
        remedy = "编号可能写错了，或者已经没有单位在提供它。编号在岗位页面的网址里，也在批次记录里。"
        raise Refused(404, "posting.not_found", f"没有在招的岗位 {posting_id}", remedy, {"id": posting_id})
    return shared


def _other() -> str:
    return request.values.get("other", "").strip().upper()


def differences(one: Content, other: Content) -> list[tuple[str, str, str, bool]]:
    """(what, one says, the other says, do they differ) for every part that either of them states."""
    pairs = [*zip(parts_of(one), parts_of(other), strict=True)]
    pairs.append((("描述", one.description), ("描述", other.description)))
    return [(name, mine, theirs, mine != theirs) for (name, mine), (_, theirs) in pairs if mine or theirs]
