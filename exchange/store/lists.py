"""Long lists of keys in queries, in slices that every database takes."""

from collections.abc import Iterable, Iterator
from itertools import islice

_SLICE = 500


def in_slices(values: Iterable[str], size: int = _SLICE) -> Iterator[list[str]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
