"""What is looked for when the words of a query are not found, in this order; each says itself.

1. names of jobs and employers with these characters inside, however words are cut; 2. words that sound or are written
like those nobody has, with “您是不是要找”; 3. the rest of the words, without those nobody has; 4. any of the words;
5. names that look alike. Nonsense finds nothing: the rest must be half of what was asked, or a word of the trade.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from search.analyzer import QueryWord, query_words, trade_words
from search.attempts import Attempt, letting_go, with_and_without
from search.conditions import Conditions
from search.folding import fold_keeping_length
from search.lexicon import lexicon_of
from search.matching import AllWords, AnyWords, Everything, SimilarNames
from search.spelling import is_doubtful, mended, surely_mended
from search.understanding import Piece, Reading, read_query
from search.understanding.employers import employers_of
from search.view import IndexView

MOST_ALIKE = 0.51  # of the pairs of characters: more than half


def attempts_without_the_words(
    view: IndexView, conditions: Conditions, reading: Reading, words: tuple[QueryWord, ...]
) -> Iterator[Attempt]:
    text = reading.text
    conditions = replace(conditions, phrases=())
    inside = f"以下是名称里有“{text}”的岗位。"
    yield from with_and_without(SimilarNames(text, least=1.0), conditions, inside)
    yield from _mended(view, conditions, reading)
    yield from _some(view, conditions, words)
    alike = f"没有找到“{text}”，以下是名称相近的岗位。"
    yield from with_and_without(SimilarNames(text, least=MOST_ALIKE), conditions, alike)


def has_postings(view: IndexView, word: QueryWord) -> bool:
    """Anywhere, whatever the conditions: the word, or one that means nearly the same."""
    return stands_itself(view, word) or any(len(view.word(synonym).documents) for synonym, _ in word.synonyms)


def stands_itself(view: IndexView, word: QueryWord) -> bool:
    return all(len(view.word(part).documents) for part in word.required)


def mistaken_words(view: IndexView, conditions: Conditions, reading: Reading) -> Iterator[Attempt]:
    """插车司机 finds drivers; but no name has it, and 叉车司机 sounds the same."""
    doubtful = [chunk for chunk in reading.text.split() if is_doubtful(chunk) and not _is_in_a_name(view, chunk)]
    if doubtful:
        better = surely_mended(doubtful, lexicon_of(view.catalogues["title"]), _counting(view))
        yield from islice(_instead(view, conditions, reading, better), 1)


def _is_in_a_name(view: IndexView, chunk: str) -> bool:
    return any(view.catalogues[column].likeness(chunk).max(initial=0) == 1 for column in ("title", "employer"))


def _counting(view: IndexView) -> Callable[[str], int]:
    return lambda word: len(view.word(word).documents)


def _mended(view: IndexView, conditions: Conditions, reading: Reading) -> Iterator[Attempt]:
    better = mended(reading.text, lexicon_of(view.catalogues["title"]), _counting(view))
    yield from _instead(view, conditions, reading, better)


def _instead(view: IndexView, conditions: Conditions, reading: Reading, better: dict[str, str]) -> Iterator[Attempt]:
    """The query with what may have been meant in the place of what was typed, read anew."""
    if not better:
        return
    literal = reading.literal
    for chunk, instead in better.items():
        literal = literal.replace(chunk, instead, 1)
    again = read_query(literal, employers_of(view.catalogues["employer"]))
    chosen = {clause.parameter for clause in conditions.chosen}
    pieces = (piece for piece in again.pieces if piece.span.parameter not in chosen)
    conditions = replace(conditions, phrases=reading.phrases)
    under = conditions.with_pieces(_as_typed(piece, reading, better) for piece in pieces)
    words = query_words(again.text)
    matcher = AllWords(words) if words else Everything()
    said = f"没有找到{_quoted(better)}，以下按{_quoted(better.values())}查找。"
    for attempt in (Attempt(matcher, under), *letting_go(matcher, under)):
        yield replace(attempt, relaxed=(said, *attempt.relaxed), suggestion=literal)


def _as_typed(piece: Piece, reading: Reading, better: dict[str, str]) -> Piece:
    """With the words of the query the visitor typed, so that they can be taken off: changan, not 长安."""
    folded = fold_keeping_length(reading.typed)
    for chunk, instead in better.items():
        at = folded.find(chunk)
        if piece.typed in instead and at >= 0:
            return replace(piece, typed=reading.typed[at : at + len(chunk)])
    return piece


def _some(view: IndexView, conditions: Conditions, words: tuple[QueryWord, ...]) -> Iterator[Attempt]:
    asked = tuple(word for word in words if any(len(part) > 1 for part in word.required))
    there = tuple(word for word in asked if has_postings(view, word))
    gone = tuple(word.whole for word in asked if word not in there)
    if not there or not (2 * len(there) >= len(asked) or any(word.whole in trade_words() for word in there)):
        return
    if gone:
        yield from with_and_without(AllWords(there), conditions, f"没有岗位提到{_quoted(gone)}，以下岗位符合其余部分。")
    jobs = tuple(word for word in there if word.whole in trade_words())
    if 0 < len(jobs) < len(there):
        rest = tuple(QueryWord((), word.whole) for word in words if word not in jobs)
        said = f"没有符合全部词语的岗位，以下岗位符合{_quoted(word.whole for word in jobs)}。"
        yield from with_and_without(AllWords((*jobs, *rest)), conditions, said)
    if len(there) > 1 or len(there[0].required) > 1:
        some = f"没有同时包含{_quoted(word.whole for word in words)}的岗位，以下岗位包含其中一部分。"
        yield from with_and_without(AnyWords(there), conditions, some)


def _quoted(words: Iterable[str]) -> str:
    return "".join(f"“{word}”" for word in words)
