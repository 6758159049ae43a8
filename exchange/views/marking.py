"""Exact words marked in the text they stand in, the text around them shortened.

In: a text, and words joined by 、 as problems quote them. Out: parts in their order, for a template to mark.
"""

from dataclasses import dataclass

_AROUND = 60  # characters kept on either side of marked words


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    is_marked: bool


def marked_parts(text: str, words: str) -> list[Part]:
    spans = _spans(text, [words] if words in text else words.split("、"))
    parts: list[Part] = []
    at = 0
    for start, end in spans:
        if start > at:
            parts.append(Part(_shortened(text[at:start], is_first=at == 0), False))
        parts.append(Part(text[start:end], True))
        at = end
    if text[at:]:
        parts.append(Part(_shortened(text[at:], is_first=not spans, is_last=True), False))
    return parts


def _spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words stand, every time, none inside another."""
    found: list[tuple[int, int]] = []
    for word in filter(None, words):
        start = text.find(word)
        while start >= 0:
            found.append((start, start + len(word)))
            start = text.find(word, start + len(word))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _shortened(text: str, is_first: bool = False, is_last: bool = False) -> str:
    if len(text) <= _AROUND * 2:
        return text
    head = "" if is_first and not is_last else text[:_AROUND]
    tail = "" if is_last else text[-_AROUND:]
    return f"{head}…{tail}"
