"""Writes the index on disk.

In: documents, removals and the ledger sequence they bring the index to. Out: one atomic commit (`apply`) or one
atomic switch to a new index (`rebuild`). Killed at any moment, the index is the one before or the one after.
The caller holds the index lock; a lock of the folder's own stands behind it.
"""

import fcntl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from search.documents import PostingDocument
from search.engines.whoosh.files import DurableStorage
from search.engines.whoosh.generations import Committed, Generations
from search.engines.whoosh.merge import SegmentSize, choose_merge, merge_rows
from search.engines.whoosh.private_names import TOC, clean_files
from search.engines.whoosh.rows import RowBuffer, encode_id
from search.engines.whoosh.schema import INDEX_NAME, posting_schema
from search.engines.whoosh.segment_reader import DAMAGE, SegmentData
from search.engines.whoosh.segment_writer import CheckedSegment, write_segment
from search.requests import SearchError

REBUILD_SEGMENT = 100_000  # postings held in memory at once while rebuilding


@dataclass
class _OpenSegment:
    """A segment as the writer keeps it between commits: segments never change, only what is deleted in them."""

    data: SegmentData
    rows: dict[bytes, int] = field(default_factory=dict)  # id -> row

    @classmethod
    def opened(cls, storage: DurableStorage, segment: CheckedSegment) -> "_OpenSegment":
        data = SegmentData(storage, segment)
        return cls(data, {identifier: row for row, identifier in enumerate(data.ids.tolist())})


class WhooshWriter:
    """One process at a time. See `search.engines.contract.Writer`."""

    def __init__(self, folder: Path | str) -> None:
        self._generations = Generations(Path(folder))
        self._open: dict[str, _OpenSegment] = {}

    def apply(self, upserts: Iterable[PostingDocument], removals: Iterable[str], sequence: int) -> None:
        """See the contract. An id that comes twice is indexed as it came last; one that is also removed is removed.

        Raises SearchError when there is no index yet or it is damaged: `rebuild` first.
        """
        removed = {encode_id(identifier) for identifier in removals}
        latest = {encode_id(document.id): document for document in upserts}
        with self._locked():
            before = self._committed()
            if sequence < before.contents.sequence:
                raise ValueError(f"sequence {sequence} is before the index's {before.contents.sequence}")
            self._delete(before, removed | latest.keys())
            segments = list(before.segments)
            documents = [document for identifier, document in latest.items() if identifier not in removed]
            segments += _write_documents(before.storage, documents)
            segments = self._merge(before.storage, segments)
            self._commit(before.storage, before.number + 1, segments, sequence, before.contents.version)

    def rebuild(self, documents: Iterable[PostingDocument], sequence: int) -> None:
        """Also makes the first index, from no documents if need be. Ids must be distinct: they come from the store."""
        with self._locked():
            self._generations.remove_leftovers()
            name = self._generations.next_name()
            storage = DurableStorage(str(self._generations.folder / name)).create()
            segments = _write_documents(storage, documents)
            self._commit(storage, 0, segments, sequence, None)
            self._generations.switch(name)
            self._generations.remove_leftovers()
            self._open.clear()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Of this folder, dying with the process that holds it."""
        self._generations.folder.mkdir(parents=True, exist_ok=True)
        with open(self._generations.folder / "lock", "a", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise SearchError("index.locked", "另一个进程正在写搜索索引，请稍后再试。") from error
            yield

    def _committed(self) -> Committed:
        """What is in force. Never made up: an index begun in the middle of the ledger would claim what it lacks."""
        try:
            state = self._generations.state()
            if state is None:
                raise SearchError("index.missing", "搜索索引还没有建立，请运行 guanshao index rebuild。")
            committed = self._generations.committed(state)
            for segment in committed.segments:
                if not self._opened(committed.storage, segment).data.is_whole:
                    raise ValueError(f"{segment.segment_id()} was cut off")
        except DAMAGE as error:
            message = "搜索索引已损坏，请运行 guanshao index rebuild 重建。"
            raise SearchError("index.damaged", message, {"reason": str(error)}) from error
        self._generations.remove_leftovers()
        return committed

    def _opened(self, storage: DurableStorage, segment: CheckedSegment) -> _OpenSegment:
        name = segment.segment_id()
        if name not in self._open:
            self._open[name] = _OpenSegment.opened(storage, segment)
        return self._open[name]

    def _delete(self, committed: Committed, identifiers: set[bytes]) -> None:
        for segment in committed.segments:
            rows = self._opened(committed.storage, segment).rows
            for identifier in identifiers & rows.keys() if len(rows) < len(identifiers) else identifiers:
                if identifier in rows:
                    segment.delete_document(rows[identifier])

    def _merge(self, storage: DurableStorage, segments: Sequence[CheckedSegment]) -> list[CheckedSegment]:
        left = [segment for segment in segments if segment.deleted_count() < segment.doc_count_all()]
        while chosen := choose_merge([SegmentSize(s.doc_count_all(), s.deleted_count()) for s in left]):
            parts = []
            for position in chosen:
                deleted = np.array(sorted(left[position].deleted_docs()), np.int64)
                parts.append(self._opened(storage, left[position]).data.rows(deleted))
            merged = write_segment(storage, merge_rows(parts))
            left = [segment for position, segment in enumerate(left) if position not in chosen]
            left.append(merged)
        return left

    def _commit(
        self,
        storage: DurableStorage,
        number: int,
        segments: Sequence[CheckedSegment],
        sequence: int,
        version: str | None,
    ) -> None:
        """The rename inside `TOC.write` is the commit; segments were synced when they were written."""
        schema = posting_schema(sequence, version)
        TOC(schema, list(segments), number).write(storage, INDEX_NAME)
        clean_files(storage, INDEX_NAME, number, segments)
        names = {segment.segment_id() for segment in segments}
        self._open = {name: opened for name, opened in self._open.items() if name in names}


def _write_documents(storage: DurableStorage, documents: Iterable[PostingDocument]) -> list[CheckedSegment]:
    segments = []
    buffer = RowBuffer()
    for document in documents:
        buffer.add(document)
        if len(buffer) >= REBUILD_SEGMENT:
            segments.append(write_segment(storage, buffer.rows()))
            buffer = RowBuffer()
    if len(buffer):
        segments.append(write_segment(storage, buffer.rows()))
    return segments
