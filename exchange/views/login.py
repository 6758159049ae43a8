"""/login, /logout, /account: coming in, leaving, one's own password and the state of one's organisation.

In: name and password. Out: a session whose id is new with every login. A name or password that is wrong and a name
that nobody has look alike; too many failures lock the name for a while.
"""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_login import logout_user
from marshmallow import ValidationError

from exchange.accounts import AccountFault, LoginRefused, change_password, log_in
from exchange.passwords import SHORTEST
from exchange.schemas.accounts import LoginForm, PasswordForm, form_faults
from exchange.store.accounts import has_accounts, represented
from exchange.store.logins import end_login
from exchange.views.current import current_exchange, session
from exchange.views.errors import Refused
from exchange.views.formats import moment
from exchange.views.guard import current_account, own_account, private_page, requires, safe_next, verification_of
from exchange.views.sessions import remember_login
from exchange.views.visitors import VisitorLimit

blueprint = Blueprint("login", __name__)
_LIMIT = "guanshao-login-limit"
_PER_MINUTE = 20  # tries from one address: guessing one password for many names is slow as well


@blueprint.record
def _limit_visitors(state: BlueprintSetupState) -> None:
    state.app.extensions[_LIMIT] = VisitorLimit(_PER_MINUTE)


@blueprint.get("/login")
def form() -> ResponseReturnValue:
    if current_account() is not None:
        return redirect(safe_next(request.args.get("next")) or url_for("login.account"))
    return _login_page({}, request.args.get("next"))


@blueprint.post("/login")
def submit() -> ResponseReturnValue:
    wanted = safe_next(request.form.get("next"))
    _slow_down()
    exchange = current_exchange()
    try:
        given = LoginForm().load(request.form)
        secret = log_in(exchange.store, exchange.settings, given["name"], given["password"])
    except ValidationError as error:
        return _login_page(form_faults(error), wanted, 400)
    except LoginRefused as refused:
        return _login_page({"form": _refusal(refused)}, wanted, 401)
    _end_session()
    remember_login(secret)
    return redirect(wanted or url_for("login.account"), 303)


def _slow_down() -> None:
    wait = current_app.extensions[_LIMIT].seconds_to_wait(request.remote_addr or "")
    if wait:
        raise Refused(429, "rate.limited", "试密码太频繁", f"请 {wait} 秒后再试。", headers={"Retry-After": str(wait)})


def _refusal(refused: LoginRefused) -> str:
    settings = current_exchange().settings
    if refused.locked_until is None:
        return f"登录名或密码不对。连续输错 {settings.login_attempts} 次，会锁定 {settings.lock_minutes} 分钟。"
    return f"输错次数太多，这个登录名已锁定到 {moment(refused.locked_until)}。请到时再试，或请管理员重置密码。"


def _login_page(faults: dict[str, str], wanted: str | None, status: int = 200) -> Response:
    page = render_template(
        "account/login.html",
        faults=faults,
        name=request.form.get("name", ""),
        next=safe_next(wanted),
        nobody_yet=not has_accounts(session()),
    )
    return private_page(page, status)


@blueprint.post("/logout")
def leave() -> ResponseReturnValue:
    _end_session()
    flash("您已退出登录。")
    return redirect(url_for("login.form"), 303)


def _end_session() -> None:
    """Nothing of the old session goes on: neither its login nor its CSRF token."""
    account = current_account()
    if account is not None:
        end_login(current_exchange().store, account.session_hash)
        logout_user()
    cookie.clear()


@blueprint.get("/account")
@requires()
def account() -> ResponseReturnValue:
    return _own_page({})


@blueprint.post("/account")
@requires()
def change() -> ResponseReturnValue:
    _slow_down()
    account = own_account()
    try:
        given = PasswordForm().load(request.form)
        change_password(
            current_exchange().store, account.name, given["old_password"], given["password"], account.session_hash
        )
    except ValidationError as error:
        return _own_page(form_faults(error), 400)
    except AccountFault as fault:
        return _own_page({fault.field: str(fault)}, 400)
    flash("密码已改好。在其他电脑和手机上的登录都已退出。")
    return redirect(url_for("login.account"), 303)


def _own_page(faults: dict[str, str], status: int = 200) -> Response:
    account = own_account()
    page = render_template(
        "account/account.html",
        faults=faults,
        organisation=represented(session()).get(account.organisation, account.organisation),
        verified=verification_of(account.organisation) if account.role.is_verified_regularly else None,
        shortest=SHORTEST,
    )
    return private_page(page, status)
