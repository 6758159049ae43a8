"""How postings are ranked: the formula. All its weights are data, in config/vocabulary/ranking.toml.

    score = words × standing
    words = sum over the query's words of rarity × (k1 + 1) · w / (k1 + w),
            w = sum over fields of weight × times / (1 - b + b × length / usual length)          (BM25F)
    standing = 1 + published · 2^(-age/half-life) + confirmed · 2^(-age/half-life)
             + complete · completeness/100 + openings · log(1 + openings) / log(1 + cap)

w is computed when a posting is indexed and stored as the weight of the Whoosh posting, so one list per word is read
at query time; changing it therefore asks for a rebuild, which `ranking_version` makes the index notice.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from config.packaged import read_vocabulary_toml

COVERAGE = 1000.0  # per word found when any word will do: more words beat better words

Floats = np.ndarray[Any, np.dtype[np.float32]]
Integers = np.ndarray[Any, np.dtype[np.integer[Any]]]


@dataclass(frozen=True, slots=True)
class FieldWeight:
    name: str
    weight: float
    usual_length: float  # words in a usual posting; lengths are judged against it
    length_effect: float  # b of BM25F: 0 ignores length, 1 divides by it


@dataclass(frozen=True, slots=True)
class Fading:
    """Worth `most` today and half as much after each half-life."""

    most: float
    half_life_days: float


@dataclass(frozen=True, slots=True)
class Weights:
    fields: tuple[FieldWeight, ...]
    saturation: float
    whole_word_share: float
    published: Fading
    confirmed: Fading
    complete: float
    openings: float
    openings_cap: int


@cache
def ranking_weights() -> Weights:
    read = read_vocabulary_toml("ranking.toml")
    standing = read["standing"]
    return Weights(
        tuple(FieldWeight(**field) for field in read["field"]),
        read["saturation"],
        read["whole_word_share"],
        Fading(**standing["published"]),
        Fading(**standing["confirmed"]),
        standing["complete"]["most"],
        standing["openings"]["most"],
        standing["openings"]["cap"],
    )


def length_norm(field: FieldWeight, lengths: Integers) -> Floats:
    """What one occurrence of a word in this field adds, for each of the fields' lengths."""
    share = 1 - field.length_effect + field.length_effect * lengths / field.usual_length
    return (field.weight / np.maximum(share, 0.05)).astype(np.float32)


def rarity(documents: int, frequency: int) -> float:
    """BM25's idf: how much it says that a posting has a word that `frequency` of `documents` have."""
    return math.log1p((documents - frequency + 0.5) / (frequency + 0.5))


def impact(stored: Floats, documents: int, frequency: int) -> Floats:
    """Rarity × saturated weight, for the stored weights of a word's postings."""
    k1 = ranking_weights().saturation
    saturated = stored * np.float32(k1 + 1)
    saturated /= stored + np.float32(k1)
    saturated *= np.float32(rarity(documents, frequency))
    return saturated


def standing(numbers: Mapping[str, Integers], today: int) -> Floats:
    """What each posting's score is multiplied by, whatever is asked: from 1 upwards."""
    return np.asarray(1 + sum(standing_parts(numbers, today).values()), np.float32)


def standing_parts(numbers: Mapping[str, Integers], today: int) -> dict[str, Floats]:
    """The terms of `standing` apart, from the columns published_on, confirmed_on, completeness and openings."""
    known = ranking_weights()
    openings = np.clip(numbers["openings"], 0, known.openings_cap)  # below 0: not known
    return {
        "published": _faded(known.published, numbers["published_on"], today),
        "confirmed": _faded(known.confirmed, numbers["confirmed_on"], today),
        "complete": (known.complete / 100 * numbers["completeness"]).astype(np.float32),
        "openings": (known.openings / np.log1p(known.openings_cap) * np.log1p(openings)).astype(np.float32),
    }


def _faded(fading: Fading, days: Integers, today: int) -> Floats:
    age = np.maximum(today - days, 0)
    return (fading.most * np.exp2(-age / fading.half_life_days)).astype(np.float32)


@cache
def ranking_version() -> str:
    """Changes with what is stored in the index: the fields' weights and how completeness is counted."""
    stored = repr((ranking_weights().fields, sorted(read_vocabulary_toml("ranking.toml")["completeness"].items())))
    return hashlib.sha256(stored.encode()).hexdigest()[:8]
