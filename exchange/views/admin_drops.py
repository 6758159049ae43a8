"""/admin/sources/<source>/drops/<batch>: a parked drop with its difference, approved or refused by a person.

In: forms of the office or an administrator. Out: the decision in the store at once; an approved run is published by the
worker. Whoever comes second is told, and nothing is done twice.
"""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.words import Role
from exchange.health import worker_is_alive
from exchange.indexing import follow
from exchange.models import DropKind, DropState, ParkedDrop
from exchange.pull_words import drop_sentence
from exchange.store import parked_difference
from exchange.store.batches import find_batch
from exchange.store.database import Store
from exchange.store.decisions import NotPossible
from exchange.store.parked import UnknownDrop, approve_drop, find_drop, refuse_drop
from exchange.store.parked_guards import vanished_ids
from exchange.views.admin_sources import known_source
from exchange.views.bureau_paging import Paging, page_number
from exchange.views.current import current_exchange, session
from exchange.views.errors import Refused
from exchange.views.formats import unit
from exchange.views.guard import own_account, private_page, requires

blueprint = Blueprint("admin_drops", __name__, url_prefix="/admin/sources")
AT_ONCE = 50
LONGEST_WORDS = 500
Decide = Callable[[Store, str, str, str], ParkedDrop]


@blueprint.get("/<string:source_id>/drops/<string:batch_id>")
@requires(Role.OFFICE, Role.ADMIN)
def show(source_id: str, batch_id: str) -> ResponseReturnValue:
    drop, one = _drop(source_id, batch_id), known_source(source_id)
    batch = find_batch(session(), drop.batch_id)
    waits, number = drop.state == DropState.WAITING, page_number()
    offset = (number - 1) * AT_ONCE
    vanished = vanished_ids(session(), batch) if waits else []
    counts = {
        "closing": len(vanished),
        "pairs": parked_difference.count_pairs(session(), batch) if waits else 0,
        "newcomers": parked_difference.count_newcomers(session(), batch),
    }
    page = render_template(
        "admin/drop.html",
        drop=drop,
        one=one,
        batch=batch,
        waits=waits,
        is_run=drop.kind == DropKind.RUN,
        sentence=drop_sentence(drop),
        counts=counts,
        closing=parked_difference.closing(session(), vanished[offset : offset + AT_ONCE]),
        pairs=parked_difference.pairs(session(), batch, offset, AT_ONCE) if waits else [],
        newcomers=parked_difference.newcomers(session(), batch, offset, AT_ONCE) if waits else [],
        paging=Paging(number, AT_ONCE, max(counts.values()) if waits else 0),
        alive=worker_is_alive(current_exchange()),
        longest=LONGEST_WORDS,
    )
    return private_page(page)


@blueprint.post("/<string:source_id>/drops/<string:batch_id>/approve")
@requires(Role.OFFICE, Role.ADMIN)
def approve(source_id: str, batch_id: str) -> ResponseReturnValue:
    drop = _drop(source_id, batch_id)
    if drop.kind == DropKind.RUN:
        told = "已同意，后台马上发布这一批；对得上的岗位沿用原来的，不会重复计数。"
        return _decide(drop, approve_drop, lambda _: told)
    return _decide(drop, approve_drop, lambda done: f"已同意，{unit(done.closed, '个岗位')}现在结束。")


@blueprint.post("/<string:source_id>/drops/<string:batch_id>/refuse")
@requires(Role.OFFICE, Role.ADMIN)
def refuse(source_id: str, batch_id: str) -> ResponseReturnValue:
    drop = _drop(source_id, batch_id)
    kept = "整批没有采用，原来的岗位照旧。" if drop.kind == DropKind.RUN else "少了的岗位都保留，照常在招。"
    return _decide(drop, refuse_drop, lambda _: f"已拒绝：{kept}来源下次仍然少列的话，会再停下来问。")


def _decide(drop: ParkedDrop, decide: Decide, told: Callable[[ParkedDrop], str]) -> ResponseReturnValue:
    exchange = current_exchange()
    words = " ".join(request.form.get("words", "").split())[:LONGEST_WORDS]
    try:
        done = decide(exchange.store, drop.batch_id, own_account().name, words)
    except NotPossible as fault:
        flash(f"没有保存：{fault}", "bad")
    else:
        follow(exchange, wait=0)
        flash(told(done))
    return redirect(url_for("admin_drops.show", source_id=drop.source, batch_id=drop.batch_id), 303)


def _drop(source_id: str, batch_id: str) -> ParkedDrop:
    try:
        drop = find_drop(session(), batch_id.upper())
    except UnknownDrop:
        drop = None
    if drop is None or drop.source != source_id:
        raise Refused(404, "drop.not_found", "没有这次停下的记录", "请从来源列表里打开。", {"id": batch_id})
    return drop
