"""The posting lists of a segment as four arrays: every word's rows and weights side by side, found by the word's hash.

In: `SegmentRows` when a segment is written, a word when it is searched. Out: slices of the mapped arrays, nothing is
decoded or copied. The spelling of each word is kept as well: for merging, and so that two words of one hash are told
apart.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import Any

import numpy as np

from search.engines.whoosh.arrays import MappedArrays

Array = np.ndarray[Any, Any]
_EMPTY = (np.zeros(0, np.int32), np.zeros(0, np.float16))
_GREATEST = np.float32(60_000)  # of float16, whose eleven bits are more than BM25 can tell apart


def _hash(word: bytes) -> int:
    return int.from_bytes(blake2b(word, digest_size=8).digest(), "little")


def word_arrays(vocabulary: Sequence[str], words: Array, rows: Array, weights: Array) -> dict[str, Array]:
    """`words` (numbers into the vocabulary), `rows` and `weights` are parallel, sorted by word and row."""
    spelled = [word.encode() for word in vocabulary]
    hashes = np.array([_hash(word) for word in spelled], np.uint64)
    order = np.argsort(hashes, kind="stable")
    return {
        "hashes": hashes[order],
        "numbers": order.astype(np.int32),
        "starts": np.searchsorted(words, np.arange(len(vocabulary) + 1)).astype(np.int64),
        "rows": rows.astype(np.int32),
        "weights": np.minimum(weights, _GREATEST).astype(np.float16),
        "spelling": np.frombuffer(b"".join(spelled), np.uint8),
        "spelling_ends": np.cumsum([0, *(len(word) for word in spelled)]).astype(np.int64),
    }


class WordLists:
    def __init__(self, arrays: MappedArrays | Mapping[str, Array]) -> None:
        self._hashes = arrays["hashes"]
        self._numbers = arrays["numbers"]
        self._starts = arrays["starts"]
        self._spelling = arrays["spelling"]
        self._spelling_ends = arrays["spelling_ends"]
        self.rows = arrays["rows"]
        self.weights = arrays["weights"]

    def find(self, word: str) -> tuple[Array, Array]:
        """(rows, weights) of a word, rows rising; both empty when no posting has it."""
        spelled = word.encode()
        wanted = _hash(spelled)
        at = bisect_left(self._hashes, wanted, key=int)
        while at < len(self._hashes) and int(self._hashes[at]) == wanted:
            number = int(self._numbers[at])
            if self._spelled(number) == spelled:
                span = slice(int(self._starts[number]), int(self._starts[number + 1]))
                return self.rows[span], self.weights[span]
            at += 1
        return _EMPTY

    def _spelled(self, number: int) -> bytes:
        return self._spelling[self._spelling_ends[number] : self._spelling_ends[number + 1]].tobytes()

    def vocabulary(self) -> list[str]:
        whole, ends = self._spelling.tobytes(), self._spelling_ends.tolist()
        return [whole[start:end].decode() for start, end in pairwise(ends)]

    def word_numbers(self) -> Array:
        """The word of every posting, as a number into the vocabulary."""
        return np.repeat(np.arange(len(self._starts) - 1, dtype=np.int32), np.diff(self._starts))
