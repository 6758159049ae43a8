"""One way to write a text: full-width to half-width (NFKC), one case, simplified characters, one space.

In: text as a person wrote it. Out: the text that is cut into words and compared. To teach it another
character, add a pair to config/vocabulary/search_traditional.txt.
"""

import re
import unicodedata
from functools import cache, lru_cache

from config.packaged import read_vocabulary

_SPACES = re.compile(r"\s+")
# What nearly every text has. Normalising a text that has any of them takes ten times as long as putting these in their
# place first; they combine with nothing, so the outcome is the same.
_WIDE = tuple((wide, unicodedata.normalize("NFKC", wide)) for wide in "，；：（）！？％／～＋\u3000")


def read_lines(name: str) -> tuple[str, ...]:
    """The lines of a vocabulary file, without empty ones and those that start with #."""
    return tuple(line for line in read_vocabulary(name).splitlines() if line.strip() and not line.startswith("#"))


def read_words(name: str) -> tuple[str, ...]:
    """The words of a vocabulary file, any number a line."""
    return tuple(dict.fromkeys(word for line in read_lines(name) for word in line.split()))


@cache
def _simplified() -> tuple[re.Pattern[str], dict[str, str]]:
    pairs = {word[0]: word[1] for word in read_words("search_traditional.txt")}
    return re.compile("[" + "".join(pairs) + "]"), pairs


def fold(text: str) -> str:
    """Folding what is folded changes nothing."""
    pattern, pairs = _simplified()
    folded = text
    for wide, plain in _WIDE if not text.isascii() else ():
        folded = folded.replace(wide, plain)
    before = None
    while folded != before:  # once, but for a few letters that only combine when others have been folded
        before, folded = folded, unicodedata.normalize("NFKC", folded).casefold()
        if unicodedata.is_normalized("NFKC", folded):
            return pattern.sub(lambda found: pairs[found[0]], folded)
    # ΐ: folding takes it apart, normalising puts it together again, for ever.
    return pattern.sub(lambda found: pairs[found[0]], unicodedata.normalize("NFKC", folded))


def fold_keeping_length(text: str) -> str:
    """As `fold`, character by character, so that a position in the result is one in the text."""
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    folded = fold(character)
    return folded if len(folded) == 1 else character


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """A name as a key: folded and without spaces."""
    return _SPACES.sub("", fold(name))
