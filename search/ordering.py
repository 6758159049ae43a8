"""The order of hits as one whole number per document: smaller comes first, none is equal to another.

In: a match and a sort. Out: keys whose upper half is what is sorted by and whose lower half is the document's rank
(published_on falling, then id). So a page, a cursor and the best posting of an employer are all plain comparisons.
"""

from typing import Any

import numpy as np

from search.matching import Match
from search.requests import UnknownValue
from search.view import IndexView

Array = np.ndarray[Any, Any]
SORTS = ("relevance", "newest", "salary")
_HIGHEST = np.int64(2**31 - 1)
_RANK_BITS = 32
_RANK_MASK = 2**_RANK_BITS - 1


def check_sort(sort: str) -> None:
    if sort not in SORTS:
        raise UnknownValue("sort", sort, f"排序方式没有“{sort}”，可用：{'、'.join(SORTS)}。")


def sort_keys(view: IndexView, match: Match, sort: str) -> Array:
    """Relevance without words is newest. Pay that does not count comes last under salary."""
    rank = view.rank.take(match.documents)
    if sort == "salary":
        pay = np.maximum(view.numbers["pay"].take(match.documents), 0).astype(np.int64)
        return ((_HIGHEST - pay) << _RANK_BITS) | rank
    if sort == "newest" or match.scores is None:
        return rank
    bits = match.scores.astype(np.float32).view(np.int32).astype(np.int64)  # positive floats order as their bits
    return ((_HIGHEST - bits) << _RANK_BITS) | rank


def major(key: int) -> int:
    return key >> _RANK_BITS


def key_after(view: IndexView, major_part: int, published: int, identifier: str) -> int:
    """The greatest key that comes not after a posting, whether it is still there or not."""
    return (major_part << _RANK_BITS) + view.rank_after(published, identifier) - 1


def documents_of(view: IndexView, keys: Array) -> Array:
    found: Array = view.by_rank.take(keys & _RANK_MASK)
    return found


def scores_of(keys: Array, sort: str, match: Match) -> Array:
    """float32; 0 where nothing was scored."""
    if sort != "relevance" or match.scores is None:
        return np.zeros(len(keys), np.float32)
    return (_HIGHEST - (keys >> _RANK_BITS)).astype(np.int32).view(np.float32)


def smallest(keys: Array, start: int, count: int) -> Array:
    """Keys number `start` to `start + count` in order, without sorting the rest."""
    end = min(start + count, len(keys))
    if start >= end:
        return keys[:0]
    if end < len(keys):
        keys = np.partition(keys, end - 1)[:end]
    ordered = np.sort(keys)
    return ordered[start:end]


def best_by_employer(view: IndexView, match: Match, keys: Array) -> tuple[Array, Array]:
    """(keys of each employer's first posting, matching postings of every employer by code)."""
    employers = view.codes["employer"].take(match.documents)
    counts = np.bincount(employers, minlength=1)
    best = np.full(len(counts), np.iinfo(np.int64).max, np.int64)
    np.minimum.at(best, employers, keys)
    return best[counts > 0], counts
