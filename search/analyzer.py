"""Chinese text to words, the same for postings and for queries.

In: text. Out: `index_words(text)` for a posting (long words and the words inside them), `query_words(text)` for a
query (`QueryWord`: what must be there, and what is welcome) and `phrase_words(text)`, the words in their order. New
words of the trade go into config/vocabulary/search_words.txt, words that say nothing into search_stopwords.txt (or,
in queries only, search_fillers.txt), words that mean the same into search_synonyms.txt.
"""

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

import rjieba

from config.divisions import all_divisions
from config.packaged import read_vocabulary
from search.benefits import written_forms
from search.folding import fold, read_words
from search.synonyms import synonym_words, synonyms_of

WORD_FREQUENCY = 100_000  # high enough that a word of ours is never cut up by the general dictionary
PLACE_TAG, WORD_TAG = "ns", "n"
_WAVERING = frozenset("员工")  # 操作|工作 and 仓库|员工: a word that ends so yields where the next one needs its end
_MOST_PIECES = 200_000
_LONGEST_INNER = 3  # characters of the inner words the segmenter gives of a long one


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
    for word in sorted(trade_words().union(map(fold, written_forms())), key=lambda word: (len(word), word)):
        wavering = word[-1] in _WAVERING and len(word) > 1
        segmenter.add_word(word, segmenter.suggest_freq(word) if wavering else WORD_FREQUENCY, WORD_TAG)
    for division in all_divisions():
        for name in {division.name, division.short_name}:
            if len(name) > 1:
                segmenter.add_word(fold(name), WORD_FREQUENCY, PLACE_TAG)
    return segmenter


@cache
def trade_words() -> frozenset[str]:
    """What our own lists know, folded: jobs, skills, pay, housing; no places."""
    return frozenset(fold(word) for word in read_words("search_words.txt")) | synonym_words()


@cache
def stop_words() -> frozenset[str]:
    return frozenset(fold(word) for word in read_words("search_stopwords.txt"))


@cache
def _fillers() -> frozenset[str]:
    return frozenset(fold(word) for word in read_words("search_fillers.txt"))


@lru_cache(maxsize=20_000)
def _is_word(token: str) -> bool:
    if not any(character.isalnum() for character in token):
        return False
    return token not in stop_words() and not (len(token) == 1 and token.isdigit())


def is_dictionary_word(word: str) -> bool:
    """Known to the segmenter: a common word, one of ours or a place."""
    return bool(_segmenter().has_word(word))


def cut(text: str) -> list[str]:
    """Every piece of a folded text in order, punctuation included: for finding word boundaries."""
    return list(_segmenter().cut(text, hmm=False))


def index_words(text: str) -> list[str]:
    return words_in(fold(text))


def words_in(folded: str) -> list[str]:
    """As `index_words`, of a text that is folded already."""
    tokens = _segmenter().cut_for_search(folded, hmm=False)
    return list(chain.from_iterable(map(_INDEXED.__getitem__, tokens)))


class _Indexed(dict[str, tuple[str, ...]]):
    """Piece of a text -> the words it is found by. A dict, as a rebuild asks for millions of the same pieces."""

    def __missing__(self, token: str) -> tuple[str, ...]:
        if len(self) >= _MOST_PIECES:
            self.clear()
        inside = _long_words_inside(token) if len(token) > _LONGEST_INNER + 1 else ()
        found = self[token] = (*inside, token) if _is_word(token) else ()
        return found


_INDEXED = _Indexed()


def _long_words_inside(token: str) -> tuple[str, ...]:
    """数控车床 of 数控车床操作工, when it is one of ours."""
    starts = ((start, size) for size in range(_LONGEST_INNER + 1, len(token)) for start in range(len(token) - size + 1))
    return tuple(token[at : at + size] for at, size in starts if token[at : at + size] in trade_words())


def phrase_words(text: str) -> tuple[str, ...]:
    """The words of a text as they follow each other, no inner ones: what a phrase compares."""
    return tuple(token for token in cut(fold(text)) if _is_word(token))


def query_words(text: str) -> tuple[QueryWord, ...]:
    """Single characters are the rest of words nobody knows (鑫 of 鑫华盛): welcome, unless there is nothing else."""
    found = tuple(dict.fromkeys(phrase_words(text)))
    tokens = tuple(token for token in found if token not in _fillers()) or found
    if all(len(token) == 1 for token in tokens):
        return tuple(QueryWord((token,), token) for token in tokens)
    return tuple(word for token in tokens for word in _asked(token))


@lru_cache(maxsize=20_000)
def _asked(token: str) -> tuple[QueryWord, ...]:
    """Usually one word; a long one nobody has another word for is asked by its parts, each with what it also finds."""
    if len(token) == 1:
        return (QueryWord((), token),)
    parts, synonyms = _parts(token), synonyms_of(token)
    if not synonyms and any(synonyms_of(part) for part in parts):
        return (*(QueryWord((part,), part, synonyms_of(part)) for part in parts), QueryWord((), token))
    return (QueryWord(parts or (token,), token, synonyms),)


@lru_cache(maxsize=20_000)
def _parts(word: str) -> tuple[str, ...]:
    """叉车司机 is also found where 叉车 and 司机 stand apart: the inner words that add up to it, if they do."""
    inner = {token for token in index_words(word) if token != word and len(token) > 1}
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(2, len(word) + 1):
        for start in range(end - 2, -1, -1):
            if start in best and word[start:end] in inner:
                best[end] = (*best[start], word[start:end])
                break
    return best.get(len(word), ())


@cache
def analysis_version() -> str:
    """Changes when the words do: an index written under another version has to be rebuilt."""
    digest = hashlib.sha256()
    for name in (
        "search_words.txt",
        "search_stopwords.txt",
        "search_traditional.txt",
        "benefits.toml",
        "divisions.csv",
    ):
        digest.update(read_vocabulary(name).encode())
    digest.update(" ".join(sorted(synonym_words())).encode())
    return digest.hexdigest()[:16]
