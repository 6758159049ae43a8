"""Words that mean nearly the same, with how much less they are worth (近义词).

In: config/vocabulary/search_synonyms.txt. Out: `synonyms_of(word)`, the best first. A line of that file is a group;
the file says how. Synonyms are used for queries only: changing them changes no index, new words in them do.
"""

from collections.abc import Iterator
from functools import cache

from search.folding import fold, read_lines

MOST = 16  # of one word; each is one more list of postings to read


def _pairs(line: str) -> Iterator[tuple[str, str, float]]:
    """(word, what it also finds, weight) of one line."""
    weight, _, rest = line.partition(" ")
    rest, _, askers = rest.partition("<")
    left, one_way, right = (part.split() for part in fold(rest).partition(">"))
    group = right if one_way else left
    for asker in (*left, *fold(askers).split()):
        for other in group:
            if other != asker:
                yield asker, other, float(weight)


@cache
def _table() -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, dict[str, float]] = {}
    for line in read_lines("search_synonyms.txt"):
        for word, other, weight in _pairs(line):
            others = found.setdefault(word, {})
            others[other] = max(weight, others.get(other, 0))
    return {word: tuple(sorted(others.items(), key=lambda item: -item[1])[:MOST]) for word, others in found.items()}


def synonyms_of(word: str) -> tuple[tuple[str, float], ...]:
    """Of a folded word; empty when there are none."""
    return _table().get(word, ())


@cache
def synonym_words() -> frozenset[str]:
    """Every word of the file, folded."""
    return frozenset(_table()) | {other for others in _table().values() for other, _ in others}
