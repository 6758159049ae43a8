"""/bureau/postings: what an organisation has on offer now, and ending, extending or withdrawing one of it.

In: a posting's id; `organisation` where an account sees several. Out: the offer's page, or a decision carried out at
once, also while the worker is dead, with the index following.
"""

import json
from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.words import Status, WithdrawalReason, label
from exchange.editing import stated_day
from exchange.indexing import follow
from exchange.models import Event, Offer, OfferState
from exchange.schemas.content import content_from_json
from exchange.store.decisions import NotPossible, UnknownPosting, close_offer, extend_offer, own_offer, withdraw_offer
from exchange.store.overview import organisation_names, source_names
from exchange.store.reading import find_view
from exchange.store.standing import contact_of_offer, history_of, offers_of_posting, standing_offers
from exchange.store.transaction import Transaction
from exchange.views.bureau_access import READERS, WRITERS, may_write
from exchange.views.bureau_decisions import given_reason
from exchange.views.bureau_paging import Paging, page_number
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.formats import day
from exchange.views.guard import own_account, private_page, requires, visible_organisations

blueprint = Blueprint("bureau_postings", __name__, url_prefix="/bureau/postings")
AT_ONCE = 50
_STATES = {OfferState.LIVE: "在招", OfferState.HELD: "待审", OfferState.ENDED: "已结束", OfferState.REFUSED: "不予发布"}
_EVENTS = {
    "posting.created": "发布",
    "posting.updated": "更新",
    "posting.reopened": "重新发布",
    "posting.held": "转入待审",
    "posting.released": "审核放行",
    "posting.closed": "结束（招满）",
    "posting.expired": "过期",
    "posting.withdrawn": "撤回",
    "offer.added": "又一单位提供",
    "offer.updated": "某一提供有更新",
    "offer.ended": "某一提供结束",
    "posting.joined": "合并",
    "posting.split": "拆分",
    "offer.objected": "对合并提出异议",
    "offer.objection_dismissed": "维持合并",
}


@blueprint.app_template_filter()
def offer_state(state: str) -> str:
    return _STATES[OfferState(state)]


@blueprint.app_template_filter()
def event_words(event: Event) -> str:
    """What happened, and the reason that a person gave."""
    body = json.loads(event.body)
    given = "，".join(str(body[name]) for name in ("reason", "words") if body.get(name))
    until = f"到 {body['valid_through']}" if "valid_through" in body else ""
    return f"{_EVENTS.get(event.kind, event.kind)}{until}{f'：{given}' if given else ''}"


@blueprint.get("")
@requires(*READERS)
def listing() -> ResponseReturnValue:
    words, number = request.args.get("q", "").strip()[:100], page_number()
    seen = visible_organisations(own_account())
    found = standing_offers(session(), seen, words, (number - 1) * AT_ONCE, AT_ONCE + 1)
    names = organisation_names(session(), {offer.organisation for offer, _ in found})
    page = render_template(
        "bureau/postings.html",
        rows=[(offer, employer, content_from_json(offer.content)) for offer, employer in found[:AT_ONCE]],
        organisations=names,
        words=words,
        paging=Paging(number, AT_ONCE, (number - 1) * AT_ONCE + len(found)),
    )
    return private_page(page)


@blueprint.get("/<string:posting_id>")
@requires(*READERS)
def show(posting_id: str) -> ResponseReturnValue:
    offer = seen_offer(posting_id)
    view = find_view(session(), offer.posting_id)
    status = view.status_on(today()) if view is not None else Status.OPEN
    owned = own_account().organisation == offer.organisation
    page = render_template(
        "bureau/posting.html",
        offer=offer,
        view=view,
        status=status,
        status_word=label(status),
        content=content_from_json(offer.content),
        contact=contact_of_offer(session(), offer.id) if owned else None,
        source=source_names(session()).get(offer.source, offer.source),
        organisation=organisation_names(session(), [offer.organisation]).get(offer.organisation, offer.organisation),
        events=history_of(session(), offer.posting_id),
        standing=offer.state in {OfferState.LIVE, OfferState.HELD},
        editable=is_editable(offer),
        may_write=may_write(),
        reasons=[str(reason) for reason in WithdrawalReason],
    )
    return private_page(page)


def seen_offer(posting_id: str) -> Offer:
    """By which an organisation that this account sees stands behind the posting: its own first."""
    account = own_account()
    offers = offers_of_posting(session(), posting_id.upper(), visible_organisations(account))
    wanted = request.values.get("organisation") or ""
    offers = [offer for offer in offers if not wanted or offer.organisation == wanted]
    offers.sort(key=lambda offer: offer.organisation != account.organisation)
    if not offers:
        remedy = "编号可能写错了，或者是别的单位的岗位；请从“在招岗位”或批次页面打开。"
        raise Refused(404, "posting.not_found", "您的单位没有这个岗位", remedy, {"id": posting_id})
    return offers[0]


def is_editable(offer: Offer) -> bool:
    """What is pulled from a source is mended there: the next pull would undo an edit."""
    source = current_exchange().configuration.sources.get(offer.source)
    return source is not None and not source.is_pulled and offer.state in {OfferState.LIVE, OfferState.HELD}


@blueprint.post("/<string:posting_id>/close")
@requires(*WRITERS)
def close(posting_id: str) -> ResponseReturnValue:
    return _decide(posting_id, close_offer, "已结束招聘，已从搜索里撤下；原来的计数不变。")


@blueprint.post("/<string:posting_id>/extend")
@requires(*WRITERS)
def extend(posting_id: str) -> ResponseReturnValue:
    until = stated_day(request.form.get("until", ""))
    if until is None or until < today():
        raise Refused(400, "date.invalid", "没有延期：日期不对", "请填今天以后的日期，例如 2027-03-31。")
    return _decide(posting_id, lambda work, offer: extend_offer(work, offer, until), f"已延期到 {day(until)}。")


@blueprint.post("/<string:posting_id>/withdraw")
@requires(*WRITERS)
def withdraw(posting_id: str) -> ResponseReturnValue:
    reason, words = given_reason()
    told = f"已撤回（{reason}），马上从所有页面消失。"
    return _decide(posting_id, lambda work, offer: withdraw_offer(work, offer, reason, words), told)


def _decide(posting_id: str, decision: Callable[[Transaction, Offer], None], told: str) -> ResponseReturnValue:
    """In one transaction with a fresh look at the offer; the index follows at once."""
    exchange, seen = current_exchange(), seen_offer(posting_id)
    try:
        with exchange.store.write(own_account().name, seen.organisation) as transaction:
            decision(transaction, own_offer(transaction.session, seen.posting_id, seen.organisation))
    except NotPossible as fault:
        raise Refused(409, "posting.state", "没有办成", str(fault)) from None
    except UnknownPosting:
        raise Refused(409, "posting.ended", "没有办成：这个岗位已经结束或撤回了", "请刷新页面看最新的状态。") from None
    follow(exchange, wait=0)
    flash(told)
    address = url_for("bureau_postings.show", posting_id=seen.posting_id, organisation=seen.organisation)
    return redirect(address, 303)
