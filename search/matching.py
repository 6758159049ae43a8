"""Which documents match the words of a query, and how well.

In: a view, words, a mask of documents that may be found. Out: `Match`. Each way to match is a small frozen
class, so that the same way can be run again under another mask, as the facets need it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from search.analyzer import QueryWord
from search.ranking import COVERAGE, WHOLE_WORD_SHARE
from search.view import IndexView, WordScores

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Match:
    documents: Array  # int32, rising
    scores: Array | None  # None when nothing was asked: the newest come first


class Matcher(Protocol):
    def match(self, view: IndexView, mask: Array, today: int) -> Match: ...


@dataclass(frozen=True, slots=True)
class Everything:
    def match(self, view: IndexView, mask: Array, today: int) -> Match:
        return Match(np.flatnonzero(mask).astype(np.int32), None)


@dataclass(frozen=True, slots=True)
class AllWords:
    """Every required word must be there, in any field."""

    words: tuple[QueryWord, ...]

    def match(self, view: IndexView, mask: Array, today: int) -> Match:
        required = dict.fromkeys(part for word in self.words for part in word.required)
        found = sorted((view.word(word) for word in required), key=lambda scores: len(scores.documents))
        documents, scores = _intersect(found, mask)
        for word in self.words:
            if word.whole not in required and len(documents):
                share = WHOLE_WORD_SHARE if word.required else 1.0
                scores = scores + np.float32(share) * _scores_at(view.word(word.whole), documents)
        return Match(documents, scores * view.freshness(today)[documents])


@dataclass(frozen=True, slots=True)
class AnyWords:
    """More of the words come before fewer; less than half of what the best one has is left out."""

    words: tuple[QueryWord, ...]

    def match(self, view: IndexView, mask: Array, today: int) -> Match:
        wanted = dict.fromkeys(part for word in self.words for part in (word.required or (word.whole,)))
        scores = np.zeros(view.count, np.float32)
        times = np.zeros(view.count, np.int16)
        for word in wanted:
            found = view.word(word)
            scores[found.documents] += found.scores
            times[found.documents] += 1
        times[~mask] = 0
        least = max(1, (int(times.max(initial=0)) + 1) // 2)
        documents = np.flatnonzero(times >= least).astype(np.int32)
        fresh = scores[documents] * view.freshness(today)[documents]
        return Match(documents, fresh + np.float32(COVERAGE) * times[documents])


@dataclass(frozen=True, slots=True)
class SimilarNames:
    """Titles and employers that have at least this share of the text's pairs of characters."""

    text: str
    least: float = 0.5

    def match(self, view: IndexView, mask: Array, today: int) -> Match:
        scores = view.kept(("alike", self.text, self.least), lambda: self._likeness(view))
        documents = np.flatnonzero(mask & (scores > 0)).astype(np.int32)
        return Match(documents, scores[documents] * view.freshness(today)[documents])

    def _likeness(self, view: IndexView) -> Array:
        best = np.zeros(view.count, np.float32)
        for column in ("title", "employer"):
            alike = view.catalogues[column].likeness(self.text)
            best = np.maximum(best, alike[view.codes[column]] if len(alike) else best)
        return np.where(best >= self.least, best, np.float32(0))


def _intersect(found: Sequence[WordScores], mask: Array) -> tuple[Array, Array]:
    """From the rarest word to the most frequent. The mask is applied first: it is the cheapest."""
    if not found or not len(found[0].documents):
        return np.zeros(0, np.int32), np.zeros(0, np.float32)
    documents, scores = found[0].documents, found[0].scores
    kept = np.flatnonzero(mask[documents])
    documents, scores = documents[kept], scores[kept]
    for word in found[1:]:
        if not len(documents):
            break
        more = _scores_at(word, documents)
        kept = np.flatnonzero(more)
        documents, scores = documents[kept], scores[kept] + more[kept]
    return documents, scores


def _scores_at(word: WordScores, documents: Array) -> Array:
    """The word's score in each of the documents, 0 where it is not."""
    if word.dense is not None:
        return word.dense[documents]
    if not len(word.documents):
        return np.zeros(len(documents), np.float32)
    at = np.searchsorted(word.documents, documents)
    at[at == len(word.documents)] = 0
    return np.where(word.documents[at] == documents, word.scores[at], np.float32(0))
