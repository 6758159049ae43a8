"""What a visitor may have meant by words no posting has: pugong and pg for 普工, 电悍工 for 电焊工, 仓库管里员.

In: a text, a lexicon, and how many postings have a word. Out: the mended chunks. Latin letters
are read as pinyin, in full, carelessly, by its initials. Chinese is mended by its sound only where the cut leaves
single characters or a longer word of the trade comes out: no word is taken for another of its sound (景点, 经典).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search import pinyin
from search.analyzer import cut, is_dictionary_word, trade_words
from search.lexicon import LONGEST, Lexicon

Count = Callable[[str], int]  # postings that have a word
LONGEST_INITIALS = 6
LONGEST_CHUNK = 40
SHORTEST_TYPO = 5  # letters: shorter ones are like too many others
MOST_WORDS = 4  # of one chunk of letters
_KEEP, _SOUND, _CARELESS, _WORD = 30, 10, 15, 1  # cost of a character left alone, of a word mended, of a word as it is


def mended(text: str, lexicon: Lexicon, count: Count) -> dict[str, str]:
    """Chunk of the text -> what may have been meant; only for chunks no posting has."""
    found = {chunk: None if count(chunk) else _mended_chunk(chunk, lexicon, count) for chunk in text.split()}
    return {chunk: better for chunk, better in found.items() if better}


def is_doubtful(chunk: str) -> bool:
    """A longer chunk of which the cut leaves single characters: a name, or a word mistaken."""
    return len(chunk) > 2 and not pinyin.is_latin(chunk) and not _is_made_of_words(chunk)


def surely_mended(chunks: Iterable[str], lexicon: Lexicon, count: Count) -> dict[str, str]:
    """Chunk -> the word of the trade that sounds exactly like the whole of it."""
    found = {chunk: _alike(chunk, lexicon, count) for chunk in chunks if not count(chunk)}
    sure = ((chunk, alike[0]) for chunk, alike in found.items() if alike and alike[1] == _SOUND)
    return {chunk: word for chunk, word in sure if word in trade_words()}


def _mended_chunk(chunk: str, lexicon: Lexicon, count: Count) -> str | None:
    if not 2 <= len(chunk) <= LONGEST_CHUNK:
        return None
    if pinyin.is_latin(chunk):
        return _of_letters(chunk, lexicon, count)
    if len(chunk) > 2:
        whole = _alike(chunk, lexicon, count)
        if whole is not None and whole[0] in trade_words():
            return whole[0]
    if _is_made_of_words(chunk):
        return None
    return _by_sound(chunk, lexicon, count) or (
        _likeliest(lexicon.written_like(chunk), count, chunk) if len(chunk) > 2 else None
    )


def _of_letters(letters: str, lexicon: Lexicon, count: Count) -> str | None:
    def exactly(part: str) -> str | None:
        return _likeliest(lexicon.by_sound.get(part, ()), count)

    def carelessly(part: str) -> str | None:
        return _likeliest(lexicon.by_careless_sound.get(pinyin.careless(part), ()), count)

    by_initials = lexicon.by_initials.get(letters, ()) if len(letters) <= LONGEST_INITIALS else ()
    return (
        exactly(letters)
        or _likeliest(by_initials, count)
        or _in_parts(letters, exactly)
        or carelessly(letters)
        or _in_parts(letters, carelessly)
        or (_likeliest(lexicon.sounds_like(letters), count) if len(letters) >= SHORTEST_TYPO else None)
    )


def _in_parts(letters: str, read: Callable[[str], str | None]) -> str | None:
    """changanpugong: the fewest words that add up to all of it."""
    best: list[tuple[str, ...] | None] = [(), *([None] * len(letters))]
    for end in range(2, len(letters) + 1):
        for start in range(end - 2, -1, -1):
            before = best[start]
            shorter = best[end] is None or (before is not None and len(before) + 1 < len(best[end] or ()))
            if before is not None and shorter and len(before) < MOST_WORDS:
                word = read(letters[start:end])
                best[end] = best[end] if word is None else (*before, word)
    return " ".join(best[-1]) if best[-1] else None


@dataclass(frozen=True, slots=True)
class _Path:
    cost: int
    pieces: tuple[str, ...]


def _by_sound(chunk: str, lexicon: Lexicon, count: Count) -> str | None:
    """The cheapest way through a chunk: words as they are, words that sound like it, characters left alone."""
    best = [_Path(0, ())]
    for end in range(1, len(chunk) + 1):
        paths = [_Path(best[end - 1].cost + _KEEP, (*best[end - 1].pieces, chunk[end - 1]))]
        for start in range(max(0, end - LONGEST), end - 1):
            step = _step(chunk[start:end], lexicon, count)
            if step is not None:
                paths.append(_Path(best[start].cost + step.cost, (*best[start].pieces, *step.pieces)))
        best.append(min(paths, key=lambda path: path.cost))
    found = "".join(best[-1].pieces)
    return found if found != chunk and best[-1].cost < 2 * _KEEP else None


def _step(part: str, lexicon: Lexicon, count: Count) -> _Path | None:
    if is_dictionary_word(part):
        return _Path(_WORD, (part,))
    found = None if _is_made_of_words(part) else _alike(part, lexicon, count)
    return _Path(found[1], (found[0],)) if found else None


def _alike(part: str, lexicon: Lexicon, count: Count) -> tuple[str, int] | None:
    """The word that sounds like it, and what taking it costs."""
    sounds = pinyin.full(part)
    for keys, words, cost in (
        (sounds, lexicon.by_sound, _SOUND),
        ({pinyin.careless(sound) for sound in sounds}, lexicon.by_careless_sound, _CARELESS),
    ):
        alike = [word for key in sorted(keys) for word in words.get(key, ()) if len(word) == len(part)]
        found = _likeliest(alike, count, part)
        if found is not None:
            return found, cost
    return None


def _is_made_of_words(part: str) -> bool:
    return all(len(piece) > 1 for piece in cut(part))


def _likeliest(words: Iterable[str], count: Count, typed: str = "") -> str | None:
    """Of the words postings have: most characters where they were typed, then most postings."""
    found = [(sum(a == b for a, b in zip(word, typed, strict=False)), count(word), word) for word in words]
    best = max((entry for entry in found if entry[1]), key=lambda entry: entry[:2], default=None)
    return best[2] if best else None
