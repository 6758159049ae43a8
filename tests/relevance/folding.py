"""One way to write a text, for looking literal words up: the set's own, so that the engine's may be wrong.

In: text. Out: half-width, lower case, without spaces.
"""

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")


def plain(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).lower())


def stands_in(word: str, text: str) -> bool:
    """A word of Latin letters and digits stands whole: ui is not in build, c is not in c1."""
    wanted = plain(word)
    if wanted.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(wanted)}(?![a-z0-9])", text) is not None
    return wanted in text
