"""An explained score as values: which words brought what, and what the posting is worth whatever is asked.

In: nothing. Out: `Explanation`; search/explaining.py makes them, `guanshao search --explain` shows them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldShare:
    field: str
    times: int
    weight: float  # what these occurrences add to the word's weight in the posting


@dataclass(frozen=True, slots=True)
class TermShare:
    """One word of the index that stands for a word of the query."""

    term: str
    role: str  # whole, part or synonym
    rarity: float
    weight: float  # as stored: all fields together
    fields: tuple[FieldShare, ...]


@dataclass(frozen=True, slots=True)
class WordShare:
    word: str  # as it was asked
    score: float
    terms: tuple[TermShare, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    id: str
    score: float  # words × standing
    words_score: float
    words: tuple[WordShare, ...]
    standing: float  # 1 + its parts
    standing_parts: dict[str, float]
    matched_by: str  # the way in which words were looked for: AllWords, AnyWords, SimilarNames or Everything
