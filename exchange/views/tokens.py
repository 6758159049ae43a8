"""/admin/tokens: API tokens (接口令牌) of organisations' programs.

In: an administrator's forms. Out: the list, and the secret of a new token once. A revoked token stays in the list.
"""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from config.words import Role, TokenScope, label
from exchange.models import ApiToken
from exchange.schemas.accounts import TokenForm, form_faults
from exchange.store.accounts import represented
from exchange.store.setup import organisation_of
from exchange.store.tokens import all_tokens, issue_token, revoke_token
from exchange.views.current import current_exchange, session
from exchange.views.errors import Refused
from exchange.views.guard import own_account, private_page, requires

blueprint = Blueprint("tokens", __name__, url_prefix="/admin/tokens")


@blueprint.app_template_filter()
def token_state(token: ApiToken) -> str:
    if token.revoked_at is not None:
        return "已作废"
    return "已过期" if token.expires_at <= current_exchange().store.clock() else "有效"


@blueprint.app_template_filter()
def scope_words(scopes: str) -> str:
    return "、".join(label(TokenScope(scope)) for scope in scopes.split())


@blueprint.get("")
@requires(Role.ADMIN)
def listing() -> ResponseReturnValue:
    return _page({})


@blueprint.post("")
@requires(Role.ADMIN)
def issue() -> ResponseReturnValue:
    try:
        given = TokenForm().load(request.form)
    except ValidationError as error:
        return _page(form_faults(error), 400)
    organisation = organisation_of(session(), given["organisation"])
    if organisation is None:
        return _page({"organisation": "没有这个单位，请从列表里选。"}, 400)
    secret, token = issue_token(
        current_exchange().store,
        given["name"],
        organisation.code,
        [TokenScope.BATCHES],
        given["days"],
        own_account().name,
    )
    return private_page(
        render_template("account/token.html", secret=secret, token=token, organisation=organisation.name)
    )


@blueprint.post("/<string:id>/revoke")
@requires(Role.ADMIN)
def revoke(id: str) -> ResponseReturnValue:
    token = revoke_token(current_exchange().store, id)
    if token is None:
        raise Refused(404, "token.not_found", "没有这个令牌", "请从令牌表里操作。")
    flash(f"令牌“{token.name}”已作废，用它的系统不能再报送。")
    return redirect(url_for("tokens.listing"), 303)


def _page(faults: dict[str, str], status: int = 200) -> Response:
    names = represented(session())
    page = render_template(
        "account/tokens.html",
        faults=faults,
        given=request.form,
        tokens=all_tokens(session()),
        represented=names,
        organisations=[(code, name) for code, name in names.items() if organisation_of(session(), code)],
        days=current_exchange().settings.token_days,
    )
    return private_page(page, status)
