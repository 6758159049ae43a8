"""A cache with a limit in bytes: what was used longest ago goes first.

In: key, value and its size. Out: the value while it is kept. Safe to share between threads.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any


class ByteCache:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def used(self) -> int:
        return self._used

    def get_or_make(self, key: Hashable, make: Callable[[], Any], size_of: Callable[[Any], int]) -> Any:
        """Two threads may make the same value at once; the later one is kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found[0]
        value = make()
        self._keep(key, value, size_of(value))
        return value

    def _keep(self, key: Hashable, value: Any, size: int) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._used += size - (before[1] if before else 0)
            self._kept[key] = (value, size)
            while self._used > self._limit and self._kept:
                _, (_, freed) = self._kept.popitem(last=False)
                self._used -= freed
