"""How words sound: their pinyin, its initials, and what is left of it when it is spoken or typed carelessly.

In: folded words. Out: sets of keys to compare; a character of several readings gives several keys. Readings are data:
config/vocabulary/search_pinyin.txt. A sound is only ever a fallback: 景点 and 经典 sound the same and are not.
"""

import re
from functools import cache, lru_cache
from itertools import islice, product

from search.folding import read_lines

MOST_READINGS = 8  # of one word
_LATIN = re.compile(r"[a-z]+")
_CARELESS = ((re.compile("([zcs])h"), r"\1"), (re.compile("ng+"), "n"), (re.compile("l"), "n"), (re.compile("v"), "u"))


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in read_lines("search_pinyin.txt"):
        syllable, _, characters = line.partition(" ")
        for character in characters:
            found[character] = (*found.get(character, ()), syllable)
    return found


def is_latin(text: str) -> bool:
    return _LATIN.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def syllables(word: str) -> tuple[tuple[str, ...], ...]:
    """Every way to read a word; a letter or figure is read as itself. Empty when a character has no reading."""
    readings = [(character,) if character.isascii() else _readings().get(character, ()) for character in word]
    return tuple(islice(product(*readings), MOST_READINGS))


def full(word: str) -> set[str]:
    """pugong for 普工; changban and zhangban for 长班."""
    return {"".join(reading) for reading in syllables(word)}


def initials(word: str) -> set[str]:
    return {"".join(syllable[0] for syllable in reading) for reading in syllables(word)}


def careless(key: str) -> str:
    """Of a full key: z for zh, n for ng and l, u for ü. hanggong and hangong are one."""
    for pattern, replacement in _CARELESS:
        key = pattern.sub(replacement, key)
    return key
