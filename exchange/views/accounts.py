"""/admin/accounts: who may log in. Adding, deactivating, a new password, verifying an organisation again.

In: an administrator's forms. Out: the list, or once a temporary password to hand on. Nobody deactivates themselves, so
an administrator always remains.
"""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from config.words import Role, Verification, label
from exchange.accounts import (
    AccountFault,
    NewAccount,
    add_account,
    reset_password,
    set_active,
    verification_state,
    verify_organisation,
)
from exchange.passwords import random_password
from exchange.schemas.accounts import AccountForm, form_faults
from exchange.store.accounts import all_accounts, find_account, locked_names, represented
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.guard import own_account, private_page, requires

blueprint = Blueprint("accounts", __name__, url_prefix="/admin/accounts")


@blueprint.app_template_filter()
def role_word(role: str) -> str:
    return label(Role(role))


@blueprint.app_template_filter()
def verification_word(state: Verification) -> str:
    return label(state)


@blueprint.get("")
@requires(Role.ADMIN)
def listing() -> ResponseReturnValue:
    return _page({})


@blueprint.post("")
@requires(Role.ADMIN)
def add() -> ResponseReturnValue:
    password = random_password()
    try:
        given = AccountForm().load(request.form)
        new = NewAccount(**given, password=password, password_is_temporary=True)
        add_account(current_exchange().store, new)
    except ValidationError as error:
        return _page(form_faults(error), 400)
    except AccountFault as fault:
        return _page({fault.field: str(fault)}, 400)
    return _handed_over(f"已添加账号 {new.name}", password)


@blueprint.post("/<string:name>/password")
@requires(Role.ADMIN)
def reset(name: str) -> ResponseReturnValue:
    _must_exist(name)
    return _handed_over(f"账号 {name} 的密码已重置", reset_password(current_exchange().store, name))


@blueprint.post("/<string:name>/deactivate")
@requires(Role.ADMIN)
def deactivate(name: str) -> ResponseReturnValue:
    _must_exist(name)
    if name == own_account().name:
        raise Refused(409, "account.own", "不能停用自己的账号", "请让另一位管理员来停用。")
    set_active(current_exchange().store, name, active=False)
    return _done(f"账号 {name} 已停用，它的登录都已退出。")


@blueprint.post("/<string:name>/activate")
@requires(Role.ADMIN)
def activate(name: str) -> ResponseReturnValue:
    _must_exist(name)
    set_active(current_exchange().store, name, active=True)
    return _done(f"账号 {name} 已恢复使用。")


@blueprint.post("/verify")
@requires(Role.ADMIN)
def verify() -> ResponseReturnValue:
    code = request.form.get("organisation", "")
    name = represented(session()).get(code)
    if name is None:
        raise Refused(404, "organisation.not_found", "没有这个单位", "请从账号表里点“重新核验”。")
    verify_organisation(current_exchange().store, code)
    return _done(f"{name}已重新核验。")


def _must_exist(name: str) -> None:
    if find_account(session(), name) is None:
        raise Refused(404, "account.not_found", "没有这个账号", "请从账号表里操作。")


def _done(message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("accounts.listing"), 303)


def _handed_over(heading: str, password: str) -> Response:
    return private_page(render_template("account/password.html", heading=heading, password=password))


def _page(faults: dict[str, str], status: int = 200) -> Response:
    settings, day = current_exchange().settings, today()
    accounts = all_accounts(session())
    reporting = {account.organisation for account in accounts if Role(account.role).is_verified_regularly}
    page = render_template(
        "account/accounts.html",
        faults=faults,
        given=request.form,
        accounts=accounts,
        locked=set(locked_names(session(), current_exchange().store.clock())),
        represented=represented(session()),
        verified={code: verification_state(session(), settings, code, day) for code in reporting},
        role_choices=[(str(role), label(role)) for role in Role],
    )
    return private_page(page, status)
