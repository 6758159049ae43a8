"""Reading a query: what in it is a place, a pay, a benefit …, and what is left as words to look for.

In: what a visitor typed. Out: `Reading`. Marks (quotes, exclusions) are read first; nothing inside them is understood.
Recognisers are one file each; a new one goes into RECOGNISERS.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from search.analyzer import cut, phrase_words
from search.folding import fold_keeping_length
from search.understanding.benefits import find_benefits
from search.understanding.employers import KnownEmployers
from search.understanding.figures import find_figures
from search.understanding.marks import blanked, read_marks
from search.understanding.near import find_near
from search.understanding.occupations import find_occupations
from search.understanding.pay import find_pay
from search.understanding.phrases import find_phrases
from search.understanding.places import find_places, organisations
from search.understanding.short_pay import find_short_pay
from search.understanding.spans import Mark, MarkKind, Query, Recogniser, Span
from search.understanding.unasked import find_unasked

RECOGNISERS: tuple[Recogniser, ...] = (
    find_phrases,
    find_places,
    find_near,
    find_pay,
    find_short_pay,
    find_figures,
    find_benefits,
    find_occupations,
)
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
    typed: str = ""  # the same as it was written
    phrases: tuple[tuple[str, ...], ...] = ()  # words that must stand in this order, one after the other
    excluded: tuple[tuple[str, ...], ...] = ()  # words (phrases, when several) no posting may have
    marks: tuple[Marked, ...] = ()  # where both came from: chips, like the pieces
    notes: tuple[str, ...] = ()  # what was left out, in sentences for the visitor
    together: tuple[tuple[str, ...], ...] = ()  # words that first of all are looked for as a phrase: 长安汽车


@lru_cache(maxsize=4096)
def read_query(typed: str, employers: KnownEmployers | None = None) -> Reading:
    """`employers` are those whose names may be recognised."""
    typed = _BLANKS.sub(" ", typed[:LONGEST_QUERY]).strip()
    marks = read_marks(fold_keeping_length(typed))
    rest, words, notes = marks.rest, marks.words, []
    for start, end, note in find_unasked(rest):
        rest, words = blanked(rest, start, end), blanked(words, start, end)
        notes.append(note)
    query = Query(rest, frozenset(accumulate((len(piece) for piece in cut(rest)), initial=0)))
    spans = _spans(query, employers)
    if typed and not any(character.isalnum() for character in typed):
        notes.append(f"“{typed}”里没有可以查找的词。")
    return Reading(
        pieces=tuple(Piece(span, typed[span.start : span.end].strip()) for span in spans),
        text=_around(words, spans),
        literal=_around(words, ()),
        typed=typed,
        phrases=tuple(mark.words for mark in marks.found if mark.kind is MarkKind.PHRASE),
        excluded=tuple(mark.words for mark in marks.found if mark.kind is MarkKind.EXCLUDED),
        marks=tuple(Marked(mark, typed[mark.start : mark.end].strip()) for mark in marks.found),
        notes=tuple(notes),
        together=() if any(span.parameter == "employer" for span in spans) else _together(query),
    )


def _spans(query: Query, employers: KnownEmployers | None) -> list[Span]:
    recognisers = RECOGNISERS if employers is None else (*RECOGNISERS, employers.find)
    return _without_overlaps([span for recognise in recognisers for span in recognise(query)])


def _together(query: Query) -> tuple[tuple[str, ...], ...]:
    return tuple(words for chunk in organisations(query) if len(words := phrase_words(chunk)) > 1)


def _around(text: str, spans: Sequence[Span]) -> str:
    """What is left of a text without some stretches of it."""
    starts, ends = [0, *(span.end for span in spans)], [*(span.start for span in spans), len(text)]
    return " ".join(" ".join(text[start:end] for start, end in zip(starts, ends, strict=True)).split())


def _without_overlaps(spans: list[Span]) -> list[Span]:
    """The longest reading of every stretch, the surer one among equally long ones; in the order of the text."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, -s.strength, s.start)):
        if span.end > span.start and all(span.end <= other.start or other.end <= span.start for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)
