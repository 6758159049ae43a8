"""Blueprints of the API whose unknown or bad parameters are a 400 that names them.

In: a name. Out: a flask-smorest blueprint; `query` is its decorator for a query schema.
"""

from collections.abc import Callable
from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE, Schema
from webargs.flaskparser import FlaskParser


class _Parser(FlaskParser):
    DEFAULT_VALIDATION_STATUS = 400


class ApiBlueprint(Blueprint):
    ARGUMENTS_PARSER = _Parser()

    def query(self, schema: type[Schema]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Parameters of the query string, as the first argument of the view."""
        decorator: Callable[[Callable[..., Any]], Callable[..., Any]] = self.arguments(
            schema(), location="query", unknown=RAISE  # made once: making one takes longer than reading a query
        )
        return decorator
