"""The API under /api/v1: flask-smorest documents it at openapi.json, a page of our own shows that at docs.

In: the application. Out: its API blueprints. A new part of the API is an `api_*.py` with a blueprint and a line
here. Errors have the one shape of exchange.views.errors.
"""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify, render_template
from flask_smorest import Api

from exchange.schemas.answers import ErrorSchema
from exchange.views import api_batches, api_changes, api_counts, api_fairs, api_peers, api_postings, api_uploads

PREFIX = "/api/v1"
blueprint = Blueprint("api", __name__)


class ExchangeApi(Api):
    ERROR_SCHEMA = ErrorSchema


@blueprint.get("/openapi.json")
def openapi() -> Response:
    return jsonify(_specification())


@blueprint.get("/docs")
def docs() -> str:
    specification = _specification()
    operations = [
        (path, method.upper(), operation)
        for path, methods in specification["paths"].items()
        for method, operation in methods.items()
        if method in {"get", "post"}
    ]
    words = {str(status.value): status.phrase for status in HTTPStatus}
    return render_template(
        "api/docs.html", specification=specification, operations=operations, status_words=words
    )


def register_api(app: Flask) -> None:
    api = ExchangeApi(app)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    for part in (api_postings, api_changes, api_counts, api_fairs, api_batches, api_peers):
        api.register_blueprint(part.blueprint, url_prefix=PREFIX)
    app.register_blueprint(blueprint, url_prefix=PREFIX)
    api_uploads.register_uploads(app)


def _specification() -> dict[str, Any]:
    apis = current_app.extensions["flask-smorest"]["apis"]
    specification: dict[str, Any] = apis[""]["ext_obj"].spec.to_dict()
    return specification
