"""Employers in a query, by name or by what is its own in it: 东莞市华盛电子有限公司, 华盛电子, 华盛. Acts as employer.

In: the names the index knows. Out: `KnownEmployers`, whose `find` reads a query. A short name is read only when one
employer is called so and it is no word of its own; 华盛 alone only where nothing is glued to it. Ambiguous names stay
text, which finds them all.
"""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

from config.packaged import read_vocabulary_toml
from search.analyzer import is_dictionary_word, trade_words
from search.catalogue import Catalogue
from search.folding import fold, fold_name
from search.understanding.place_names import place_pattern
from search.understanding.spans import Query, Span, Strength

SHORTEST_NAME, SHORTEST_BRAND = 4, 2  # characters; 华盛电子, 华盛
MOST_WORDS = 12  # of a name
LONGEST_ENDING = 8
_BRACKETS = re.compile(r"\([^()]*\)")
_SHARED = -1  # more than one employer is called so


@cache
def _place() -> re.Pattern[str]:
    return re.compile(rf"(?:{place_pattern().replace('?P<place>', '?:')}|广东省?)+")


@cache
def _endings(kind: str) -> frozenset[str]:
    return frozenset(map(fold, read_vocabulary_toml("search_employers.toml")[kind]))


def _without_endings(name: str, endings: frozenset[str]) -> str:
    """Less every ending, one after the other, the longest first."""
    for size in range(min(LONGEST_ENDING, len(name)), 0, -1):
        if name[-size:] in endings:
            return _without_endings(name[:-size], endings)
    return name


def short_names(name: str) -> tuple[tuple[str, ...], str]:
    """华盛电子科技, 华盛电子 and then 华盛 of 东莞市华盛电子科技有限公司; "" where nothing is left that is its own."""
    bare = _without_endings(_BRACKETS.sub("", fold_name(name)), _endings("forms"))
    place = _place().match(bare)
    core = bare[place.end() :] if place else bare
    brand = _without_endings(core, _endings("trades"))
    if len(brand) < SHORTEST_BRAND or brand in trade_words():
        return (), ""
    return (core, _without_endings(core, _endings("dropped"))), "" if is_dictionary_word(brand) else brand


class EmployerNames:
    """Grows with the catalogue of employers; numbers are the catalogue's."""

    def __init__(self, values: Sequence[str]) -> None:
        self._values = values
        self._lock = threading.Lock()
        self._read = 0
        self._names: dict[str, int] = {}
        self._brands: dict[str, int] = {}

    def known(self) -> "KnownEmployers":
        with self._lock:
            for number in range(self._read, len(self._values)):
                self._take(number)
            self._read = max(self._read, len(self._values))
            return KnownEmployers(self, self._read)

    def _take(self, number: int) -> None:
        name = fold_name(self._values[number])
        cores, brand = short_names(name)
        for key, names in (*((key, self._names) for key in dict.fromkeys((name, *cores))), (brand, self._brands)):
            least = SHORTEST_BRAND if names is self._brands else SHORTEST_NAME
            if len(key) >= least and names.setdefault(key, number) != number:
                same = names[key] != _SHARED and fold_name(self._values[names[key]]) == name
                names[key] = names[key] if same else _SHARED

    def called(self, query: Query, start: int, end: int) -> str | None:
        """Asked of every stretch of a query: most are no name at all."""
        text = query.text[start:end]
        number = self._names.get(text)
        if number is None:
            number = self._brands.get(text)
            if number is None or not query.stands_alone(start, end):
                return None
        return None if number == _SHARED else self._values[number]


@dataclass(frozen=True, slots=True)
class KnownEmployers:
    """The names up to one moment, so that a reading can be kept as long as they stay the same."""

    names: EmployerNames
    count: int

    def find(self, query: Query) -> list[Span]:
        cuts = sorted(query.boundaries)
        spans = []
        for at, start in enumerate(cuts):
            for end in cuts[at + 1 : at + 1 + MOST_WORDS]:
                if end - start >= SHORTEST_BRAND:
                    name = self.names.called(query, start, end)
                    if name is not None:
                        spans.append(Span(start, end, "employer", name, Strength.EMPLOYER))
        return spans


_OF_CATALOGUES: "WeakKeyDictionary[Catalogue, EmployerNames]" = WeakKeyDictionary()


def employers_of(catalogue: Catalogue) -> KnownEmployers:
    names = _OF_CATALOGUES.get(catalogue)
    if names is None:
        names = _OF_CATALOGUES.setdefault(catalogue, EmployerNames(catalogue.values))
    return names.known()
