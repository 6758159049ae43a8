"""Folding of cell text, the same for every value.

In: a cell as the sheet had it. Out: folded text for reading (never shown), squeezed text for keeping.
A word that offices type for "nothing here" goes into BLANKS.
"""

import re
import unicodedata
from functools import lru_cache

BLANKS = frozenset(
    {"", "/", "//", "\\", ".", "。", "*", "无", "空", "暂无", "未填", "未知", "未说明"}
    | {"null", "none", "nan", "n/a", "na", "unknown", "nil", "#n/a", "#ref!", "#value!"}
)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－~～〜∼﹣﹘─━", "-"))
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def squeeze(text: str) -> str:
    """Kept text: trimmed, one space for many."""
    if text.isalnum():
        return text
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def squeeze_lines(text: str) -> str:
    """Kept text of several lines: each line squeezed, blank lines dropped."""
    if text.isprintable():  # one line
        return squeeze(text)
    lines = (squeeze(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """For reading: NFKC, lower case, no white space, every dash and tilde a plain hyphen."""
    if text.isascii():
        folded = text.lower().replace("~", "-")
    else:
        folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower().translate(DASHES)
    return _SPACES.sub("", folded)


def is_blank(text: str) -> bool:
    """Nothing in the cell, or a word that says so (—, /, 无, Unknown)."""
    return not text or (len(text) < 24 and _is_placeholder(text)) or text.isspace()


@lru_cache(maxsize=16384)
def _is_placeholder(text: str) -> bool:
    folded = fold(text)
    return folded in BLANKS or not folded.strip("-/_")
