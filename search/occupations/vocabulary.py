"""The words a title is read by: trades, heads and fields, out of config/vocabulary/occupations_*.

In: a folded text. Out: the words found in it, left to right, the longest at each place. A word may be several things
at once: 模具 is a trade by itself and a field before 工程师.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

from config.packaged import read_table, read_vocabulary, read_vocabulary_toml
from search.folding import fold
from search.occupations.tree import SMALL, occupations

_FILES = ("occupations.csv", "occupations_trades.csv", "occupations_heads.toml", "occupations_fields.toml")
_PEOPLE = ("工程技术人员", "专业人员", "技术人员")  # how names of classes end, where a title says 工程师 or nothing
_SHORTEST_NAME = 3  # of a class, to be looked for inside a title: 管工 is inside 保管工


class Strength(IntEnum):
    NONE, WEAK, PLAIN, STRONG = range(4)


@dataclass(frozen=True, slots=True)
class Head:
    """What kind of work a title ends with."""

    kind: str
    code: str
    strength: Strength
    over: bool  # it wins over a trade before it
    rank: bool  # it says how high someone stands, not what is done


@dataclass(frozen=True, slots=True)
class Trade:
    code: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Word:
    """One word found, and everything it can be."""

    at: int
    trade: Trade | None
    head: Head | None
    field: dict[str, str] | None  # kind of head -> class


@cache
def _trades() -> dict[str, Trade]:
    """The rows of the table, then the names of the classes themselves."""
    found: dict[str, Trade] = {}
    for row in read_table("occupations_trades.csv"):
        strength = Strength[(row["strength"] or "strong").upper()]
        for word in row["words"].split():
            found.setdefault(fold(word), Trade(row["code"], strength))
    for occupation in occupations().values():
        if occupation.level >= SMALL and not occupation.code.endswith("-99"):
            for name in _titles_of(occupation.name):
                found.setdefault(name, Trade(occupation.code, Strength.STRONG))
    return found


def _titles_of(name: str) -> Iterable[str]:
    """How a title may say the name of a class: 焊接工程技术人员 is 焊接工程师 or 焊接技术员."""
    folded = fold(name)
    for ending in _PEOPLE:
        if folded.endswith(ending):
            stem = folded.removesuffix(ending)
            return (folded, f"{stem}工程师", f"{stem}技术员")
    return (folded,) if len(folded) >= _SHORTEST_NAME else ()


@cache
def _heads() -> dict[str, Head]:
    found = {}
    for entry in read_vocabulary_toml("occupations_heads.toml")["head"]:
        strength = Strength[str(entry.get("strength", "plain")).upper()]
        head = Head(entry["kind"], entry.get("code", ""), strength, entry.get("over", False), entry.get("rank", False))
        found.update({fold(word): head for word in entry["words"]})
    return found


@cache
def _fields() -> dict[str, dict[str, str]]:
    """A word of several entries has the classes of all of them, the first one first."""
    found: dict[str, dict[str, str]] = {}
    for entry in read_vocabulary_toml("occupations_fields.toml")["field"]:
        classes = {kind: code for kind, code in entry.items() if kind != "words"}
        for word in entry["words"]:
            found[fold(word)] = classes | found.get(fold(word), {})
    return found


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted({*_trades(), *_heads(), *_fields()}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_alone, words)))


def _alone(word: str) -> str:
    """Latin words stand alone; 电工 is not in 机电工程师."""
    before = "(?<![a-z])" if word[0].isascii() and word[0].isalpha() else ""
    after = "(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "(?!程)" if word[-1] == "工" else ""
    return before + re.escape(word) + after


def find_words(folded: str) -> list[Word]:
    trades, heads, fields = _trades(), _heads(), _fields()
    return [
        Word(found.start(), trades.get(found[0]), heads.get(found[0]), fields.get(found[0]))
        for found in _pattern().finditer(folded)
    ]


@cache
def occupations_version() -> str:
    """Changes with any word: an index written with others asks for a rebuild."""
    texts: Any = (read_vocabulary(name) for name in _FILES)
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]
