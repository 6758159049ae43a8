"""Writes one immutable segment in Whoosh's own format (codec W3), straight from numpy arrays.

In: `SegmentRows`. Out: a `CheckedSegment` whose file lies synced in the folder, and beside it the file of arrays that
our readers map; both are part of the index only once a table of contents names the segment. Stock Whoosh reads the
segment and never looks at the arrays (a test holds it to that).
"""

import json
import os
import pickle
from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np

from search.engines.whoosh.arrays import Array, checksum, write_arrays
from search.engines.whoosh.files import DurableStorage, sync_file
from search.engines.whoosh.private_names import (
    COMPOUND_EXTENSION,
    HEADER_MAGIC,
    POSTINGS_EXTENSION,
    TERMS_EXTENSION,
    CompoundStorage,
    OrderedHashWriter,
    RamStorage,
    W3Codec,
    W3Segment,
    column_filename,
    encoded_term_info,
    pack_int,
    pack_ushort,
    path_in,
)
from search.engines.whoosh.rows import SegmentRows
from search.engines.whoosh.schema import INDEX_NAME, NUMBERS, WORDS
from search.engines.whoosh.word_lists import word_arrays

BLOCK = 8192  # postings a block
SMALL = 16  # up to so many, a tuple pickles smaller than an array
VALUES_EXTENSION = ".values"
ARRAYS_EXTENSION = ".arrays"  # a file of its own beside the compound one
_LONGEST_BYTE = 255


class CheckedSegment(W3Segment):
    """A segment that knows how long its files are and what their sums are, so that damage is noticed on opening."""

    file_bytes: int = 0
    file_sum: int = 0
    arrays_bytes: int = 0
    arrays_sum: int = 0


def write_segment(storage: DurableStorage, content: SegmentRows) -> CheckedSegment:
    segment = CheckedSegment(W3Codec(), INDEX_NAME)
    parts = RamStorage()
    _write_columns(parts, segment, content)
    _write_words(parts, segment, content)
    segment.set_doc_count(len(content))
    segment.compound = True
    name = segment.make_filename(COMPOUND_EXTENSION)
    CompoundStorage.assemble(storage.create_file(name), parts, parts.list())
    path = path_in(storage, name)
    sync_file(path)
    segment.file_bytes, segment.file_sum = os.path.getsize(path), checksum(path)
    _write_arrays(storage, segment, content)
    return segment


def _write_arrays(storage: DurableStorage, segment: CheckedSegment, content: SegmentRows) -> None:
    arrays = word_arrays(content.vocabulary, content.words, content.rows, content.weights)
    arrays |= {"texts": content.texts, "text_ends": content.text_ends}
    path = path_in(storage, segment.make_filename(ARRAYS_EXTENSION))
    segment.arrays_bytes, segment.arrays_sum = write_arrays(path, arrays)


def _write_file(parts: RamStorage, name: str, content: bytes) -> None:
    stream = parts.create_file(name)
    stream.write(content)
    stream.close()


def _write_columns(parts: RamStorage, segment: CheckedSegment, content: SegmentRows) -> None:
    for name, codes in content.codes.items():
        _write_file(parts, column_filename(segment, name), codes.astype(">i4").tobytes())
    for name, numbers in content.numbers.items():
        _write_file(parts, column_filename(segment, name), numbers.astype(f">i{NUMBERS[name]}").tobytes())
    _write_file(parts, column_filename(segment, "id"), content.ids.tobytes())
    values = json.dumps(content.values, ensure_ascii=False).encode()
    _write_file(parts, segment.make_filename(VALUES_EXTENSION), values)


def _write_words(parts: RamStorage, segment: CheckedSegment, content: SegmentRows) -> None:
    """The table of words and their lists. Sums over lists are taken for all words at once: most lists are tiny."""
    table = OrderedHashWriter(parts.create_file(segment.make_filename(TERMS_EXTENSION)))
    table.extras["fieldmap"] = {WORDS: 0}
    prefix = pack_ushort(0)
    numbers, starts = np.unique(content.words, return_index=True)
    ends = np.append(starts[1:], len(content.words)).tolist()
    sums = _by_list(np.add, content.weights, starts)
    maxima = _by_list(np.maximum, content.weights, starts)
    steps = np.diff(content.rows, prepend=np.uint32(0))
    steps[starts] = content.rows[starts]  # every list counts its steps from row 0
    lists = bytearray()
    words = [content.vocabulary[number].encode() for number in numbers.tolist()]
    for at in sorted(range(len(words)), key=words.__getitem__):
        span = slice(int(starts[at]), ends[at])
        rows, begin = content.rows[span], len(lists)
        lists += HEADER_MAGIC
        for block in _blocks(rows, steps[span], content.weights[span], maxima[at]):
            lists += block
        ends_at = (int(rows[0]), int(rows[-1]), len(rows))
        info = encoded_term_info(sums[at], maxima[at], ends_at, (begin, len(lists) - begin))
        table.add(prefix + words[at], info)
    table.close()
    _write_file(parts, segment.make_filename(POSTINGS_EXTENSION), bytes(lists))


def _by_list(reduction: np.ufunc, weights: Array, starts: Array) -> list[float]:
    reduced: list[float] = reduction.reduceat(weights, starts).tolist() if len(starts) else []
    return reduced


def _blocks(rows: Array, steps: Array, weights: Array, largest: float) -> Iterator[bytes]:
    """The blocks of one posting list: (rows as steps, weights, no values), as W3LeafMatcher reads them."""
    for first in range(0, len(rows), BLOCK):
        ids, part = rows[first : first + BLOCK], steps[first : first + BLOCK]
        if first:
            part = np.concatenate((ids[:1], part[1:]))  # a block's first step is its row
        data = pickle.dumps((_packed_steps(part), _packed_weights(weights[first : first + BLOCK]), None), 5)
        info = pickle.dumps((len(ids), int(ids[-1]), largest, 0, 1, _LONGEST_BYTE), 2)
        length = len(info) + len(data)
        yield pack_int(-length if first + BLOCK >= len(rows) else length) + info + data


def _packed_steps(steps: Array) -> Any:
    if len(steps) <= SMALL:
        return tuple(steps.tolist())
    largest = int(steps.max())
    code, kind = ("B", np.uint8) if largest < 2**8 else ("H", np.uint16) if largest < 2**16 else ("I", np.uint32)
    return array(code, steps.astype(kind).tobytes())


def _packed_weights(weights: Array) -> Any:
    return tuple(weights.tolist()) if len(weights) <= SMALL else array("f", weights.astype(np.float32).tobytes())
