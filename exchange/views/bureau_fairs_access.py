"""Who may see and change a fair under /bureau, and the one way to decide something about it.

In: the account behind a request and a fair's id. Out: the fair, or a refusal in Chinese; a decision in one transaction
on the fair as it was seen. The partners of its cluster see a fair and count on the day; changing it is for its own
bureau, its city's and the office.
"""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from config.words import Role
from exchange.models import Fair
from exchange.store.decisions import NotPossible
from exchange.store.fairs import UnknownFair, fair_as_seen, find_fair
from exchange.store.setup import pairing_on
from exchange.store.transaction import Transaction
from exchange.views.bureau_access import WRITERS, refuse_while_parked
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.guard import may_see, own_account, visible_organisations

Decision = Callable[[Transaction, Fair], str]


def own_clusters() -> frozenset[str]:
    """Those that the account's organisation is paired in, or speaks for."""
    account = own_account()
    if account.role is Role.CLUSTER:
        return frozenset({account.organisation})
    seen = visible_organisations(account)
    paired = pairing_on(session(), today())
    return frozenset(cluster for division, cluster in paired.items() if seen is None or division in seen)


def seen_fair(fair_id: str) -> Fair:
    """One that this account may see. To others it does not exist."""
    missing = Refused(404, "fair.not_found", "没有这场对接会", "请从对接会列表里打开。", {"id": fair_id})
    try:
        fair = find_fair(session(), fair_id.upper())
    except UnknownFair:
        raise missing from None
    if not may_see(own_account(), fair.organisation) and fair.cluster not in own_clusters():
        raise missing
    return fair


def may_change(fair: Fair) -> bool:
    account = own_account()
    return account.role in WRITERS and may_see(account, fair.organisation)


def may_count() -> bool:
    """Staff of every bureau of its cluster, on the day."""
    return own_account().role in WRITERS


def own_fair(fair_id: str) -> Fair:
    """One that this account may change."""
    fair = seen_fair(fair_id)
    if not may_change(fair):
        raise Refused(403, "fair.not_own", "这场对接会由别的单位办理", "可以看，也可以帮忙计数；要改请联系主办单位。")
    return fair


def seen_revision() -> int:
    given = request.form.get("seen", "")
    return int(given) if given.isascii() and given.isdigit() else 0


def decide(fair_id: str, decision: Decision, endpoint: str = "bureau_fairs.show") -> ResponseReturnValue:
    """Carry it out, say what was done or why it was not, and go back. `decision` returns what to say."""
    fair = own_fair(fair_id)
    refuse_while_parked()
    try:
        with current_exchange().store.write(own_account().name, fair.organisation) as transaction:
            told = decision(transaction, fair_as_seen(transaction, fair.id, seen_revision()))
    except NotPossible as fault:
        flash(f"没有保存：{fault}", "bad")
    else:
        flash(told)
    return redirect(url_for(endpoint, fair_id=fair.id), 303)
