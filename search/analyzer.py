"""Chinese text to words, the same for postings and for queries.

In: text. Out: `index_words(text)` for a posting (long words and the words inside them) and
`query_words(text)` for a query (`QueryWord`: what must be there, and what is welcome). New words of the
trade go into config/vocabulary/search_words.txt, words that say nothing into search_stopwords.txt.
"""

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache

import rjieba

from config.divisions import all_divisions
from config.packaged import read_vocabulary
from search.folding import fold, read_words

WORD_FREQUENCY = 100_000  # high enough that a word of ours is never cut up by the general dictionary
PLACE_TAG, WORD_TAG = "ns", "n"


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of a query: a posting must have all of `required`, or one of `synonyms` (word, weight at most 1).

    Having `whole` as well ranks it higher.
    """

    required: tuple[str, ...]
    whole: str
    synonyms: tuple[tuple[str, float], ...] = ()


@cache
def _segmenter() -> rjieba.Jieba:
    segmenter = rjieba.Jieba()
    for word in read_words("search_words.txt"):
        segmenter.add_word(fold(word), WORD_FREQUENCY, WORD_TAG)
    for division in all_divisions():
        for name in {division.name, division.short_name}:
            if len(name) > 1:
                segmenter.add_word(fold(name), WORD_FREQUENCY, PLACE_TAG)
    return segmenter


@cache
def stop_words() -> frozenset[str]:
    return frozenset(fold(word) for word in read_words("search_stopwords.txt"))


@lru_cache(maxsize=200_000)
def _is_word(token: str) -> bool:
    if not any(character.isalnum() for character in token):
        return False
    return token not in stop_words() and not (len(token) == 1 and token.isdigit())


def cut(text: str) -> list[str]:
    """Every piece of a folded text in order, punctuation included: for finding word boundaries."""
    return list(_segmenter().cut(text, hmm=False))


def index_words(text: str) -> list[str]:
    return [token for token in _segmenter().cut_for_search(fold(text), hmm=False) if _is_word(token)]


def query_words(text: str) -> tuple[QueryWord, ...]:
    """Single characters are the rest of words nobody knows (鑫 of 鑫华盛): welcome, unless there is nothing else."""
    tokens = tuple(dict.fromkeys(token for token in cut(fold(text)) if _is_word(token)))
    only_single = all(len(token) == 1 for token in tokens)
    return tuple(
        QueryWord(_parts(token) or (token,) if len(token) > 1 or only_single else (), token) for token in tokens
    )


@lru_cache(maxsize=20_000)
def _parts(word: str) -> tuple[str, ...]:
    """叉车司机 is also found where 叉车 and 司机 stand apart: the inner words that add up to it, if they do."""
    inner = {token for token in _segmenter().cut_for_search(word, hmm=False) if token != word and len(token) > 1}
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(2, len(word) + 1):
        for start in range(end - 2, -1, -1):
            if start in best and word[start:end] in inner and _is_word(word[start:end]):
                best[end] = (*best[start], word[start:end])
                break
    return best.get(len(word), ())


@cache
def analysis_version() -> str:
    """Changes when the words do: an index written under another version has to be rebuilt."""
    digest = hashlib.sha256()
    for name in ("search_words.txt", "search_stopwords.txt", "search_traditional.txt", "divisions.csv"):
        digest.update(read_vocabulary(name).encode())
    return digest.hexdigest()[:16]
