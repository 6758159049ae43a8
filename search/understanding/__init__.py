"""Reading a query: what in it is a place, a pay, a benefit …, and what is left as words to look for.

In: what a visitor typed. Out: `Reading`. Marks (quotes, exclusions) are read first; nothing inside them is understood.
Recognisers are one file each; a new one goes into RECOGNISERS.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from search.analyzer import cut
from search.folding import fold_keeping_length
from search.understanding.benefits import find_benefits
from search.understanding.marks import read_marks
from search.understanding.pay import find_pay
from search.understanding.phrases import find_phrases
from search.understanding.places import find_places
from search.understanding.spans import Mark, MarkKind, Query, Recogniser, Span

RECOGNISERS: tuple[Recogniser, ...] = (find_phrases, find_places, find_pay, find_benefits)
LONGEST_QUERY = 200  # characters; what follows is not read

_BLANKS = re.compile(r"[\s,，;；、|]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something understood, with the words it came from as they were typed."""

    span: Span
    typed: str


@dataclass(frozen=True, slots=True)
class Marked:
    mark: Mark
    typed: str


@dataclass(frozen=True, slots=True)
class Reading:
    pieces: tuple[Piece, ...]
    text: str  # what is left
    literal: str  # the whole query, nothing read out of it
    phrases: tuple[tuple[str, ...], ...] = ()  # words that must stand in this order, one after the other
    excluded: tuple[tuple[str, ...], ...] = ()  # words (phrases, when several) no posting may have
    marks: tuple[Marked, ...] = ()  # where both came from: chips, like the pieces


@lru_cache(maxsize=4096)
def read_query(typed: str) -> Reading:
    typed = _BLANKS.sub(" ", typed[:LONGEST_QUERY]).strip()
    marks = read_marks(fold_keeping_length(typed))
    ends = accumulate((len(piece) for piece in cut(marks.rest)), initial=0)
    query = Query(marks.rest, frozenset(ends))
    spans = _without_overlaps([span for recognise in RECOGNISERS for span in recognise(query)])
    left, position = [], 0
    for span in spans:
        left.append(marks.words[position : span.start])
        position = span.end
    left.append(marks.words[position:])
    return Reading(
        pieces=tuple(Piece(span, typed[span.start : span.end].strip()) for span in spans),
        text=" ".join(" ".join(left).split()),
        literal=" ".join(marks.words.split()),
        phrases=tuple(mark.words for mark in marks.found if mark.kind is MarkKind.PHRASE),
        excluded=tuple(mark.words for mark in marks.found if mark.kind is MarkKind.EXCLUDED),
        marks=tuple(Marked(mark, typed[mark.start : mark.end].strip()) for mark in marks.found),
    )


def _without_overlaps(spans: list[Span]) -> list[Span]:
    """The longest reading of every stretch, the surer one among equally long ones; in the order of the text."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, -s.strength, s.start)):
        if span.end > span.start and all(span.end <= other.start or other.end <= span.start for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)
