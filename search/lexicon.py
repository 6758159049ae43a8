"""Words a visitor may have meant: those of the trade, places, and what the titles of the postings are made of.

In: the catalogue of titles, which only grows. Out: `Lexicon`: words by how they sound and how they are written. It is
filled when a search first finds nothing, and goes on from where it was.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from config.divisions import workplaces
from search import pinyin
from search.analyzer import index_words, trade_words
from search.catalogue import Catalogue
from search.folding import fold

LONGEST = 10  # characters of a word
MOST_ALIKE = 8


@dataclass(slots=True)
class Lexicon:
    words: dict[str, None] = field(default_factory=dict)  # in the order of coming: places last among equals
    by_sound: dict[str, list[str]] = field(default_factory=dict)
    by_careless_sound: dict[str, list[str]] = field(default_factory=dict)
    by_initials: dict[str, list[str]] = field(default_factory=dict)

    def add(self, words: Iterable[str]) -> None:
        for word in words:
            if 2 <= len(word) <= LONGEST and word not in self.words:
                self.words[word] = None
                for key in pinyin.full(word):
                    self.by_sound.setdefault(key, []).append(word)
                    self.by_careless_sound.setdefault(pinyin.careless(key), []).append(word)
                if not word.isascii():
                    for key in pinyin.initials(word):
                        self.by_initials.setdefault(key, []).append(word)

    def written_like(self, text: str) -> list[str]:
        """One character too many, too few, another or in the other's place."""
        return _one_step_from(text, list(self.words))

    def sounds_like(self, key: str) -> list[str]:
        """Sounds one letter away from a pinyin."""
        return [word for sound in _one_step_from(key, list(self.by_sound)) for word in self.by_sound[sound]]


def _one_step_from(text: str, choices: list[str]) -> list[str]:
    found = extract(text, choices, scorer=OSA.distance, score_cutoff=1, limit=MOST_ALIKE)
    return [choices[number] for _, _, number in found]


class _Growing:
    """The lexicon of one catalogue."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._titles = titles
        self._read = 0
        self._lock = threading.Lock()
        self._lexicon = Lexicon()
        self._lexicon.add(sorted(trade_words()))
        self._lexicon.add(fold(name) for place in workplaces() for name in (place.short_name, place.name))

    def lexicon(self) -> Lexicon:
        with self._lock:
            fresh = self._titles[self._read :]
            self._lexicon.add(word for title in fresh for word in index_words(title) if not word.isdigit())
            self._read += len(fresh)
            return self._lexicon


_OF_CATALOGUES: "WeakKeyDictionary[Catalogue, _Growing]" = WeakKeyDictionary()


def lexicon_of(titles: Catalogue) -> Lexicon:
    growing = _OF_CATALOGUES.get(titles)
    if growing is None:
        growing = _OF_CATALOGUES.setdefault(titles, _Growing(titles.values))
    return growing.lexicon()
