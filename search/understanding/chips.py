"""Chips for what a query marks: a phrase in quotes, a word that must not be there.

In: a reading and the phrases still in force. Out: `Understood`, beside those of its pieces. They stand for no filter:
taking one off changes the query.
"""

from search.requests import Understood
from search.understanding import Reading
from search.understanding.spans import MarkKind

_LABELS = {MarkKind.PHRASE: "原话“{}”", MarkKind.EXCLUDED: "不含“{}”"}


def marks_understood(reading: Reading, phrases: tuple[tuple[str, ...], ...]) -> tuple[Understood, ...]:
    return tuple(
        Understood(str(mark.kind), mark.text, _LABELS[mark.kind].format(mark.text), marked.typed)
        for marked in reading.marks
        for mark in (marked.mark,)
        if mark.kind is MarkKind.EXCLUDED or mark.words in phrases
    )
