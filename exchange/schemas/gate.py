"""A schema as a gate that thousands of like rows pass: marshmallow's own fields, asked once for each value.

In: a marshmallow schema and frozen dataclasses with its fields. Out: plain JSON, and whether marshmallow lets it in.
What it says about a value is remembered, for the cells of a sheet repeat; the schema itself words the faults.
"""

from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

_REMEMBERED = 4_096  # values of each field
_LONGEST = 200  # characters: a field that takes longer texts holds prose, …
_SHORT = 64  # … which is worth remembering when it is short: longer ones seldom come again


class Gate:
    """For schemas whose checks of several fields stand in nested ones: each field is asked for itself."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._names = tuple(schema.fields)
        self._values = attrgetter(*self._names)
        self._opened = tuple(_opener(field) for field in schema.fields.values())

    def open(self, value: object) -> tuple[dict[str, Any], bool]:
        plain: dict[str, Any] = {}
        passes = True
        for name, opened, own in zip(self._names, self._opened, self._values(value), strict=True):
            plain[name], is_let_in = opened(own)
            passes = passes and is_let_in
        return plain, passes

    def faults(self, plain: dict[str, Any]) -> dict[str, Any]:
        """What the whole schema says about it, keyed by field."""
        return self._schema.validate(plain)


Opener = Callable[[Any], tuple[Any, bool]]


def _opener(field: fields.Field[Any]) -> Opener:
    """Value → (plain, is it let in)."""

    def ask(value: Any) -> tuple[Any, bool]:
        plain = _plain(field, value)
        try:
            field.deserialize(plain)
        except ValidationError:
            return plain, False
        return plain, True

    remembered = lru_cache(_REMEMBERED, typed=True)(ask)
    if not _takes_prose(field):
        return remembered
    return lambda text: remembered(text) if len(text) <= _SHORT else ask(text)


def _takes_prose(field: fields.Field[Any]) -> bool:
    lengths = [check.max for check in field.validators if isinstance(check, validate.Length) and check.max]
    return isinstance(field, fields.String) and max(lengths, default=0) > _LONGEST


def _plain(field: fields.Field[Any], value: Any) -> Any:
    """As the field itself would write it."""
    if isinstance(field, fields.Nested):
        return field.schema.dump(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
