"""Pages and API, thin: they read parameters, ask the store and the engine, and render. One blueprint a file.

In: the Flask application. Out: every route registered. A new view is a file with a blueprint and a line here.
"""

from flask import Flask

from exchange.views import (
    accounts,
    api,
    bureau,
    discovery,
    errors,
    formats,
    health,
    login,
    lookup,
    metrics,
    posting,
    search,
    security,
    sessions,
    targets,
    tokens,
)


def register_views(app: Flask) -> None:
    for view in (search, posting, targets, bureau, health, discovery, login, accounts, tokens):
        app.register_blueprint(view.blueprint)
    api.register_api(app)
    formats.register_formats(app)
    lookup.register_lookup(app)
    metrics.register_metrics(app)
    sessions.register_sessions(app)
    security.register_security(app)
    errors.register_errors(app)
