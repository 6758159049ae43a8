"""Cells made readable for the rules, without losing where their words stood.

In: a row's cells. Out: `Readable`: half width, lower case, no blanks inside lines; `quote` gives the words as written.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from ingest.fields import Field

READ = (
    Field.TITLE, Field.DUTIES, Field.REQUIREMENTS, Field.REMARKS, Field.BENEFITS, Field.AGE, Field.SEX,
    Field.SALARY, Field.EXPERIENCE, Field.EDUCATION, Field.OPENINGS, Field.EMPLOYMENT_TYPE,
)  # fmt: skip
_BLANKS = " \t\u3000\u00a0\r"
_COMMON = tuple(zip("，：；（）！", ",:;()!", strict=True))  # replaced first: one pass each, far quicker than a table
_RARE = re.compile("[\uff01-\uff61–—―−]")


@cache
def _half_width() -> dict[int, str]:
    """One character for one, so that positions stay: full width to half width, capitals to small letters."""
    table = {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    return table | {ord(sign): "-" for sign in "–—―−~～"} | {ord(sign): "。" for sign in "｡"}


class Readable(NamedTuple):
    field: Field
    original: str
    text: str

    def quote(self, start: int, end: int) -> str:
        """The words as written between two positions of `text`."""
        if len(self.original) == len(self.text):
            return self.original[start:end]
        kept = [place for place, sign in enumerate(self.original) if sign not in _BLANKS]
        return self.original[kept[start] : kept[end - 1] + 1]


def readable_texts(texts: Mapping[Field, str]) -> tuple[Readable, ...]:
    return tuple(_readable(field, texts[field]) for field in READ if texts.get(field))


def _readable(field: Field, original: str) -> Readable:
    return Readable(field, original, _plain(original))


@lru_cache(maxsize=4096)
def _plain(original: str) -> str:
    text = original
    for full, half in _COMMON:
        text = text.replace(full, half)
    if _RARE.search(text):
        text = text.translate(_half_width())
    for blank in _BLANKS:
        text = text.replace(blank, "")
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.translate(_half_width())
