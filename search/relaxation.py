"""What is done when a search finds nothing, in this order, and how it is said.

1. as understood, words of the same meaning included; 2. by the words as typed, nothing read out of them; 3. without the
quotes around a phrase; 4. if the words alone are found: nearness is widened and what was understood let go, the weakest
first; 5. else the fallbacks of search/fallbacks.py. Filters that were chosen and words that were excluded are never let
go.

In: a view, conditions, a reading. Out: `Finding`, with the sentences for the visitor.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.analyzer import QueryWord, query_words
from search.attempts import Attempt, letting_go
from search.conditions import Conditions
from search.fallbacks import attempts_without_the_words, stands_itself
from search.matching import AllWords, Everything, Match, Matcher
from search.understanding import Reading
from search.view import IndexView


@dataclass(frozen=True, slots=True)
class Finding:
    match: Match
    matcher: Matcher
    conditions: Conditions
    relaxed: tuple[str, ...] = ()
    suggestion: str | None = None  # the query as it was understood in the place of the one typed


def find(view: IndexView, conditions: Conditions, reading: Reading, today: int) -> Finding:
    first: Finding | None = None
    for attempt in _attempts(view, conditions, reading, today):
        match = attempt.matcher.match(view, attempt.conditions.mask(view, today), today)
        relaxed = (*reading.notes, *attempt.relaxed)
        finding = Finding(match, attempt.matcher, attempt.conditions, relaxed, attempt.suggestion)
        if len(match.documents):
            return finding
        first = first or replace(finding, relaxed=reading.notes)
    assert first is not None
    return first


def _attempts(view: IndexView, conditions: Conditions, reading: Reading, today: int) -> Iterator[Attempt]:
    words = query_words(reading.text)
    matcher: Matcher = AllWords(words) if words else Everything()
    yield Attempt(matcher, conditions, _meaning_the_same(view, words))
    if conditions.pieces and reading.literal != reading.text:
        said = "".join(f"“{piece.typed}”" for piece in conditions.pieces)
        literal = query_words(reading.literal)
        yield Attempt(
            AllWords(literal) if literal else Everything(),
            conditions.with_pieces(()),
            (f"没有同时符合{said}的岗位，以下按原话“{reading.literal}”查找。",),
        )
    if conditions.phrases:
        yield from _without_quotes(matcher, conditions)
        conditions = replace(conditions, phrases=())
    chosen_only = conditions.with_pieces(()).mask(view, today)
    if not words or len(matcher.match(view, chosen_only, today).documents):
        yield from letting_go(matcher, conditions)
    else:
        yield from attempts_without_the_words(view, conditions, reading, words)


def _meaning_the_same(view: IndexView, words: tuple[QueryWord, ...]) -> tuple[str, ...]:
    """Said when no posting has a word itself, so that nobody wonders about those found."""
    replaced = [word for word in words if word.synonyms and not stands_itself(view, word)]
    return tuple(f"没有岗位写有“{word.whole}”，以下是意思相近的{_first_found(view, word)}等岗位。" for word in replaced)


def _first_found(view: IndexView, word: QueryWord) -> str:
    found = [synonym for synonym, _ in word.synonyms if len(view.word(synonym).documents)]
    return "".join(f"“{synonym}”" for synonym in found[:2])


def _without_quotes(matcher: Matcher, conditions: Conditions) -> Iterator[Attempt]:
    said = "没有岗位写有引号里的原话，以下岗位包含其中的词。"
    yield Attempt(matcher, replace(conditions, phrases=()), (said,))
