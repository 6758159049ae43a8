"""What is remembered of an earlier pull: which request was answered with which capture.

In: the lines of a manifest and the folder of captures. Out: answers, each in its turn: a request that was made twice
gets its first answer, then its second.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from pathlib import Path

from exchange.captures import read_capture
from ingest.http.answers import Answer, Request
from ingest.http.manifest import Line


class Recollection:
    def __init__(self, folder: Path, lines: Iterable[Line]) -> None:
        self._folder = folder
        self._lines: dict[str, deque[Line]] = defaultdict(deque)
        self._keys: dict[str, set[str]] = defaultdict(set)  # masked address → keys
        for line in lines:
            if line.body and not line.fault:
                self._lines[line.key].append(line)
                self._keys[line.url].add(line.key)

    def take(self, request: Request) -> Answer | None:
        """The next answer to this request. None: there is no further one, or its capture is gone."""
        lines = self._lines.get(request.key)
        return self._answer(lines.popleft(), request) if lines else None

    def find(self, request: Request) -> Answer | None:
        """The same, but the last answer stays, and a secret that was changed since does not matter."""
        lines = self._lines.get(request.key)
        if not lines:
            keys = self._keys.get(request.masked, set())
            lines = self._lines[next(iter(keys))] if len(keys) == 1 else None
        if not lines:
            return None
        return self._answer(lines.popleft() if len(lines) > 1 else lines[0], request)

    def _answer(self, line: Line, request: Request) -> Answer | None:
        body = read_capture(self._folder, line.body)
        return None if body is None else Answer(line.final_url or request.url, body, line.content_type)
