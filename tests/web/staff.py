"""An empty exchange with accounts of each role, a clock that a test sets, and browsers that log in.

In: a folder. Out: `Office`. Its pages for tests of guards are added here, so that every rule is tried without the pages
that others write.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, jsonify
from werkzeug.test import TestResponse

from config.startup import load_configuration
from config.words import Role, TokenScope
from exchange.accounts import NewAccount, add_account
from exchange.app import create_app
from exchange.clock import LOCAL
from exchange.context import Exchange, open_exchange
from exchange.views.guard import current_token, may_see, own_account, requires, requires_token
from tests.web.page_client import PageClient

PASSWORD = "plum river nine"
CHANGAN, WENGYUAN = "441900119", "440229"
ACCOUNTS = (
    ("changan", Role.BUREAU, CHANGAN),
    ("dongguan", Role.BUREAU, "441900"),
    ("pair", Role.CLUSTER, "c01"),
    ("office", Role.OFFICE, "441900"),
    ("admin", Role.ADMIN, "441900"),
)


@dataclass
class Clock:
    now: datetime = field(default_factory=lambda: datetime(2026, 3, 12, 10, 0, tzinfo=LOCAL))

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


class Browser(PageClient):
    """One browser with its cookies."""

    def log_in(self, name: str, password: str = PASSWORD, **fields: str) -> TestResponse:
        return self.send("/login", name=name, password=password, **fields)

    @property
    def is_logged_in(self) -> bool:
        return self.client.get("/account").status_code == 200

    @property
    def cookie(self) -> str:
        found = self.client.get_cookie("guanshao")
        return found.value if found else ""


@dataclass(frozen=True)
class Office:
    exchange: Exchange
    app: Flask
    clock: Clock

    def browser(self, name: str = "") -> Browser:
        opened = Browser(self.app)
        if name:
            assert opened.log_in(name).status_code == 303
        return opened


def open_office(folder: Path) -> Office:
    clock = Clock()
    exchange = open_exchange(load_configuration({"GUANSHAO_DATA": str(folder)}), clock)
    for name, role, organisation in ACCOUNTS:
        add_account(exchange.store, NewAccount(name, f"{name}的经办", role, organisation, PASSWORD))
    app = create_app(exchange)
    _add_pages(app)
    return Office(exchange, app, clock)


def _add_pages(app: Flask) -> None:
    @app.get("/test/office")
    @requires(Role.OFFICE, Role.ADMIN)
    def office_only() -> str:
        return own_account().name

    @app.get("/test/batches/<string:organisation>")
    @requires()
    def batches(organisation: str) -> str:
        return "yes" if may_see(own_account(), organisation) else "no"

    @app.post("/api/v1/test")
    @requires_token(TokenScope.BATCHES)
    def call() -> object:
        return jsonify({"organisation": current_token().organisation})
