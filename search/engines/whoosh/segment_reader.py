"""Reads a segment back: its columns, and posting lists and texts as slices of mapped arrays.

In: the folder and a segment named by a table of contents. Out: `SegmentData`. Columns are read once; the arrays are
mapped, so that processes share their pages, and stay readable after a writer has deleted the file. Damage raises one
of DAMAGE.
"""

import json
import pickle
import re
import struct
import zlib
from pathlib import Path

import numpy as np

from search.engines.whoosh.arrays import Array, MappedArrays, checksum
from search.engines.whoosh.files import DurableStorage
from search.engines.whoosh.private_names import (
    COMPOUND_EXTENSION,
    CompoundStorage,
    WhooshIndexError,
    column_filename,
    path_in,
)
from search.engines.whoosh.rows import SegmentRows
from search.engines.whoosh.schema import CODED, ID_BYTES, NUMBERS
from search.engines.whoosh.segment_writer import ARRAYS_EXTENSION, VALUES_EXTENSION, CheckedSegment
from search.engines.whoosh.word_lists import WordLists
from search.texts import rows_with

# What reading a damaged file can raise: Whoosh unpickles and unpacks what it finds.
DAMAGE = (
    OSError, EOFError, pickle.PickleError, struct.error, zlib.error, ValueError, LookupError, AttributeError, TypeError,
    NameError, ImportError, AssertionError, OverflowError, MemoryError, RecursionError, WhooshIndexError,
)  # fmt: skip


class SegmentData:
    """One segment, opened. Safe to share between threads: nothing in it changes."""

    def __init__(self, storage: DurableStorage, segment: CheckedSegment) -> None:
        self.name: str = segment.segment_id()
        self.count: int = segment.doc_count_all()
        self._read_columns(storage, segment)
        path = path_in(storage, segment.make_filename(ARRAYS_EXTENSION))
        self._arrays = MappedArrays(path, segment.arrays_bytes, segment.arrays_sum)
        self.words = WordLists(self._arrays)

    def _read_columns(self, storage: DurableStorage, segment: CheckedSegment) -> None:
        filename = segment.make_filename(COMPOUND_EXTENSION)
        path = Path(path_in(storage, filename))
        if path.stat().st_size != segment.file_bytes or checksum(path) != segment.file_sum:
            raise ValueError(f"segment {filename} is damaged")
        parts = CompoundStorage(storage.open_file(filename))
        with open(path, "rb") as stored:

            def part(name: str) -> bytes:
                offset, length = parts.range(name)
                stored.seek(offset)
                return stored.read(length)

            def column(name: str, size: int) -> Array:
                numbers = np.frombuffer(part(column_filename(segment, name)), dtype=f">i{size}")
                return numbers.astype(np.int64 if size == 8 else np.int32)

            self.values: dict[str, list[str]] = json.loads(part(segment.make_filename(VALUES_EXTENSION)))
            self.codes = {name: column(name, 4) for name in CODED}
            self.numbers = {name: column(name, size) for name, size in NUMBERS.items()}
            ids = np.frombuffer(part(column_filename(segment, "id")), dtype=f"S{ID_BYTES}")
        parts.close()
        self.ids = ids if self.count else np.zeros(0, f"S{ID_BYTES}")

    @property
    def is_whole(self) -> bool:
        """False when somebody has cut the mapped file off meanwhile."""
        return self._arrays.is_whole

    def rows_with(self, pattern: re.Pattern[bytes], rows: Array) -> Array:
        """Those of the rows whose text has the pattern."""
        return rows_with(pattern, rows, self._arrays["texts"], self._arrays["text_ends"])

    def rows(self, deleted: Array) -> SegmentRows:
        """Everything that is not deleted, renumbered, as it went in: for merging."""
        keep = np.ones(self.count, bool)
        keep[deleted] = False
        alive = keep[self.words.rows]
        renumbered = np.cumsum(keep, dtype=np.int64) - 1
        used, words = np.unique(self.words.word_numbers()[alive], return_inverse=True)
        vocabulary = self.words.vocabulary()
        lengths = np.diff(self._arrays["text_ends"])
        return SegmentRows(
            self.ids[keep],
            {name: codes[keep] for name, codes in self.codes.items()},
            self.values,
            {name: numbers[keep].astype(np.int64) for name, numbers in self.numbers.items()},
            [vocabulary[number] for number in used.tolist()],
            words.astype(np.int32),
            renumbered[self.words.rows[alive]].astype(np.uint32),
            self.words.weights[alive].astype(np.float32),
            self._arrays["texts"][np.repeat(keep, lengths)],
            np.concatenate(([0], np.cumsum(lengths[keep]))),
        )
