"""Documents that have several words, and what each word scores there.

In: posting lists. Out: documents and summed scores. Lists of similar length meet in a table of all documents; a
short list looks itself up in a long one.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from search.view import IndexView, WordScores

Array = np.ndarray[Any, Any]
_SEARCHED = 7  # looking a document up in a sorted list costs as much as writing so many of the list into a table


def intersect(view: IndexView, words: Iterable[str], others: Sequence[WordScores] = ()) -> tuple[Array, Array]:
    """Documents (rising) in all of these lists, from the shortest to the longest."""
    found = sorted((*map(view.word, words), *others), key=lambda scores: len(scores.documents))
    if not found or not len(found[0].documents):
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    return _meet(view, found)


def _meet(view: IndexView, found: Sequence[WordScores]) -> tuple[Array, Array]:
    documents, scores = found[0].documents, found[0].scores
    for word in found[1:]:
        more = scores_at(view, word, documents)
        kept = more.nonzero()[0]
        documents, scores = documents.take(kept), scores.take(kept) + more.take(kept)
        if not len(documents):
            break
    return documents, scores


def scores_at(view: IndexView, word: WordScores, documents: Array) -> Array:
    """The word's score in each of the documents (rising), 0 where it is not."""
    listed = word.documents
    if not len(listed) or not len(documents):
        return np.zeros(len(documents), np.float32)
    if len(documents) * _SEARCHED > len(listed):
        found: Array = view.table(word).take(documents)
        return found
    at = listed.searchsorted(documents)
    at[at == len(listed)] = 0
    found = word.scores.take(at)
    found[listed.take(at) != documents] = 0
    return found
