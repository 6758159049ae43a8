"""Editing a section's words (编辑): a person may say it otherwise, the system's numbers stay.

In: a section and the text typed. Out: the text to keep, "" for the system's own, or `NumbersMissing`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from exchange.reports.content import Section, paragraphs_of

LONGEST = 6000
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")


class NumbersMissing(Exception):
    """Figures of the system that the text no longer has. The message names them."""


def text_to_keep(section: Section, typed: str) -> str:
    """Raises NumbersMissing."""
    paragraphs = paragraphs_of(typed[:LONGEST])
    if not paragraphs or tuple(paragraphs) == section.paragraphs:
        return ""
    missing = _missing(section, paragraphs)
    if missing:
        raise NumbersMissing(f"数字由平台给出，不能改动或删去。改过的文字里少了：{missing}。请把它们写回去。")
    return "\n".join(paragraphs)


def check_edits(sections: Iterable[Section]) -> None:
    """Before it is sent: numbers may have been drawn anew since somebody edited. Raises NumbersMissing."""
    for section in sections:
        missing = _missing(section, section.edited) if section.edited is not None else ""
        if missing:
            heading = section.heading or "引言"
            raise NumbersMissing(f"“{heading}”编辑过以后又重新取了数，文字里少了现在的数字：{missing}。请改好再报送。")


def _missing(section: Section, paragraphs: Sequence[str]) -> str:
    """The system's numbers that these words lack. What a person fills in has none."""
    missing = Counter[str]() if section.is_open else numbers_in(section.paragraphs) - numbers_in(paragraphs)
    return "、".join(list(missing.elements())[:8])


def numbers_in(paragraphs: Sequence[str]) -> Counter[str]:
    """As written, less the separators of thousands."""
    return Counter(found.replace(",", "") for words in paragraphs for found in _NUMBER.findall(words))
