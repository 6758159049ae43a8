"""A cache with a limit in bytes: what was used longest ago goes first.

In: key and value; a value says its size as `nbytes`. Out: the value while it is kept. Safe to share between threads.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any, Protocol, TypeVar


class Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


Value = TypeVar("Value", bound=Sized)


class ByteCache:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def used(self) -> int:
        return self._used

    def get(self, key: Hashable) -> Any:
        """None when it is not kept, or not any more."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, value: Value) -> Value:
        """Two threads may make the same value at once; the later one is kept."""
        size = int(value.nbytes)
        with self._lock:
            before = self._kept.pop(key, None)
            self._used += size - (before[1] if before else 0)
            self._kept[key] = (value, size)
            while self._used > self._limit and self._kept:
                _, (_, freed) = self._kept.popitem(last=False)
                self._used -= freed
        return value
