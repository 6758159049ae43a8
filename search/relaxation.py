"""What is done when a search finds nothing, in this order, and how it is said.

1. what sounds like a word of the trade while no posting has it, by that; names of organisations (长安汽车) as written;
then as understood, words of the same meaning included; 2. by the words as typed, nothing read out of them; 3. without
the quotes around a phrase; 4. if the words alone are found: nearness is widened and what was understood let go, the
weakest first; 5. else the fallbacks of search/fallbacks.py. Filters that were chosen and words that were excluded are
never let go.

In: a view, conditions, a reading. Out: `Finding`, with the sentences for the visitor.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.analyzer import QueryWord, phrase_words, query_words
from search.attempts import Attempt, letting_go
from search.conditions import Conditions
from search.fallbacks import attempts_without_the_words, mistaken_words, stands_itself
from search.masks import Mask
from search.matching import AllWords, Everything, Match, Matcher
from search.understanding import Reading
from search.view import IndexView


@dataclass(frozen=True, slots=True)
class Finding:
    match: Match
    matcher: Matcher
    conditions: Conditions
    mask: Mask
    relaxed: tuple[str, ...] = ()
    suggestion: str | None = None  # the query as it was understood in the place of the one typed


def find(view: IndexView, conditions: Conditions, reading: Reading, today: int) -> Finding:
    words = query_words(reading.text)
    plain: Matcher = AllWords(words) if words else Everything()
    unknown = tuple(_unknown_words(reading.text, words))
    if unknown:
        conditions = replace(conditions, phrases=(*conditions.phrases, *unknown))
    for attempt in _attempts(view, conditions, reading, today, words, plain):
        mask = attempt.conditions.mask(view, today)
        match = attempt.matcher.match(view, mask, today)
        if len(match.documents):
            relaxed = (*reading.notes, *attempt.relaxed)
            return Finding(match, attempt.matcher, attempt.conditions, mask, relaxed, attempt.suggestion)
    mask = conditions.mask(view, today)
    return Finding(plain.match(view, mask, today), plain, conditions, mask, reading.notes)


def _attempts(
    view: IndexView,
    conditions: Conditions,
    reading: Reading,
    today: int,
    words: tuple[QueryWord, ...],
    matcher: Matcher,
) -> Iterator[Attempt]:
    if reading.together:
        yield Attempt(matcher, replace(conditions, phrases=(*conditions.phrases, *reading.together)))
    yield from mistaken_words(view, conditions, reading)
    yield Attempt(matcher, conditions, _meaning_the_same(view, words))
    if conditions.pieces and reading.literal != reading.text:
        said = "".join(f"“{piece.typed}”" for piece in conditions.pieces)
        literal = query_words(reading.literal)
        yield Attempt(
            AllWords(literal) if literal else Everything(),
            conditions.with_pieces(()),
            (f"没有同时符合{said}的岗位，以下按原话“{reading.literal}”查找。",),
        )
    if reading.phrases:
        conditions = replace(conditions, phrases=())
        yield Attempt(matcher, conditions, ("没有岗位写有引号里的原话，以下岗位包含其中的词。",))
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


def _unknown_words(text: str, words: tuple[QueryWord, ...]) -> Iterator[tuple[str, ...]]:
    """鑫达 is no word anybody knows, and its characters stand apart in many texts: they must stand together."""
    if words and all(len(word.whole) == 1 for word in words):
        yield from (characters for chunk in text.split() if len(characters := phrase_words(chunk)) > 1)
