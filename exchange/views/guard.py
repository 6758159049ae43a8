"""Who may open a page or use a call: `requires` for pages, `requires_token` for the API, `may_see` for one batch.

In: roles or a scope. Out: decorators for views, put below the route. A visitor is sent to the login page and back; the
wrong role gets 403; a program without a good token gets 401 or 403 as JSON.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from flask import Response, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from config.words import Role, TokenScope, label
from exchange.accounts import organisations_seen, verification_state
from exchange.models import ApiToken
from exchange.store.tokens import find_token, note_used
from exchange.verification import Verified
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.sessions import SignedIn, current_account

__all__ = [
    "current_account",
    "current_token",
    "may_see",
    "own_account",
    "peer_asking",
    "private_page",
    "requires",
    "requires_token",
    "safe_next",
    "verification_of",
    "visible_organisations",
]

View = Callable[..., ResponseReturnValue]
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="guanshao"'}
_PASSWORD_PAGE = {"login.account", "login.change"}
_TOKEN_REMEDY = "请向管理员要一个新的接口令牌。"


def requires(*roles: Role) -> Callable[[View], View]:
    """Only for accounts with one of these roles; with none named, for every account."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*arguments: object, **named: object) -> ResponseReturnValue:
            account = current_account()
            if account is None:
                here = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else None
                return redirect(url_for("login.form", next=here))
            if roles and account.role not in roles:
                allowed = "、".join(label(role) for role in roles)
                raise Refused(
                    403, "role.missing", "您的账号不能打开这个页面", f"这里只对{allowed}开放。需要的话请联系管理员。"
                )
            if account.password_is_temporary and request.endpoint not in _PASSWORD_PAGE:
                return redirect(url_for("login.account"))
            return view(*arguments, **named)

        return guarded

    return decorate


def own_account() -> SignedIn:
    """Inside a view that `requires` an account."""
    account = current_account()
    if account is None:
        raise Refused(403, "account.missing", "请先登录")
    return account


def private_page(page: str, status: int = 200) -> Response:
    """A page about accounts: kept by no cache and no back button."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def safe_next(address: str | None) -> str | None:
    """Where to go after logging in: a path of this site, never another's."""
    if not address or not address.startswith("/") or "\\" in address or not address.isprintable():
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc or address.startswith("//") else address


def requires_token(scope: TokenScope) -> Callable[[View], View]:
    """Only with `Authorization: Bearer gs_…`, a live token with this scope. `current_token()` is it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*arguments: object, **named: object) -> ResponseReturnValue:
            token = _live_token()
            if scope not in token.scopes.split():
                details = {"scope": str(scope)}
                message = f"这个接口令牌没有“{label(scope)}”的权限。{_TOKEN_REMEDY}"
                raise Refused(403, "token.scope", message, details=details)
            note_used(current_exchange().store, token)
            g.api_token = token
            return view(*arguments, **named)

        return guarded

    return decorate


def current_token() -> ApiToken:
    """Inside a call that `requires_token`."""
    token: ApiToken = g.api_token
    return token


def peer_asking() -> str | None:
    """The exchange that reads what everybody may read, when it says so with a token of scope `peers`."""
    if request.authorization is None:
        return None
    token = _live_token()
    if TokenScope.PEERS not in token.scopes.split():
        return None
    note_used(current_exchange().store, token)
    return token.organisation


def _live_token() -> ApiToken:
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise _unauthorised("token.missing", "这个接口要带单位的接口令牌：Authorization: Bearer gs_…")
    token = find_token(session(), given.token)
    if token is None:
        raise _unauthorised("token.invalid", f"不认识这个接口令牌。{_TOKEN_REMEDY}")
    if token.revoked_at is not None:
        raise _unauthorised("token.revoked", f"这个接口令牌已经作废。{_TOKEN_REMEDY}")
    if token.expires_at <= current_exchange().store.clock():
        raise _unauthorised("token.expired", f"这个接口令牌已经过期。{_TOKEN_REMEDY}")
    return token


def _unauthorised(code: str, message: str) -> Refused:
    return Refused(401, code, message, headers=_CHALLENGE)


def visible_organisations(account: SignedIn) -> frozenset[str] | None:
    """Codes of the organisations whose batches this account may see; None for all."""
    if "organisations_seen" not in g:
        g.organisations_seen = organisations_seen(session(), account.role, account.organisation, today())
    seen: frozenset[str] | None = g.organisations_seen
    return seen


def may_see(account: SignedIn, organisation: str) -> bool:
    """Whether this account may see the batches of that organisation."""
    seen = visible_organisations(account)
    return seen is None or organisation in seen


def verification_of(organisation: str) -> Verified:
    """Whether uploads of this organisation are taken, warned about or parked today."""
    return verification_state(session(), current_exchange().settings, organisation, today())
