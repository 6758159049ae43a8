"""Reads a segment back: columns and posting lists as numpy arrays.

In: the folder and a segment named by a table of contents. Out: `SegmentData`. The file is mapped, not read:
processes share its pages, and it stays readable after a writer has deleted it. Damage raises one of DAMAGE.
"""

import json
import mmap
import pickle
import struct
import threading
import zlib
from io import BytesIO
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filetables import OrderedHashReader
from whoosh.index import IndexError as WhooshIndexError
from whoosh.system import pack_ushort

from search.engines.whoosh.files import DurableStorage
from search.engines.whoosh.rows import Array, SegmentRows
from search.engines.whoosh.schema import CODED, ID_BYTES, NUMBERS
from search.engines.whoosh.segment_writer import VALUES_EXTENSION, CheckedSegment

# What reading a damaged file can raise: Whoosh unpickles and unpacks what it finds.
DAMAGE = (
    OSError, EOFError, pickle.PickleError, struct.error, zlib.error, ValueError, LookupError, AttributeError, TypeError,
    NameError, ImportError, AssertionError, OverflowError, MemoryError, RecursionError, WhooshIndexError,
)  # fmt: skip
_EMPTY = (np.zeros(0, np.int32), np.zeros(0, np.float32))
_HEADER = 4
_LENGTH = struct.Struct("!i")
_EXTENT = struct.Struct("!qi")  # the end of a W3TermInfo: where its list is and how long


class SegmentData:
    """One segment, opened. Posting lists are read when asked for; safe to share between threads."""

    def __init__(self, storage: DurableStorage, segment: CheckedSegment) -> None:
        self.name: str = segment.segment_id()
        self.count: int = segment.doc_count_all()
        self._lock = threading.Lock()
        filename = segment.make_filename(segment.COMPOUND_EXT)
        with open(storage._fpath(filename), "rb") as stored:
            self._map = mmap.mmap(stored.fileno(), 0, access=mmap.ACCESS_READ)
        if len(self._map) != segment.file_bytes or zlib.crc32(self._map) != segment.file_sum:
            raise ValueError(f"segment {filename} is damaged")
        self._parts = CompoundStorage(storage.open_file(filename))
        terms = segment.make_filename(W3Codec.TERMS_EXT)
        self._terms = OrderedHashReader(self._parts.open_file(terms), self._parts.file_length(terms))
        self._lists_at = self._parts.range(segment.make_filename(W3Codec.POSTS_EXT))[0]
        self.values: dict[str, list[str]] = json.loads(self._part(segment.make_filename(VALUES_EXTENSION)))
        self.codes = {name: self._column(segment, name, 4) for name in CODED}
        self.numbers = {name: self._column(segment, name, size) for name, size in NUMBERS.items()}
        ids = np.frombuffer(self._part(W3Codec.column_filename(segment, "id")), dtype=f"S{ID_BYTES}")
        self.ids = ids if self.count else np.zeros(0, f"S{ID_BYTES}")

    def _part(self, name: str) -> bytes:
        offset, length = self._parts.range(name)
        return self._map[offset : offset + length]

    def _column(self, segment: CheckedSegment, name: str, size: int) -> Array:
        stored = np.frombuffer(self._part(W3Codec.column_filename(segment, name)), dtype=f">i{size}")
        return stored.astype(np.int64 if size == 8 else np.int32)

    def postings(self, word: str) -> tuple[Array, Array]:
        """(rows, weights) of a word, rows rising; both empty when the segment does not have it."""
        with self._lock:  # the table reads through one file position
            found = self._terms.get(pack_ushort(0) + word.encode())
        return _EMPTY if found is None else self._decode(found)

    def all_postings(self) -> list[tuple[str, Array, Array]]:
        with self._lock:
            found = [(key[2:].decode(), value) for key, value in self._terms.items()]
        return [(word, *self._decode(value)) for word, value in found]

    def _decode(self, info: bytes) -> tuple[Array, Array]:
        start, length = _EXTENT.unpack(info[-_EXTENT.size :])
        stream = BytesIO(self._map[self._lists_at + start + _HEADER : self._lists_at + start + length])
        rows: list[Array] = []
        weights: list[Array] = []
        more = True
        while more:
            more = _LENGTH.unpack(stream.read(4))[0] > 0
            pickle.load(stream)
            steps, part, _ = pickle.load(stream)
            rows.append(np.cumsum(np.asarray(steps), dtype=np.int32))
            weights.append(np.asarray(part, dtype=np.float32))
        return (rows[0], weights[0]) if len(rows) == 1 else (np.concatenate(rows), np.concatenate(weights))

    def rows(self, deleted: Array) -> SegmentRows:
        """Everything that is not deleted, renumbered, as it went in: for merging."""
        keep = np.ones(self.count, bool)
        keep[deleted] = False
        renumbered = np.cumsum(keep, dtype=np.int64) - 1
        words: list[Array] = []
        rows: list[Array] = []
        weights: list[Array] = []
        vocabulary: list[str] = []
        for word, at, weight in self.all_postings():
            alive = keep[at]
            if alive.any():
                rows.append(renumbered[at[alive]].astype(np.uint32))
                weights.append(weight[alive])
                words.append(np.full(len(rows[-1]), len(vocabulary), np.int32))
                vocabulary.append(word)
        return SegmentRows(
            self.ids[keep],
            {name: codes[keep] for name, codes in self.codes.items()},
            self.values,
            {name: numbers[keep].astype(np.int64) for name, numbers in self.numbers.items()},
            vocabulary,
            _joined(words, np.int32),
            _joined(rows, np.uint32),
            _joined(weights, np.float32),
        )


def _joined(arrays: list[Array], kind: Any) -> Array:
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)
