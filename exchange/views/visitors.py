"""How often one visitor may look up contacts: so many in any minute, counted in this process.

In: who asks. Out: 0, or the seconds to wait. Visitors who have been quiet are forgotten.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Callable

_WINDOW = 60.0
_MOST_VISITORS = 50_000


class VisitorLimit:
    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._asked: dict[str, deque[float]] = {}

    def seconds_to_wait(self, visitor: str) -> int:
        """0 lets the visitor pass and remembers it; a refusal is not held against them."""
        now = self._clock()
        with self._lock:
            if visitor not in self._asked and len(self._asked) >= _MOST_VISITORS:
                self._forget_quiet(now)
            asked = self._asked.setdefault(visitor, deque())
            while asked and asked[0] <= now - _WINDOW:
                asked.popleft()
            if len(asked) < self._per_minute:
                asked.append(now)
                return 0
            return max(1, math.ceil(asked[0] + _WINDOW - now))

    def _forget_quiet(self, now: float) -> None:
        self._asked = {who: asked for who, asked in self._asked.items() if asked and asked[-1] > now - _WINDOW}
