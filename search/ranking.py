"""How postings are ranked: BM25F over five fields, times freshness. All weights are data, here.

A word's weight in a posting is the sum over fields of weight × times / length norm (BM25F); it is computed
when the posting is indexed and stored as the weight of the Whoosh posting, so one list per word is read at
query time. Changing FIELDS therefore asks for a rebuild, which `ranking_version` makes the index notice.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class FieldWeight:
    name: str
    weight: float
    usual_length: float  # words in a usual posting; lengths are judged against it
    length_effect: float  # b of BM25F: 0 ignores length, 1 divides by it


FIELDS = (
    FieldWeight("title", 6.0, 6, 0.5),
    FieldWeight("employer", 2.0, 9, 0.3),
    FieldWeight("occupation", 2.0, 6, 0.3),
    FieldWeight("place", 2.0, 5, 0.0),
    FieldWeight("body", 1.0, 80, 0.6),
)
SATURATION = 2.4  # k1 of BM25F: how soon more of the same word stops helping
WHOLE_WORD_SHARE = 0.5  # of the score of 叉车司机 standing whole, beside 叉车 and 司机
COVERAGE = 1000.0  # per word found when any word will do: more words beat better words
FRESH_BONUS = 0.25  # a posting of today scores up to 25 % more than an old one
FRESH_HALF_LIFE_DAYS = 14.0

Floats = np.ndarray[Any, np.dtype[np.float32]]
Integers = np.ndarray[Any, np.dtype[np.integer[Any]]]


def length_norm(field: FieldWeight, lengths: Integers) -> Floats:
    """What one occurrence of a word in this field adds, for each of the fields' lengths."""
    share = 1 - field.length_effect + field.length_effect * lengths / field.usual_length
    return (field.weight / np.maximum(share, 0.05)).astype(np.float32)


def impact(weights: Floats, documents: int, frequency: int) -> Floats:
    """BM25's idf × saturated weight."""
    rarity = np.float32(np.log1p((documents - frequency + 0.5) / (frequency + 0.5)))
    saturated = weights * np.float32(SATURATION + 1) / (weights + np.float32(SATURATION))
    return (rarity * saturated).astype(np.float32)


def freshness(published: Integers, today: int) -> Floats:
    age = np.maximum(today - published, 0)
    return (1 + FRESH_BONUS * np.exp2(-age / FRESH_HALF_LIFE_DAYS)).astype(np.float32)


@cache
def ranking_version() -> str:
    return hashlib.sha256(repr(FIELDS).encode()).hexdigest()[:8]
