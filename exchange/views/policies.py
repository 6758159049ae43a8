"""/policies: the subsidies (补贴政策) for everybody, and those that a posting may have beside it.

In: a code. Out: the list, one policy with its rule's words and its conditions, a template global for other pages.
"""

from flask import Blueprint, render_template

from config.policies import PolicyKind
from exchange.content import Content
from exchange.models import Policy
from exchange.qualifying import Conditions, condition_words
from exchange.store.policies import (
    Entitlement,
    UnknownPolicy,
    entitlements,
    facts_of_posting,
    find_policy,
    list_policies,
)
from exchange.store.policies_setting import IN_FORCE
from exchange.views.current import session, today
from exchange.views.errors import Refused
from exchange.views.links import SearchLink
from search.requests import SearchRequest

blueprint = Blueprint("policies", __name__)


@blueprint.app_template_filter()
def policy_kind(kind: str) -> str:
    return PolicyKind(kind).label


@blueprint.app_template_filter()
def policy_state(row: Policy) -> str:
    if row.state != IN_FORCE:
        return "已停用"
    if today() < row.since:
        return "还没有开始"
    return "已到期" if row.until and today() > row.until else "执行中"


@blueprint.app_template_global()
def entitlements_of(content: Content) -> list[Entitlement]:
    """What somebody who takes this posting may claim, certain ones first."""
    return entitlements(list_policies(session()), facts_of_posting(content), today())


@blueprint.get("/policies")
def listing() -> str:
    rows = list_policies(session())
    return render_template(
        "policy/list.html", kinds=[(kind, [row for row in rows if row.kind == kind]) for kind in PolicyKind]
    )


@blueprint.get("/policies/<string:code>")
def show(code: str) -> str:
    row = policy_named(code)
    conditions = Conditions.of(row.conditions)
    filters = {"direction": conditions.directions[:1]} if conditions.directions else {}
    words = conditions.occupations[0] if conditions.occupations else ""
    asked = SearchRequest(today(), q=words, filters=filters)
    return render_template(
        "policy/policy.html", row=row, conditions=condition_words(conditions), link=SearchLink(asked).here()
    )


def policy_named(code: str) -> Policy:
    try:
        return find_policy(session(), code)
    except UnknownPolicy:
        raise Refused(404, "policy.not_found", "没有这项政策", "请从政策列表里打开。", {"code": code}) from None
