"""Pages and API, thin: they read parameters, ask the store and the engine, and render. One blueprint a file.

In: the Flask application. Out: every route registered. A new view is a file with a blueprint and a line here.
"""

from flask import Flask

from exchange.views import (
    accounts,
    admin_peers,
    api,
    bureau,
    bureau_decisions,
    bureau_edit,
    bureau_files,
    bureau_headings,
    bureau_postings,
    bureau_problems,
    bureau_progress,
    bureau_records,
    bureau_upload,
    discovery,
    errors,
    formats,
    health,
    login,
    lookup,
    metrics,
    posting,
    reviews,
    search,
    security,
    sessions,
    targets,
    tokens,
)

_BUREAU = (
    bureau,
    bureau_upload,
    bureau_progress,
    bureau_headings,
    bureau_problems,
    bureau_records,
    bureau_decisions,
    bureau_files,
    bureau_postings,
    bureau_edit,
)


def register_views(app: Flask) -> None:
    for view in (search, posting, targets, health, discovery, login, accounts, tokens, admin_peers, reviews):
        app.register_blueprint(view.blueprint)
    for part in _BUREAU:
        app.register_blueprint(part.blueprint)
    api.register_api(app)
    formats.register_formats(app)
    lookup.register_lookup(app)
    metrics.register_metrics(app)
    sessions.register_sessions(app)
    security.register_security(app)
    errors.register_errors(app)
