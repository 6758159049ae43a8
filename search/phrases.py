"""Words that must stand one after the other, and words that must not be there, as masks.

In: words as they follow each other in a query. Out: one bool per document, kept by the view. A phrase is looked for in
the texts of those postings only that have all its words; punctuation and spaces within it do not matter.
"""

import re
from functools import cache
from typing import Any

import numpy as np

from search.analyzer import query_words, stop_words
from search.folding import fold
from search.intersection import meet
from search.texts import squeezed
from search.view import IndexView

Array = np.ndarray[Any, Any]


def with_phrase(view: IndexView, words: tuple[str, ...]) -> Array:
    """True where title, employer, address, a benefit or the duties have them in this order, nothing between."""
    return view.kept(("phrase", words), lambda: _marked(view, _documents(view, words)))


def without(view: IndexView, words: tuple[str, ...]) -> Array:
    """False where the word is, in any field; of several words, where they stand one after the other."""
    return view.kept(("without", words), lambda: ~_marked(view, _documents(view, words)))


def _documents(view: IndexView, words: tuple[str, ...]) -> Array:
    """Of nothing that is indexed, such as 急聘, there is none."""
    parts = dict.fromkeys(part for word in words for read in query_words(word) for part in read.required)
    documents = meet(view, parts).documents
    if len(words) == 1 and len(parts) == 1:
        return documents
    return view.with_phrase(_pattern(words), documents)


def _pattern(words: tuple[str, ...]) -> re.Pattern[bytes]:
    """Words that say nothing (的, 急聘, a single figure) were not read into a phrase: they may stand inside it."""
    return re.compile(_between().join(re.escape(squeezed(fold(word))) for word in words))


@cache
def _between() -> bytes:
    return b"(?:[0-9]|%s)*" % b"|".join(re.escape(word.encode()) for word in sorted(stop_words()))


def _marked(view: IndexView, documents: Array) -> Array:
    marked = np.zeros(view.count, bool)
    marked[documents] = True
    return marked
