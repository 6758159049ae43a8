"""Editing a section's words (编辑): a person may say it otherwise, the system's numbers stay.

In: a section and the text typed. Out: the text to keep, "" for the system's own, or `NumbersMissing`.
"""

import re
from collections import Counter

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
    missing = numbers_in(section.paragraphs) - numbers_in(paragraphs)
    if missing and not section.is_open:
        listed = "、".join(sorted(missing.elements())[:8])
        raise NumbersMissing(f"数字由平台给出，不能改动或删去。改过的文字里少了：{listed}。请把它们写回去。")
    return "\n".join(paragraphs)


def numbers_in(paragraphs: list[str] | tuple[str, ...]) -> Counter[str]:
    """As written, less the separators of thousands."""
    return Counter(found.replace(",", "") for words in paragraphs for found in _NUMBER.findall(words))
