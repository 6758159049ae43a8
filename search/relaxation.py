"""What is done when a search finds nothing, in this order, and how it is said.

1. as understood; 2. by the words as typed, nothing read out of them; 3. if the words alone are found: what was
understood is let go, weakest first; 4. else titles and employers that contain the words, however they are cut, then
any of the words, then names that look alike, each first with and then without what was understood. Filters that
were chosen are never let go.

In: a view, conditions, a reading. Out: `Finding`, with the sentences for the visitor.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search.analyzer import query_words
from search.conditions import Conditions
from search.matching import AllWords, AnyWords, Everything, Match, Matcher, SimilarNames
from search.understanding import Reading
from search.view import IndexView


@dataclass(frozen=True, slots=True)
class Finding:
    match: Match
    matcher: Matcher
    conditions: Conditions
    relaxed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Attempt:
    matcher: Matcher
    conditions: Conditions
    relaxed: tuple[str, ...] = ()


def find(view: IndexView, conditions: Conditions, reading: Reading, today: int) -> Finding:
    first: Finding | None = None
    for attempt in _attempts(view, conditions, reading, today):
        match = attempt.matcher.match(view, attempt.conditions.mask(view, today), today)
        finding = Finding(match, attempt.matcher, attempt.conditions, attempt.relaxed)
        if len(match.documents):
            return finding
        first = first or finding
    assert first is not None
    return first


def _words(text: str) -> Matcher:
    words = query_words(text)
    return AllWords(words) if words else Everything()


def _attempts(view: IndexView, conditions: Conditions, reading: Reading, today: int) -> Iterator[_Attempt]:
    words = _words(reading.text)
    yield _Attempt(words, conditions)
    if conditions.pieces and reading.literal != reading.text:
        said = f"没有同时符合{_quoted(conditions)}的岗位，以下按原话“{reading.literal}”查找。"
        yield _Attempt(_words(reading.literal), conditions.with_pieces(()), (said,))
    chosen_only = conditions.with_pieces(()).mask(view, today)
    if isinstance(words, Everything) or len(words.match(view, chosen_only, today).documents):
        yield from _letting_go(words, conditions)
        return
    assert isinstance(words, AllWords)
    yield from _with_and_without(SimilarNames(reading.text, least=1.0), conditions, "")
    quoted = "".join(f"“{word.whole}”" for word in words.words)
    some = f"没有同时包含{quoted}的岗位，以下岗位包含其中一部分。"
    if len(words.words) > 1 or len(words.words[0].required) > 1:
        yield from _with_and_without(AnyWords(words.words), conditions, some)
    alike = f"没有找到“{reading.text}”，以下是名称相近的岗位。"
    yield from _with_and_without(SimilarNames(reading.text), conditions, alike)


def _with_and_without(matcher: Matcher, conditions: Conditions, said: str) -> Iterator[_Attempt]:
    always = (said,) if said else ()
    yield _Attempt(matcher, conditions, always)
    for attempt in _letting_go(matcher, conditions):
        yield _Attempt(matcher, attempt.conditions, (*always, *attempt.relaxed))


def _letting_go(matcher: Matcher, conditions: Conditions) -> Iterator[_Attempt]:
    """One more at a time; of equally strong ones the later one first."""
    pieces = list(conditions.pieces)
    order = sorted(range(len(pieces)), key=lambda at: (pieces[at].span.strength, -at))
    for count in range(1, len(order) + 1):
        gone = set(order[:count])
        said = "".join(f"“{pieces[at].typed}”" for at in sorted(gone))
        left = (piece for at, piece in enumerate(pieces) if at not in gone)
        yield _Attempt(matcher, conditions.with_pieces(left), (f"没有完全符合的岗位，已不再要求{said}。",))


def _quoted(conditions: Conditions) -> str:
    return "".join(f"“{piece.typed}”" for piece in conditions.pieces)
