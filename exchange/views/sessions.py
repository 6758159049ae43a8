"""Login sessions of browsers: Flask-Login over the store's sessions, a signed cookie, CSRF on every form.

In: the application. Out: who is behind a request. The API has no part in this: under /api no cookie is read or set,
so a browser can never be made to write there.
"""

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, login_user
from flask_login import current_user as _current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import SQLAlchemyError

from config.words import Role
from exchange.context import Exchange
from exchange.models import Account
from exchange.secrecy import digest_of, shared_key
from exchange.store.logins import find_login, note_seen
from exchange.views.current import EXTENSION, current_exchange
from exchange.views.errors import Refused

COOKIE = "guanshao"
_WITHOUT_COOKIES = ("/api/", "/static/")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The account behind a request, as Flask-Login wants it: its id is the secret of the session."""

    secret: str
    name: str
    display_name: str
    role: Role
    organisation: str
    verified_on: date
    password_is_temporary: bool

    is_authenticated = is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.secret

    @property
    def session_hash(self) -> str:
        return digest_of(self.secret)


def current_account() -> SignedIn | None:
    """Who is logged in, None for a visitor."""
    return _current_user._get_current_object() if _current_user.is_authenticated else None


def remember_login(secret: str) -> None:
    """The browser of this request is logged in from now on. Only after its old session was cleared."""
    found = _load(secret)
    if found is not None:
        login_user(found)


class PageSessions(SecureCookieSessionInterface):
    """Cookies of pages only, sent over https alone when that is how the page was asked for."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return super().open_session(app, request) if _has_cookies(request) else self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if _has_cookies(request):
            super().save_session(app, session, response)

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def _has_cookies(asked: Request) -> bool:
    return not asked.path.startswith(_WITHOUT_COOKIES)


def register_sessions(app: Flask) -> None:
    exchange: Exchange = app.extensions[EXTENSION]
    app.config.update(
        SECRET_KEY=shared_key(exchange.settings.data),
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_CHECK_DEFAULT=False,  # checked below, everywhere but under /api
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
    )
    app.session_interface = PageSessions()
    manager = LoginManager()
    manager.session_protection = None  # a telephone changes its address while its owner rides the bus
    manager.init_app(app, add_context_processor=False)
    manager.user_loader(_load)
    csrf = CSRFProtect(app)

    @app.before_request
    def _check_form() -> None:
        if request.endpoint is None or not _has_cookies(request):
            return
        try:
            csrf.protect()
        except CSRFError as error:
            log.info("form refused on %s: %s", request.path, error.description)
            remedy = "可能是页面放得太久，或浏览器没有开 Cookie：请回到上一页，刷新后再填一次。"
            raise Refused(400, "form.expired", "这个表单已经失效，没有保存", remedy) from error

    @app.context_processor
    def _for_every_page() -> dict[str, object]:
        try:
            return {"account": current_account(), "Role": Role}
        except SQLAlchemyError:  # the page that says so must still be shown
            return {"account": None, "Role": Role}


def _load(secret: str) -> SignedIn | None:
    exchange = current_exchange()
    idle = timedelta(hours=exchange.settings.session_hours)
    with exchange.store.read() as fresh:
        found = find_login(fresh, secret, exchange.store.clock(), idle)
    if found is None:
        return None
    account, login = found
    note_seen(exchange.store, login)
    return _signed_in(secret, account)


def _signed_in(secret: str, account: Account) -> SignedIn:
    return SignedIn(
        secret=secret,
        name=account.name,
        display_name=account.display_name,
        role=Role(account.role),
        organisation=account.organisation,
        verified_on=account.verified_on,
        password_is_temporary=account.password_is_temporary,
    )
