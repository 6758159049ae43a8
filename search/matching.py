"""Which documents match the words of a query, and how well.

In: a view, words, a mask of documents that may be found. Out: `Match`. Each way to match is a small frozen
class, so that the same way can be run again under another mask, as the facets may need it.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from search.analyzer import QueryWord
from search.intersection import meet, scores_at
from search.masks import Mask
from search.ranking import COVERAGE, impact, ranking_weights
from search.view import IndexView, WordScores

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Match:
    documents: Array  # int64, rising
    scores: Array | None  # None when nothing was asked: the newest come first
    unmasked: Array | None = None  # documents before the mask, when they do not depend on it


class Matcher(Protocol):
    def match(self, view: IndexView, mask: Mask, today: int) -> Match: ...


@dataclass(frozen=True, slots=True)
class Everything:
    def match(self, view: IndexView, mask: Mask, today: int) -> Match:
        return Match(mask.documents(), None)


@dataclass(frozen=True, slots=True)
class AllWords:
    """Every word must be there, in any field: all of what it requires, or one of its synonyms."""

    words: tuple[QueryWord, ...]

    def match(self, view: IndexView, mask: Mask, today: int) -> Match:
        plain = dict.fromkeys(part for word in self.words if not word.synonyms for part in word.required)
        groups = [_any_of(view, word) for word in self.words if word.synonyms]
        meeting = meet(view, plain, groups)
        kept = mask.at(meeting.documents).nonzero()[0]
        documents, scores = meeting.documents.take(kept), meeting.scores(kept)
        if not len(documents):
            return Match(documents, scores, meeting.documents)
        for word in self.words:
            if word.whole not in plain and word.whole not in word.required:
                share = ranking_weights().whole_word_share if word.required else 1.0
                scores = scores + np.float32(share) * scores_at(view, view.word(word.whole), documents)
        return Match(documents, scores * view.freshness(today).take(documents), meeting.documents)


@dataclass(frozen=True, slots=True)
class AnyWords:
    """More of the words come before fewer; less than half of what the best one has is left out."""

    words: tuple[QueryWord, ...]

    def match(self, view: IndexView, mask: Mask, today: int) -> Match:
        scores = np.zeros(view.count, np.float32)
        times = np.zeros(view.count, np.int16)
        for found in self._wanted(view):
            at = found.indices()
            scores[at] += found.scores
            times[at] += 1
        times[~mask.whole()] = 0
        least = max(1, (int(times.max(initial=0)) + 1) // 2)
        documents = np.flatnonzero(times >= least)
        fresh = scores[documents] * view.freshness(today)[documents]
        return Match(documents, fresh + np.float32(COVERAGE) * times[documents])

    def _wanted(self, view: IndexView) -> list[WordScores]:
        plain = [word for word in self.words if not word.synonyms]
        parts = dict.fromkeys(part for word in plain for part in (word.required or (word.whole,)))
        return [*map(view.word, parts), *(_any_of(view, word) for word in self.words if word.synonyms)]


@dataclass(frozen=True, slots=True)
class SimilarNames:
    """Titles and employers that have at least this share of the text's pairs of characters."""

    text: str
    least: float = 0.5

    def match(self, view: IndexView, mask: Mask, today: int) -> Match:
        alike: WordScores = view.kept(("alike", self.text, self.least), lambda: self._likeness(view))
        kept = mask.at(alike.documents)
        documents = alike.documents[kept]
        return Match(documents, alike.values[kept] * view.freshness(today).take(documents))

    def _likeness(self, view: IndexView) -> WordScores:
        """Few of all documents, so that keeping them takes little room."""
        best = np.zeros(view.count, np.float32)
        for column in ("title", "employer"):
            alike = view.catalogues[column].likeness(self.text)
            best = np.maximum(best, alike[view.codes[column]] if len(alike) else best)
        documents = np.flatnonzero((best >= self.least) & (best > 0))
        return WordScores(("alike", self.text), documents, best[documents])


def _any_of(view: IndexView, word: QueryWord) -> WordScores:
    """A word and its synonyms as one list: where several stand, the best counts."""
    made: WordScores = view.kept(("any of", word), lambda: _united(view, word))
    return made


def _united(view: IndexView, word: QueryWord) -> WordScores:
    """Each is as rare as all of them together: a rare synonym is no better than the word that was typed."""
    lists = [_all_of(view, word.required)] if word.required else []
    single = len(word.required) == 1  # of several parts each has a rarity of its own
    lists += [view.word(synonym) for synonym, _ in word.synonyms]
    weights = [1.0] * (len(lists) - len(word.synonyms)) + [weight for _, weight in word.synonyms]
    documents = np.unique(np.concatenate([found.documents for found in lists]))
    scores = np.zeros(len(documents), np.float32)
    for number, (found, weight) in enumerate(zip(lists, weights, strict=True)):
        share = weight if number == 0 and word.required and not single else weight * _rarity(view, documents, found)
        at = documents.searchsorted(found.documents)
        scores[at] = np.maximum(scores[at], found.scores * np.float32(share))
    return WordScores(word, documents, scores)


def _all_of(view: IndexView, parts: tuple[str, ...]) -> WordScores:
    meeting = meet(view, parts)
    return WordScores(parts, meeting.documents, meeting.scores(np.arange(len(meeting.documents))))


def _rarity(view: IndexView, documents: Array, found: WordScores) -> float:
    """How rare these documents are, beside how rare the word is."""
    once = np.ones(1, np.float32)  # impact at weight 1 is rarity alone
    of_all, of_word = (impact(once, view.count, len(n)) for n in (documents, found.documents))
    return float(of_all[0] / of_word[0])
