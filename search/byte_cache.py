"""A cache with a limit in bytes: what was not used lately goes first.

In: key and value; a value says its size as `nbytes`. Out: the value while it is kept. Safe to share between threads:
a search asks it a dozen times, so asking takes no lock and only leaves a mark, which is worth one round in the line.
"""

import threading
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar


class Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


Value = TypeVar("Value", bound=Sized)


@dataclass(slots=True)
class _Kept:
    value: Any
    size: int
    was_used: bool = False


class ByteCache:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._kept: dict[Hashable, _Kept] = {}  # in line: the first goes first
        self._lock = threading.Lock()

    @property
    def used(self) -> int:
        return self._used

    def get(self, key: Hashable) -> Any:
        """None when it is not kept, or not any more."""
        found = self._kept.get(key)
        if found is None:
            return None
        found.was_used = True
        return found.value

    def keep(self, key: Hashable, value: Value) -> Value:
        """Two threads may make the same value at once; the later one is kept."""
        size = int(value.nbytes)
        with self._lock:
            before = self._kept.pop(key, None)
            self._used += size - (before.size if before else 0)
            self._kept[key] = _Kept(value, size)
            self._make_room()
        return value

    def _make_room(self) -> None:
        spared = len(self._kept)  # nobody goes round twice, however busy the readers are
        while self._used > self._limit and self._kept:
            key = next(iter(self._kept))
            first = self._kept.pop(key)
            if first.was_used and spared:
                first.was_used, spared = False, spared - 1
                self._kept[key] = first
            else:
                self._used -= first.size
