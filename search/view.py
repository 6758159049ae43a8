"""One committed state of the index as numpy arrays over all its segments.

In: opened segments and what is deleted in them. Out: `IndexView`, never changed once made, so that a search
sees one state from its first step to its last. Documents are numbered through the segments; `rank` orders
them by (published_on falling, id), which breaks every tie and is the order of `newest`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from search.byte_cache import ByteCache
from search.catalogue import Catalogue
from search.engines.whoosh.schema import CODED, ID_BYTES, NUMBERS
from search.engines.whoosh.segment_reader import SegmentData
from search.ranking import freshness, impact

Array = np.ndarray[Any, Any]
CACHE_BYTES = 96 * 2**20  # of decoded posting lists and filter masks, per view
DENSE_SHARE = 32  # a word in more than 1/32 of the postings is also kept as one number per posting
_LATEST = np.int64(2**31)


@dataclass(frozen=True, slots=True)
class WordScores:
    documents: Array  # int32, rising
    scores: Array  # float32
    dense: Array | None  # float32 for every document, for frequent words

    @property
    def size(self) -> int:
        return self.documents.nbytes + self.scores.nbytes + (0 if self.dense is None else self.dense.nbytes)


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
    ) -> None:
        self.token = token
        self.catalogues = catalogues
        self._segments = tuple(segments)
        counts = [segment.data.count for segment in segments]
        self._bases = np.cumsum([0, *counts])
        self.count = int(self._bases[-1])
        self.codes = {name: _join([s.codes[name] for s in segments], np.int32) for name in CODED}
        self.numbers = {name: _join([s.data.numbers[name] for s in segments], np.int64) for name in NUMBERS}
        self.ids = _join([s.data.ids for s in segments], f"S{ID_BYTES}")
        self.live = np.ones(self.count, bool)
        for base, rows in zip(self._bases[:-1], deleted, strict=True):
            self.live[rows + base] = False
        self._rank_documents()
        self._cache = ByteCache(CACHE_BYTES)

    def _rank_documents(self) -> None:
        """Each segment is in order already, so that a stable sort of them all only has to merge."""
        ordered = [s.order + base for s, base in zip(self._segments, self._bases[:-1], strict=True)]
        keys = _join([s.order_keys[s.order] for s in self._segments], f"S{ID_BYTES + 8}")
        merged = np.argsort(keys, kind="stable") if len(self._segments) > 1 else np.arange(self.count)
        self.ordered_keys = keys[merged]
        self.by_rank = _join(ordered, np.int64)[merged].astype(np.int32)
        self.rank = np.empty(self.count, np.int32)
        self.rank[self.by_rank] = np.arange(self.count, dtype=np.int32)

    @property
    def live_count(self) -> int:
        return int(self.live.sum())

    def rank_after(self, published: int, identifier: str) -> int:
        """The first rank after a posting, whether it is still there or not."""
        key = _order_keys(np.array([published]), np.array([identifier.encode()], dtype=f"S{ID_BYTES}"))
        return int(np.searchsorted(self.ordered_keys, key[0], side="right"))

    def id_at(self, document: int) -> str:
        return str(self.ids[document].decode())

    def kept(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What many searches need, such as a filter's mask: made once, kept while there is room. Needs `nbytes`."""
        return self._cache.get_or_make(key, make, lambda value: int(value.nbytes))

    def freshness(self, today: int) -> Array:
        return self.kept(("freshness", today), lambda: freshness(self.numbers["published_on"], today))

    def word(self, word: str) -> WordScores:
        scores: WordScores = self._cache.get_or_make(
            ("word", word), lambda: self._read_word(word), lambda value: int(value.size) + 200
        )
        return scores

    def _read_word(self, word: str) -> WordScores:
        documents, weights = [], []
        for base, segment in zip(self._bases[:-1].tolist(), self._segments, strict=True):
            rows, found = segment.data.postings(word)
            if len(rows):
                documents.append(rows + np.int32(base))
                weights.append(found)
        joined = _join(documents, np.int32)
        scores = impact(_join(weights, np.float32), self.count, len(joined))
        dense = None
        if len(joined) * DENSE_SHARE > self.count:
            dense = np.zeros(self.count, np.float32)
            dense[joined] = scores
        return WordScores(joined, scores, dense)


def _join(arrays: Sequence[Array], kind: Any) -> Array:
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)
