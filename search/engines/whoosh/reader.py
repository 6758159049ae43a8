"""Searches the index on disk. See `search.engines.contract.Reader`.

In: the index folder. Out: results. Every call looks whether a writer has committed and takes that up: segments that
are open stay open, so a small commit costs milliseconds. A folder that is missing or damaged gives an unhealthy
status, never an exception: what was open before is searched on while its files can be read, else nothing is found.
The caller rebuilds.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from search.answering import answer, check_request
from search.catalogue import Catalogue
from search.completion import complete
from search.documents import PostingDocument
from search.engines.contract import IndexStatus
from search.engines.whoosh.generations import Committed, Generations
from search.engines.whoosh.schema import CODED, current_version
from search.engines.whoosh.segment_reader import DAMAGE, SegmentData
from search.explaining import explain
from search.explanations import Explanation
from search.filters import Labels
from search.requests import Completion, SearchRequest, SearchResult
from search.understanding.employers import employers_of
from search.view import IndexView, SegmentColumns

ATTEMPTS = 5  # a writer may remove what was just about to be opened
PAUSE = 0.02
CACHE_MEGABYTES = 96  # of filter masks and scored words, per process
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
    signs: tuple[int, ...] | None = None  # of the files it was read from, once they say that it is the latest

    def is_whole(self) -> bool:
        return all(segment.data.is_whole for segment in self.segments.values())


class WhooshReader:
    def __init__(
        self, folder: Path | str, labels: Labels | None = None, cache_megabytes: int = CACHE_MEGABYTES
    ) -> None:
        self._generations = Generations(Path(folder))
        self._labels = labels
        self._cache_bytes = cache_megabytes * 2**20
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

    def explain(self, request: SearchRequest, documents: Sequence[PostingDocument]) -> list[Explanation]:
        view = self._opened().view
        return explain(view, request, documents) if view else []

    def status(self) -> IndexStatus:
        return self._opened().status

    def ids(self) -> Iterator[tuple[str, int]]:
        return self._column("sequence")

    def confirmations(self) -> Iterator[tuple[str, int]]:
        return self._column("confirmed_on")

    def _column(self, name: str) -> Iterator[tuple[str, int]]:
        view = self._opened().view
        if view is not None:
            for document in np.flatnonzero(view.live).tolist():
                yield view.id_at(document), int(view.numbers[name][document])

    def _opened(self) -> _Opened:
        """What is in force; two looks at file times when nothing was committed since the last call."""
        current = self._current
        if current is None or current.state is None or current.signs is None or not current.is_whole():
            return self._looked_up()
        return current if self._generations.signs(current.state[0]) == current.signs else self._looked_up()

    def _looked_up(self) -> _Opened:
        current = self._current
        name = current.state[0] if current is not None and current.state is not None else None
        signs = self._generations.signs(name) if name else None  # before looking: what comes later changes them
        try:
            state = self._generations.state()
        except DAMAGE:
            return _unhealthy(None, DAMAGED, current)
        with self._lock:
            if self._current is None or self._current.state != state or not self._current.is_whole():
                self._current = self._reopen(self._current)
            if signs is not None and self._current.state is not None and self._current.state[0] == name:
                self._current = replace(self._current, signs=signs)
            return self._current

    def _reopen(self, before: _Opened | None) -> _Opened:
        """Try again when a writer went on between reading what is there and opening it."""
        state = None
        for _ in range(ATTEMPTS):
            try:
                state = self._generations.state()
                if state is None:
                    return _unhealthy(None, MISSING, before)
                return self._open(state, before)
            except DAMAGE:
                if not self._moved_on(state):
                    return _unhealthy(state, DAMAGED, before)
                time.sleep(PAUSE)
        return _unhealthy(None, DAMAGED, before)

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
        segments = {}
        for segment in committed.segments:
            opened = known.get(segment.segment_id())
            if opened is None or not opened.data.is_whole:
                opened = SegmentColumns(SegmentData(committed.storage, segment), catalogues)
            segments[segment.segment_id()] = opened
        deleted = [np.fromiter(segment.deleted_docs(), np.int64) for segment in committed.segments]
        view = IndexView(f"{state[0]}.{state[1]}", tuple(segments.values()), deleted, catalogues, self._cache_bytes)
        employers_of(catalogues["employer"])  # now, so that no query has to wait for it
        return _Opened(state, view, _status(committed, view), segments, catalogues)


def _status(committed: Committed, view: IndexView) -> IndexStatus:
    current = committed.contents.version == current_version()
    return IndexStatus(
        committed.contents.sequence, view.live_count, len(committed.segments), current, "" if current else OUTDATED
    )


def _unhealthy(state: tuple[str, int] | None, message: str, before: _Opened | None) -> _Opened:
    """What was open before is still searched, as long as all its files can be read: postings come from the store."""
    if before is None or before.view is None or not before.is_whole():
        return _Opened(state, None, IndexStatus(0, 0, 0, False, message), {}, {})
    return replace(before, state=state, status=replace(before.status, healthy=False, message=message), signs=None)
