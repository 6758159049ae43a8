"""Long lists of keys in queries, in slices that every database takes."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_SLICE = 500
Key = TypeVar("Key")


def in_slices(values: Iterable[Key], size: int = _SLICE) -> Iterator[list[Key]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
