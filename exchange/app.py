"""The web application: Flask over one `Exchange`.

In: an opened exchange. Out: a WSGI application. Templates and static files are read as package resources, so it
works from a wheel and from any directory. It stores nothing and decides nothing about rows.
"""

import hashlib
from importlib.resources import files

from flask import Flask
from jinja2 import PackageLoader

from exchange.context import Exchange
from exchange.views import register_views
from exchange.views.current import EXTENSION, register_current

_SMALL_FORM = 64 * 1024  # bytes; nothing bigger is posted to these pages


def create_app(exchange: Exchange) -> Flask:
    app = Flask("exchange", static_folder="static")
    app.jinja_loader = PackageLoader("templates", "")
    app.config.update(
        MAX_CONTENT_LENGTH=_SMALL_FORM,
        SEND_FILE_MAX_AGE_DEFAULT=86_400,
        STATIC_VERSION=_static_version(),
        API_TITLE="莞韶岗位互通 Guanshao Job Exchange",
        API_VERSION="v1",
        OPENAPI_VERSION="3.0.3",
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions[EXTENSION] = exchange
    register_current(app)
    register_views(app)
    return app


def _static_version() -> str:
    """Changes with the files, so that a browser may keep them and still sees a new version at once."""
    digest = hashlib.sha256()
    for file in sorted((files("exchange") / "static").iterdir(), key=lambda file: file.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]
