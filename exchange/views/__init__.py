"""Pages and API, thin: they read parameters, ask the store and the engine, and render. One blueprint a file.

In: the Flask application. Out: every route registered. A new view is a file with a blueprint and a line here.
"""

from flask import Flask

from exchange.views import (
    accounts,
    admin_drops,
    admin_peers,
    admin_sources,
    api,
    bureau,
    bureau_decisions,
    bureau_edit,
    bureau_files,
    bureau_headings,
    bureau_objections,
    bureau_postings,
    bureau_problems,
    bureau_progress,
    bureau_records,
    bureau_upload,
    discovery,
    distance,
    errors,
    formats,
    health,
    login,
    lookup,
    metrics,
    office_duplicates,
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
    bureau_objections,
    bureau_decisions,
    bureau_files,
    bureau_postings,
    bureau_edit,
)


def register_views(app: Flask) -> None:
    for view in (search, posting, targets, health, discovery, login, accounts, tokens, reviews, office_duplicates):
        app.register_blueprint(view.blueprint)
    for about_sources in (admin_sources, admin_drops, admin_peers):
        app.register_blueprint(about_sources.blueprint)
    for part in _BUREAU:
        app.register_blueprint(part.blueprint)
    api.register_api(app)
    formats.register_formats(app)
    distance.register_distance(app)
    lookup.register_lookup(app)
    metrics.register_metrics(app)
    sessions.register_sessions(app)
    security.register_security(app)
    errors.register_errors(app)
