"""Postings as rows: the words of each and the value of each column.

In: `PostingDocument`s, one at a time. Out: a `SegmentRows`, columns of a segment plus (word, row, weight).
Memory is bounded by the caller, who starts a new `RowBuffer` every so many postings.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from config.divisions import find_division
from search.analyzer import index_words, words_in
from search.completeness import completeness
from search.documents import PostingDocument
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.schema import CODED, ID_BYTES, NUMBERS, UNKNOWN
from search.folding import fold
from search.ranking import length_norm, ranking_weights
from search.texts import searched_text

_PART = 2**16
SEPARATOR = "\t"  # between the code and the name of an occupation, and between benefits


@dataclass(frozen=True, slots=True)
class SegmentRows:
    """A segment before it is written. `words`, `rows` and `weights` are parallel, sorted by word and row."""

    ids: Array  # bytes, one a row
    codes: dict[str, Array]  # column -> number into values
    values: dict[str, list[str]]
    numbers: dict[str, Array]
    vocabulary: list[str]
    words: Array  # number into vocabulary
    rows: Array
    weights: Array
    texts: Array  # bytes: what phrases are looked for in, row after row
    text_ends: Array  # row n lies between text_ends[n] and text_ends[n + 1]

    def __len__(self) -> int:
        return len(self.ids)


@lru_cache(maxsize=1024)
def place_words(code: str) -> tuple[str, ...]:
    place = find_division(code)
    if place is None:
        return ()
    parent = find_division(place.parent) if place.parent else None
    names = dict.fromkeys(name for d in (place, parent) if d for name in (d.name, d.short_name))
    return tuple(dict.fromkeys(word for name in names for word in index_words(name)))


@lru_cache(maxsize=65536)
def _name_words(name: str) -> tuple[str, ...]:
    return tuple(index_words(name))


def encode_id(identifier: str) -> bytes:
    encoded = identifier.encode()
    if not encoded or len(encoded) > ID_BYTES or b"\0" in encoded:
        raise ValueError(f"posting id must be 1 to {ID_BYTES} bytes: {identifier!r}")
    return encoded


def field_words(document: PostingDocument, folded_description: str | None = None) -> tuple[Iterable[str], ...]:
    """The words of each field of vocabulary/ranking.toml, in its order."""
    folded = fold(document.description) if folded_description is None else folded_description
    body = [*words_in(folded), *_name_words(document.address)]
    for benefit in document.benefits:
        body += _name_words(benefit)
    return (
        _name_words(document.title),
        _name_words(document.employer),
        (*_name_words(document.occupation_name), *_name_words(document.industry_name)),
        place_words(document.division),
        body,
    )


def highest_known_pay(document: PostingDocument) -> int:
    known = document.salary_max if document.salary_max is not None else document.salary_min
    return UNKNOWN if known is None or not document.salary_counts else known


def _coded_values(document: PostingDocument) -> tuple[str, ...]:
    """In the order of CODED."""
    return (
        document.title,
        document.employer,
        document.division,
        str(document.direction),
        document.cluster,
        f"{document.occupation}{SEPARATOR}{document.occupation_name}" if document.occupation else "",
        f"{document.industry}{SEPARATOR}{document.industry_name}" if document.industry else "",
        str(document.education),
        str(document.employment_type),
        SEPARATOR.join(sorted(document.benefits)),
        document.source,
    )


def _numbers(document: PostingDocument) -> tuple[int, ...]:
    """In the order of NUMBERS."""
    return (
        document.sequence,
        document.published_on.toordinal(),
        document.valid_through.toordinal(),
        UNKNOWN if document.openings is None else document.openings,
        highest_known_pay(document),
        document.experience_min or 0,
        (document.confirmed_on or document.published_on).toordinal(),
        completeness(document),
    )


class RowBuffer:
    """Collects postings until `rows()` turns them into one segment."""

    def __init__(self) -> None:
        self._ids: list[bytes] = []
        self._texts = bytearray()
        self._text_ends = array("q", [0])
        self._vocabulary: defaultdict[str, int] = defaultdict()
        self._vocabulary.default_factory = self._vocabulary.__len__  # a new word takes the next number
        self._tokens = array("i")
        self._lengths = array("i")
        self._value_numbers: list[dict[str, int]] = [{} for _ in CODED]
        self._codes = [array("i") for _ in CODED]
        self._numbers = [array("q") for _ in NUMBERS]

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, document: PostingDocument) -> None:
        self._ids.append(encode_id(document.id))
        description = fold(document.description)  # once: it is most of the text there is
        self._texts += searched_text(document, description)
        self._text_ends.append(len(self._texts))
        vocabulary, tokens = self._vocabulary, self._tokens
        for words in field_words(document, description):
            before = len(tokens)
            tokens.extend(map(vocabulary.__getitem__, words))
            self._lengths.append(len(tokens) - before)
        for column, numbers, value in zip(self._codes, self._value_numbers, _coded_values(document), strict=True):
            column.append(numbers.setdefault(value, len(numbers)))
        for stored, number in zip(self._numbers, _numbers(document), strict=True):
            stored.append(number)

    def rows(self) -> SegmentRows:
        """Once: the buffer is used up."""
        words, rows, weights = self._weighted_words()
        return SegmentRows(
            np.array(self._ids, dtype=f"S{ID_BYTES}"),
            {name: np.array(column, dtype=np.int32) for name, column in zip(CODED, self._codes, strict=True)},
            {name: list(known) for name, known in zip(CODED, self._value_numbers, strict=True)},
            {name: np.array(stored, dtype=np.int64) for name, stored in zip(NUMBERS, self._numbers, strict=True)},
            list(self._vocabulary),
            words,
            rows,
            weights,
            np.frombuffer(self._texts, np.uint8),
            np.array(self._text_ends, np.int64),
        )

    def _weighted_words(self) -> tuple[Array, Array, Array]:
        """Sum each word's occurrences in each row: one sort of (word, row, field) packed into 32 bits or 64."""
        fields = ranking_weights().fields
        kinds = len(fields)
        places = len(self._ids) * kinds  # row × kinds + field
        lengths = np.array(self._lengths, dtype=np.int64).reshape(-1, kinds)
        bits: Any = np.uint32 if max(places, 1) * len(self._vocabulary) < 2**32 else np.uint64
        keys: Array = np.array(self._tokens, dtype=bits)
        self._tokens = array("i")  # memory is scarce from here on
        keys *= bits(max(places, 1))
        keys += np.repeat(np.arange(places, dtype=np.uint32), lengths.ravel())
        keys.sort()
        words, place = np.empty(len(keys), np.int32), np.empty(len(keys), np.int32)
        np.floor_divide(keys, bits(max(places, 1)), out=words, casting="unsafe")  # without a copy in 64 bits
        np.remainder(keys, bits(max(places, 1)), out=place, casting="unsafe")
        del keys
        rows = (place // kinds).astype(np.uint32)
        if not len(words):
            return words, rows, np.zeros(0, np.float32)
        starts = np.flatnonzero(np.concatenate(([True], (words[1:] != words[:-1]) | (rows[1:] != rows[:-1]))))
        norms = np.stack([length_norm(field, lengths[:, at]) for at, field in enumerate(fields)], axis=1).ravel()
        return words[starts], rows[starts], _sums(norms, place, starts)


def _sums(norms: Array, place: Array, starts: Array) -> Array:
    """The norms of each stretch of `place` added up, a part at a time: all at once would take memory for nothing."""
    sums = np.empty(len(starts), np.float32)
    ends = np.append(starts[1:], len(place))
    for first in range(0, len(starts), _PART):
        part = starts[first : first + _PART]
        gathered = norms[place[part[0] : ends[first + len(part) - 1]]]
        sums[first : first + _PART] = np.add.reduceat(gathered, part - part[0])
    return sums
