"""Searches the index on disk. See `search.engines.contract.Reader`.

In: the index folder. Out: results. Every call looks whether a writer has committed and takes that up: segments that
are open stay open, so a small commit costs milliseconds. A folder that is missing or damaged gives an unhealthy
status and empty results, never an exception: the caller rebuilds.
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from search.answering import answer, check_request
from search.catalogue import Catalogue
from search.completion import complete
from search.engines.contract import IndexStatus
from search.engines.whoosh.generations import Committed, Generations
from search.engines.whoosh.schema import CODED, current_version
from search.engines.whoosh.segment_reader import DAMAGE, SegmentData
from search.filters import Labels
from search.requests import Completion, SearchRequest, SearchResult
from search.view import IndexView, SegmentColumns

ATTEMPTS = 5  # a writer may remove what was just about to be opened
PAUSE = 0.02
MISSING = "搜索索引还没有建立，请运行 guanshao index rebuild。"
DAMAGED = "搜索索引已损坏，请运行 guanshao index rebuild 重建。"
OUTDATED = "搜索词表已更新，请运行 guanshao index rebuild 重建索引。"


@dataclass(frozen=True, slots=True)
class _Opened:
    """What one commit looks like from here; `view` is None when there is nothing to search."""

    state: tuple[str, int] | None
    view: IndexView | None
    status: IndexStatus
    segments: dict[str, SegmentColumns]
    catalogues: dict[str, Catalogue]


class WhooshReader:
    def __init__(self, folder: Path | str, labels: Labels | None = None) -> None:
        self._generations = Generations(Path(folder))
        self._labels = labels
        self._lock = threading.Lock()
        self._current: _Opened | None = None

    def search(self, request: SearchRequest) -> SearchResult:
        opened = self._opened()
        if opened.view is None:
            check_request(request)
            return SearchResult(0, 0, (), relaxed=(opened.status.message,))
        return answer(opened.view, request, self._labels)

    def complete(self, request: SearchRequest, limit: int = 8) -> tuple[Completion, ...]:
        view = self._opened().view
        return complete(view, request, limit, self._labels) if view else ()

    def status(self) -> IndexStatus:
        return self._opened().status

    def ids(self) -> Iterator[tuple[str, int]]:
        view = self._opened().view
        if view is not None:
            for document in np.flatnonzero(view.live).tolist():
                yield view.id_at(document), int(view.numbers["sequence"][document])

    def _opened(self) -> _Opened:
        try:
            state = self._generations.state()
        except DAMAGE:
            return _unhealthy(None, DAMAGED)
        current = self._current
        if current is not None and current.state == state:
            return current
        with self._lock:
            if self._current is None or self._current.state != state:
                self._current = self._reopen(self._current)
            return self._current

    def _reopen(self, before: _Opened | None) -> _Opened:
        """Try again when a writer went on between reading what is there and opening it."""
        state = None
        for _ in range(ATTEMPTS):
            try:
                state = self._generations.state()
                if state is None:
                    return _unhealthy(None, MISSING)
                return self._open(state, before)
            except DAMAGE:
                if not self._moved_on(state):
                    return _unhealthy(state, DAMAGED)
                time.sleep(PAUSE)
        return _unhealthy(None, DAMAGED)

    def _moved_on(self, state: tuple[str, int] | None) -> bool:
        try:
            return self._generations.state() != state
        except DAMAGE:
            return False

    def _open(self, state: tuple[str, int], before: _Opened | None) -> _Opened:
        committed = self._generations.committed(state)
        same = before is not None and before.state is not None and before.state[0] == state[0]
        known = before.segments if before is not None and same else {}
        catalogues = before.catalogues if before is not None and same and known else {n: Catalogue() for n in CODED}
        segments = {
            segment.segment_id(): known.get(segment.segment_id())
            or SegmentColumns(SegmentData(committed.storage, segment), catalogues)
            for segment in committed.segments
        }
        deleted = [np.fromiter(segment.deleted_docs(), np.int64) for segment in committed.segments]
        view = IndexView(f"{state[0]}.{state[1]}", tuple(segments.values()), deleted, catalogues)
        return _Opened(state, view, _status(committed, view), segments, catalogues)


def _status(committed: Committed, view: IndexView) -> IndexStatus:
    current = committed.contents.version == current_version()
    return IndexStatus(
        committed.contents.sequence, view.live_count, len(committed.segments), current, "" if current else OUTDATED
    )


def _unhealthy(state: tuple[str, int] | None, message: str) -> _Opened:
    return _Opened(state, None, IndexStatus(0, 0, 0, False, message), {}, {})
