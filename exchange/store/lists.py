"""Long lists of keys in queries: in slices that every database takes, or as one value that each unpacks itself."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

import orjson
from sqlalchemy import ARRAY, ColumnElement, Text, any_, func, literal, select
from sqlmodel import Session

_SLICE = 500
Key = TypeVar("Key")


def in_slices(values: Iterable[Key], size: int = _SLICE) -> Iterator[list[Key]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


def is_among(session: Session, column: Any, keys: Iterable[str]) -> ColumnElement[bool]:
    """Whether the column holds one of the keys, ten thousand of which are one parameter. Empty keys are left out."""
    wanted = sorted({key for key in keys if key})
    if session.get_bind().dialect.name == "postgresql":
        return column == any_(literal(wanted, ARRAY(Text)))
    listed = func.json_each(orjson.dumps(wanted).decode()).table_valued("value")
    return column.in_(select(listed.c.value))
