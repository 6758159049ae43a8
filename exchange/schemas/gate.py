"""A schema as a gate that thousands of like rows pass: marshmallow's own fields, asked once for each value.

In: a marshmallow schema and frozen dataclasses with its fields. Out: plain JSON, and whether marshmallow lets it in.
What it says about a value is remembered, for the cells of a sheet repeat; the schema itself words the faults. What was
opened is shared by rows and not to be changed.
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

Opener = Callable[[Any], tuple[Any, bool]]


class Gate:
    """Checks of several fields together stand at the nested field that holds them: schemas here have no hooks."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._values = attrgetter(*schema.fields)
        self._openers = tuple((name, _opener(field)) for name, field in schema.fields.items())

    def open(self, value: object) -> tuple[dict[str, Any], bool]:
        plain: dict[str, Any] = {}
        passes = True
        for (name, opener), own in zip(self._openers, self._values(value), strict=True):
            plain[name], is_let_in = opener(own)
            if not is_let_in:
                passes = False
        return plain, passes

    def faults(self, plain: dict[str, Any]) -> dict[str, Any]:
        """What the whole schema says about it, keyed by field."""
        return self._schema.validate(plain)


def _opener(field: fields.Field[Any]) -> Opener:
    """Value → (plain, is it let in)."""
    if isinstance(field, fields.Nested):
        ask = _nested(field)
    else:
        ask = _list(field) if isinstance(field, fields.List) else _single(field)
    remembered = lru_cache(_REMEMBERED, typed=True)(ask)
    if not _takes_prose(field):
        return remembered
    return lambda text: remembered(text) if len(text) <= _SHORT else ask(text)


def _takes_prose(field: fields.Field[Any]) -> bool:
    lengths = [check.max for check in field.validators if isinstance(check, validate.Length) and check.max]
    return isinstance(field, fields.String) and max(lengths, default=0) > _LONGEST


def _single(field: fields.Field[Any]) -> Opener:
    def ask(value: Any) -> tuple[Any, bool]:
        plain = _plain(value)
        try:
            field.deserialize(plain)
        except ValidationError:
            return plain, False
        return plain, True

    return ask


def _nested(field: fields.Nested) -> Opener:
    inner = Gate(field.schema)

    def ask(value: Any) -> tuple[Any, bool]:
        plain, passes = inner.open(value)
        return plain, passes and _is_valid(field, plain)

    return ask


def _is_valid(field: fields.Field[Any], plain: Any) -> bool:
    """The checks of the field itself, beyond those of what is in it."""
    try:
        for check in field.validators:
            check(plain)
    except ValidationError:
        return False
    return True


def _list(field: fields.List[Any]) -> Opener:
    inner = _opener(field.inner)

    def ask(values: Any) -> tuple[Any, bool]:
        opened = [inner(value) for value in values]
        plain = [plain for plain, _ in opened]
        return plain, all(is_let_in for _, is_let_in in opened) and _is_valid(field, plain)

    return ask


def _plain(value: Any) -> Any:
    """As marshmallow's fields write it."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
