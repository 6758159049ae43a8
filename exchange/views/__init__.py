"""Pages and API, thin: they read parameters, ask the store and the engine, and render. One blueprint a file.

In: the Flask application. Out: every route registered. A new view is a file with a blueprint and a line here.
"""

from flask import Flask

from exchange.views import (
    accounts,
    activities,
    activities_bureau,
    admin_drops,
    admin_peers,
    admin_sources,
    api,
    bureau,
    bureau_decisions,
    bureau_edit,
    bureau_fairs,
    bureau_fairs_exhibitors,
    bureau_fairs_files,
    bureau_fairs_results,
    bureau_fairs_steps,
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
    fair_day,
    fairs,
    fairs_ics,
    fairs_print,
    fairs_sheets,
    formats,
    handouts,
    health,
    login,
    lookup,
    metrics,
    office,
    office_clusters,
    office_commitments,
    office_duplicates,
    office_figures,
    office_reports,
    policies,
    policies_office,
    posting,
    reviews,
    search,
    security,
    sessions,
    shortage,
    supply,
    targets,
    targets_gap,
    targets_how,
    targets_postings,
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
_FAIRS = (
    fairs,
    fairs_ics,
    fairs_print,
    fairs_sheets,
    fair_day,
    bureau_fairs,
    bureau_fairs_steps,
    bureau_fairs_exhibitors,
    bureau_fairs_files,
    bureau_fairs_results,
)


_COOPERATION = (activities, activities_bureau, supply, shortage, policies, policies_office, handouts)


_TARGETS = (targets, targets_postings, targets_gap, targets_how)
_OFFICE = (office, office_commitments, office_figures, office_clusters)


def register_views(app: Flask) -> None:
    for view in (search, posting, health, discovery, login, accounts, tokens, reviews, office_duplicates):
        app.register_blueprint(view.blueprint)
    app.register_blueprint(office_reports.blueprint)
    for about_sources in (admin_sources, admin_drops, admin_peers):
        app.register_blueprint(about_sources.blueprint)
    for part in (*_BUREAU, *_FAIRS, *_COOPERATION, *_TARGETS, *_OFFICE):
        app.register_blueprint(part.blueprint)
    api.register_api(app)
    formats.register_formats(app)
    distance.register_distance(app)
    lookup.register_lookup(app)
    metrics.register_metrics(app)
    sessions.register_sessions(app)
    security.register_security(app)
    errors.register_errors(app)
