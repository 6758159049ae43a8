"""The rules as data: points, reasons and words of vocabulary/duplicates.toml.

In: nothing. Out: `rules()`, read once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from config.packaged import read_vocabulary_toml


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of agreement: what it is worth, and how it is told to a clerk ("" is not told)."""

    points: int
    because: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    threshold: int
    margin: int
    points: Mapping[str, Mapping[str, Level]]  # kind of evidence → level → worth
    titles: Mapping[str, Any]
    employers: Mapping[str, Any]
    duties: Mapping[str, Any]


@cache
def rules() -> Rules:
    words = read_vocabulary_toml("duplicates.toml")
    points = {
        kind: {name: Level(**level) for name, level in levels.items()} for kind, levels in words["points"].items()
    }
    return Rules(words["threshold"], words["margin"], points, words["titles"], words["employers"], words["duties"])
