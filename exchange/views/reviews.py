"""/office/reviews: postings held for a reviewer (待审), what was found in each, releasing and refusing them.

In: forms of the office. Out: the list, the longest held first; a decision in the store at once, also while the worker
is dead. What a reviewer decides about must be what was seen: a posting that has changed meanwhile is shown again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.words import Role
from exchange.documents.problem_kinds import kind_of
from exchange.indexing import follow
from exchange.models import Posting
from exchange.rulebook import note_of, rule_behind
from exchange.schemas.content import content_from_json
from exchange.store.decisions import NotPossible, UnknownPosting, refuse_posting, release_posting
from exchange.store.reviewing import (
    ReviewFilter,
    count_held,
    held_by_code,
    held_by_organisation,
    held_postings,
    recent_decisions,
)
from exchange.store.transaction import Transaction
from exchange.views.bureau_paging import Paging, page_number
from exchange.views.current import current_exchange, session
from exchange.views.errors import Refused
from exchange.views.guard import own_account, private_page, requires
from exchange.views.marking import Part, marked_parts

blueprint = Blueprint("reviews", __name__, url_prefix="/office/reviews")
AT_ONCE = 20
LONGEST_WORDS = 500
_SHORTEST_WORDS = 4
_HISTORY = timedelta(days=90)
_DECISIONS_SHOWN = 30
Decide = Callable[[Transaction, str, str], None]


@dataclass(frozen=True, slots=True)
class Refill:
    """A form that came back: whose it is, what was typed, what is wrong with it."""

    posting_id: str = ""
    words: str = ""
    fault: str = ""


@blueprint.get("")
@requires(Role.OFFICE, Role.ADMIN)
def listing() -> ResponseReturnValue:
    return _page(Refill())


@blueprint.post("/<string:posting_id>/release")
@requires(Role.OFFICE, Role.ADMIN)
def release(posting_id: str) -> ResponseReturnValue:
    return _decide(posting_id, release_posting, "已放行，岗位马上可以搜到。")


@blueprint.post("/<string:posting_id>/refuse")
@requires(Role.OFFICE, Role.ADMIN)
def refuse(posting_id: str) -> ResponseReturnValue:
    return _decide(posting_id, refuse_posting, "已定为不予发布。填报单位改好后重新上传，会作为新内容再审。")


def _decide(posting_id: str, decide: Decide, done: str) -> ResponseReturnValue:
    words = " ".join(request.form.get("words", "").split())[:LONGEST_WORDS]
    if len(words) < _SHORTEST_WORDS:
        fault = f"请写明理由（至少 {_SHORTEST_WORDS} 个字），填报单位和日后核查都看它。"
        return _page(Refill(posting_id, words, fault), 400)
    exchange = current_exchange()
    try:
        with exchange.store.write(own_account().name) as transaction:
            _must_be_as_seen(transaction, posting_id)
            decide(transaction, posting_id, words)
    except UnknownPosting:
        raise Refused(404, "posting.not_found", "没有这个岗位", "请从待审列表里操作。", {"id": posting_id}) from None
    except NotPossible as fault:
        flash(f"没有保存：{fault}", "bad")
    else:
        follow(exchange, wait=0)
        flash(done)
    return redirect(f"{url_for('reviews.listing')}?{urlencode(_kept())}".rstrip("?"), 303)


def _must_be_as_seen(transaction: Transaction, posting_id: str) -> None:
    posting = transaction.session.get(Posting, posting_id)
    if posting is not None and request.form.get("seen") != str(posting.sequence):
        raise NotPossible("您看过之后，这个岗位又有变化（可能别人已处理，或填报单位改了内容）。请再看一遍。")


def _kept() -> dict[str, str]:
    return {name: request.args[name] for name in ("organisation", "code") if request.args.get(name)}


def _page(refill: Refill, status: int = 200) -> ResponseReturnValue:
    wanted = ReviewFilter(**_kept())
    paging = Paging(page_number(), AT_ONCE, count_held(session(), wanted))
    page = render_template(
        "office/reviews.html",
        held=held_postings(session(), wanted, paging.offset, AT_ONCE),
        wanted=wanted,
        kept=_kept(),
        paging=paging,
        refill=refill,
        codes=held_by_code(session(), wanted.organisation),
        organisations=held_by_organisation(session()),
        decisions=recent_decisions(session(), current_exchange().store.clock() - _HISTORY, _DECISIONS_SHOWN),
        content_of=content_from_json,
        parts=_parts,
        rule_behind=rule_behind,
        note_of=note_of,
        kind_of=kind_of,
        longest=LONGEST_WORDS,
    )
    return private_page(page, status)


def _parts(cell: str, evidence: str) -> list[Part]:
    return marked_parts(cell or evidence, evidence)
