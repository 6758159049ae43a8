"""Documents that have several words, and what each word scores there.

In: posting lists. Out: `Meeting`: documents, and on request the scores of those that are still wanted. Lists of similar
length meet in a table of all documents; a short list looks itself up in a long one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from search.view import IndexView, WordScores

Array = np.ndarray[Any, Any]
_SEARCHED = 7  # looking a document up in a sorted list costs as much as writing so many of the list into a table


@dataclass(frozen=True, slots=True)
class Meeting:
    documents: Array  # int64, rising
    found: tuple[tuple[WordScores, Array], ...]  # each word with its values in these documents

    def scores(self, kept: Array) -> Array:
        """Of the documents at these positions, the words' scores added up."""
        total = np.zeros(len(kept), np.float32)
        for word, values in self.found:
            total += word.scored(values.take(kept))
        return total


def meet(view: IndexView, words: Iterable[str], others: Sequence[WordScores] = ()) -> Meeting:
    """Documents in all of these lists, from the shortest list to the longest."""
    lists = sorted((*map(view.word, words), *others), key=lambda word: len(word.documents))
    if not lists or not len(lists[0].documents):
        return Meeting(np.zeros(0, np.int64), ())
    documents, found = lists[0].indices(), [(lists[0], lists[0].values)]
    for word in lists[1:]:
        values = _values_at(view, word, documents)
        kept = values.nonzero()[0]
        documents = documents.take(kept)
        found = [(before, there.take(kept)) for before, there in (*found, (word, values))]
        if not len(documents):
            break
    return Meeting(documents, tuple(found))


def scores_at(view: IndexView, word: WordScores, documents: Array) -> Array:
    """The word's score in each of the documents (rising), 0 where it is not."""
    return word.scored(_values_at(view, word, documents))


def _values_at(view: IndexView, word: WordScores, documents: Array) -> Array:
    listed = word.documents
    if not len(listed) or not len(documents):
        return np.zeros(len(documents), word.values.dtype)
    if len(documents) * _SEARCHED > len(listed):
        found: Array = view.table(word).take(documents)
        return found
    at = listed.searchsorted(documents.astype(np.int32))
    at[at == len(listed)] = 0
    found = word.values.take(at)
    found[listed.take(at) != documents] = 0
    return found
