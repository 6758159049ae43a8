"""The industry (所属行业) as a code of GB/T 4754.

In: the cell's text: a name, a code, or a job site's word (塑胶五金, 互联网/电子商务). Out: the code, "" when unknown.
Names and words live in vocabulary/industries.csv.
"""

import re
from functools import cache, lru_cache

from config.packaged import read_table
from ingest.normalise.text import fold, is_blank

_CODE = re.compile(r"([a-t])(?:\d{2,4})?|(\d{2})\d{0,2}")


@cache
def _codes() -> dict[str, str]:
    """Name or word to code; every division's two digits to its code with the letter."""
    codes: dict[str, str] = {}
    for row in read_table("industries.csv"):
        codes.setdefault(fold(row["code"][1:] or row["code"]), row["code"])
        codes.setdefault(fold(row["name"]), row["code"])
        for word in filter(None, row["words"].split("|")):
            codes.setdefault(fold(word), row["code"])
    return codes


@cache
def _words() -> re.Pattern[str]:
    words = (word for word in _codes() if len(word) > 1 and not word.isdigit())
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word) for word in longest_first))


@lru_cache(maxsize=8192)
def read_industry(text: str) -> str:
    """塑胶五金 → C33 (the earliest of the longest words), C39 → C39, 3911 → C39, 农业 → A01."""
    if is_blank(text):
        return ""
    folded = fold(text)
    if folded in _codes():
        return _codes()[folded]
    if coded := _CODE.fullmatch(folded):
        return _codes().get(coded[2] or folded[1:3] or folded, "")
    found = max(_words().findall(folded), key=len, default="")
    return _codes().get(found, "")
