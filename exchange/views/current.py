"""What a request works with: the exchange, one reading session, the local day, whether this is a demonstration.

In: the application. Out: functions that views call. A request sees one state of the store and one day.
"""

from contextlib import ExitStack
from datetime import date

from flask import Flask, current_app, g
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from exchange.context import Exchange
from exchange.store.setup import is_demonstration

EXTENSION = "guanshao"
_KIND = "guanshao.demonstration"


def current_exchange() -> Exchange:
    exchange: Exchange = current_app.extensions[EXTENSION]
    return exchange


def session() -> Session:
    """Opened with the request's first question, closed when the request is over."""
    if "session" not in g:
        g.stack = ExitStack()
        g.session = g.stack.enter_context(current_exchange().store.read())
    opened: Session = g.session
    return opened


def today() -> date:
    if "today" not in g:
        g.today = current_exchange().today
    day: date = g.today
    return day


def demonstration() -> bool:
    """Whether everything here is invented (演示数据). A store that cannot be read is taken for a real one.

    Asked of the store once: the two kinds never mix, and a store's kind is settled before the web starts.
    """
    if _KIND not in current_app.extensions:
        try:
            current_app.extensions[_KIND] = is_demonstration(session())
        except SQLAlchemyError:
            return False
    return bool(current_app.extensions[_KIND])


def register_current(app: Flask) -> None:
    @app.teardown_appcontext
    def _close(_: BaseException | None) -> None:
        if stack := g.pop("stack", None):
            stack.close()

    @app.context_processor
    def _for_every_page() -> dict[str, object]:
        return {"demonstration": demonstration(), "today": today(), "version": app.config["STATIC_VERSION"]}
