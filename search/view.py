"""One committed state of the index as numpy arrays over all its segments.

In: opened segments and what is deleted in them. Out: `IndexView`, never changed once made, so that a search
sees one state from its first step to its last. Documents are numbered through the segments; `rank` orders
them by (published_on falling, id), which breaks every tie and is the order of `newest`.
"""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from search.byte_cache import ByteCache
from search.catalogue import Catalogue
from search.engines.whoosh.schema import CODED, ID_BYTES, NUMBERS
from search.engines.whoosh.segment_reader import SegmentData
from search.ranking import impact, standing

Array = np.ndarray[Any, Any]
_LATEST = np.int64(2**31)


@dataclass(frozen=True, slots=True)
class WordScores:
    """The postings that have a word. Only those a search is left with are scored: lists are long, results are short."""

    key: Hashable  # what was looked for
    documents: Array  # rising; int32 as they lie in the file
    values: Array  # above 0: weights (float16) where there is a frequency, else scores (float32)
    frequency: int | None = None
    postings: int = 0  # of the whole index
    is_mapped: bool = False  # pages of the file, which cost no memory of ours

    @property
    def nbytes(self) -> int:
        return 300 + (0 if self.is_mapped else self.documents.nbytes + self.values.nbytes)

    @property
    def scores(self) -> Array:
        return self.scored(self.values)

    def scored(self, values: Array) -> Array:
        """float32; some of the values, 0 where the word is not."""
        return values if self.frequency is None else impact(values.astype(np.float32), self.postings, self.frequency)

    def indices(self) -> Array:
        """The documents as numpy looks things up: with int32 it takes three times as long."""
        return self.documents.astype(np.int64)


class SegmentColumns:
    """A segment with its codes in the reader's numbering and its rows in `rank` order: made once per segment."""

    def __init__(self, data: SegmentData, catalogues: Mapping[str, Catalogue]) -> None:
        self.data = data
        self.codes = {name: self._renumbered(name, catalogues[name]) for name in CODED}
        for name in ("title", "employer"):
            catalogues[name].prepare()
        self.order_keys = _order_keys(data.numbers["published_on"], data.ids)
        self.order = np.argsort(self.order_keys, kind="stable")

    def _renumbered(self, name: str, catalogue: Catalogue) -> Array:
        numbers = catalogue.number_all(self.data.values[name])
        return numbers[self.data.codes[name]] if len(numbers) else np.zeros(self.data.count, np.int32)


def _order_keys(published: Array, ids: Array) -> Array:
    """Bytes that sort as (published_on falling, id)."""
    days = (_LATEST - published.astype(np.int64)).astype(">u4").view(np.uint8).reshape(-1, 4)
    # Zero bytes would end numpy's strings early: spread each day's byte over two that are never zero.
    spread = np.stack((days >> 4, days & 15), axis=2).reshape(-1, 8) + np.uint8(1)
    joined = np.concatenate((spread, ids.view(np.uint8).reshape(-1, ID_BYTES)), axis=1)
    return np.ascontiguousarray(joined).view(f"S{ID_BYTES + 8}").ravel()


class IndexView:
    def __init__(
        self,
        token: str,
        segments: Sequence[SegmentColumns],
        deleted: Sequence[Array],
        catalogues: Mapping[str, Catalogue],
        cache_bytes: int,
    ) -> None:
        self.token = token
        self.catalogues = catalogues
        self._segments = tuple(segments)
        counts = [segment.data.count for segment in segments]
        self._bases = np.cumsum([0, *counts])
        self.count = int(self._bases[-1])
        self.codes = {
            name: _join([s.codes[name] for s in segments], np.int32).astype(_narrow(len(catalogues[name].values)))
            for name in CODED
        }
        self.numbers = {name: _join([s.data.numbers[name] for s in segments], np.int64) for name in NUMBERS}
        self.ids = _join([s.data.ids for s in segments], f"S{ID_BYTES}")
        self.live = np.ones(self.count, bool)
        for base, rows in zip(self._bases[:-1], deleted, strict=True):
            self.live[rows + base] = False
        self._rank_documents()
        self.labels: dict[str, dict[str, str]] = {}  # facet -> value -> how it is called
        self._cache = ByteCache(cache_bytes)

    def _rank_documents(self) -> None:
        """Each segment is in order already, so that a stable sort of them all only has to merge."""
        ordered = [s.order + base for s, base in zip(self._segments, self._bases[:-1], strict=True)]
        keys = _join([s.order_keys[s.order] for s in self._segments], f"S{ID_BYTES + 8}")
        merged = np.argsort(keys, kind="stable") if len(self._segments) > 1 else np.arange(self.count)
        self.ordered_keys = keys[merged]
        self.by_rank = _join(ordered, np.int64)[merged]
        self.rank = np.empty(self.count, np.int64)
        self.rank[self.by_rank] = np.arange(self.count)

    @property
    def live_count(self) -> int:
        return int(self.live.sum())

    def rank_after(self, published: int, identifier: str) -> int:
        """The first rank after a posting, whether it is still there or not."""
        key = _order_keys(np.array([published]), np.array([identifier.encode()], dtype=f"S{ID_BYTES}"))
        return int(np.searchsorted(self.ordered_keys, key[0], side="right"))

    def id_at(self, document: int) -> str:
        return str(self.ids[document].decode())

    def kept(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What many searches need, such as a filter's mask: made once, kept while there is room. Needs `nbytes`."""
        found = self._cache.get(key)
        return self._cache.keep(key, make()) if found is None else found

    def freshness(self, today: int) -> Array:
        """What every posting's score is multiplied by on this day: see `standing`."""
        return self.kept(("freshness", today), lambda: standing(self.numbers, today))

    def openings(self) -> Array:
        """As many as are known of."""
        return self.kept("openings", lambda: np.maximum(self.numbers["openings"], 0))

    def word(self, word: str) -> WordScores:
        found = self._cache.get(("word", word))
        return self._cache.keep(("word", word), self._read_word(word)) if found is None else found

    def _read_word(self, word: str) -> WordScores:
        documents, weights = [], []
        for base, segment in zip(self._bases[:-1].tolist(), self._segments, strict=True):
            rows, found = segment.data.words.find(word)
            if len(rows):
                documents.append(rows + np.int32(base) if base else rows)
                weights.append(found)
        joined = _join(documents, np.int32)
        is_mapped = len(self._segments) == 1
        return WordScores(word, joined, _join(weights, np.float16), len(joined), self.count, is_mapped)

    def table(self, word: WordScores) -> Array:
        """A word's value in every document."""

        def make() -> Array:
            table = np.zeros(self.count, word.values.dtype)
            table[word.indices()] = word.values
            return table

        return self.kept(("table", word.key), make)

    def with_phrase(self, pattern: re.Pattern[bytes], documents: Array) -> Array:
        """Those of the documents (rising) whose text has the pattern."""
        bounds = np.searchsorted(documents, self._bases).tolist()
        found = [
            segment.data.rows_with(pattern, documents[start:end] - base) + base
            for segment, base, start, end in zip(self._segments, self._bases[:-1], bounds[:-1], bounds[1:], strict=True)
        ]
        return _join(found, np.int64)


def _narrow(values: int) -> Any:
    """The smallest kind of number for so many values: a comparison of a hundred thousand bytes takes microseconds."""
    return np.uint8 if values < 2**8 else np.uint16 if values < 2**16 else np.int32


def _join(arrays: Sequence[Array], kind: Any) -> Array:
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)
