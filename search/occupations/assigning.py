"""The occupation of a posting by its title, and by its duties where the title does not say.

In: a title and duties as written. Out: the code of a class, the lowest that is certain; "" rather than a guess.
The order in which words decide is `_class_of`; the words themselves are data (search/occupations/vocabulary.py).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.folding import fold
from search.occupations.tree import MIDDLE, SMALL, at_level
from search.occupations.vocabulary import Head, Strength, Trade, Word, find_words

_BRACKETS = re.compile(r"[(\[【（「<《](.*?)(?:[)\]】）」>》]|$)")
_OR = re.compile(r"[/、,，;；|&。!！~]|(?<![+c])\+(?!\+)|\s和|及|或|兼|\s-\s")
_DUTIES_READ = 240  # characters; what one does stands first
_HANDS = frozenset({"worker", "technician", "learner", "lead", "foreman", ""})  # heads that do what the field does
# What many duties mention beside the work itself: wrapping, checking, cleaning, carrying, looking after machines.
_BESIDE = frozenset({"6-31-05", "6-31-03", "4-09-08", "4-02-05", "6-31-01", "6-31-06", "2-02-29"})
_NO_HEAD = (-1, Head("", "", Strength.NONE, over=False, rank=True))
_NO_TRADE = (-1, Trade("", Strength.NONE))


@dataclass(frozen=True, slots=True)
class Reading:
    code: str = ""
    strength: Strength = Strength.NONE
    kind: str = ""  # of the title's head

    @property
    def is_settled(self) -> bool:
        return self.strength >= Strength.PLAIN


def occupation_of(title: str, duties: str = "") -> str:
    reading = read_title(title)
    if reading.is_settled or not duties:
        return reading.code
    return _by_duties(duties[:_DUTIES_READ], reading.kind) or reading.code


@lru_cache(maxsize=16384)
def read_title(title: str) -> Reading:
    """焊工/普工 is a 焊工; 普工（注塑） is read as 注塑普工."""
    folded = fold(title)
    aside = " ".join(_BRACKETS.findall(folded))
    parts = [part for part in _OR.split(_BRACKETS.sub(" ", folded)) if part and not part.isspace()]
    readings = [_read(part) for part in parts]
    settled = next((reading for reading in readings if reading.is_settled), None)
    if settled is None and aside:
        settled = next((r for r in [_read(f"{aside} {part}") for part in parts or [""]] if r.is_settled), None)
    return settled or max(readings, key=lambda reading: (reading.strength, bool(reading.kind)), default=Reading())


def _read(part: str) -> Reading:
    words = find_words(part)
    at, head = _ending(words)
    trade = _class_of(words, head, at)
    return Reading(trade.code, trade.strength, head.kind)


def _class_of(words: Sequence[Word], head: Head, at: int) -> Trade:
    """Who decides, in this order: a field that knows this head, a head that wins over trades, a strong trade, a head
    with a class of its own, the last of plain trades and fields, any head, a weak trade."""
    strong_at, strong = _last_trade(words, Strength.STRONG)
    special = _field_class(words, head.kind, at)
    if special and strong_at <= at:
        return Trade(special, Strength.STRONG)
    if head.over and strong_at < at and at_level(strong.code, MIDDLE) != at_level(head.code, MIDDLE):
        return Trade(head.code, head.strength)  # but Java工程师 keeps Java: both are of 2-02
    if strong.code:
        return strong
    if head.code and head.strength is Strength.PLAIN:
        return Trade(head.code, head.strength)
    plain = [code for word in words if (code := _plain_class(word, head.kind))]
    if plain:
        return Trade(plain[-1], Strength.PLAIN)
    return Trade(head.code, head.strength) if head.code else _last_trade(words, Strength.WEAK)[1]


def _ending(words: Sequence[Word]) -> tuple[int, Head]:
    """The last word that says what is done, else the last that says how high; and where it stands."""
    heads = [(word.at, word.head) for word in words if word.head]
    return ([pair for pair in heads if not pair[1].rank] or heads or [_NO_HEAD])[-1]


def _field_class(words: Sequence[Word], kind: str, until: int) -> str:
    """What the field nearest before the head says of such a head."""
    if kind == "worker":
        return ""  # the rule for a field, not an exception to it
    return next((w.field[kind] for w in reversed(words) if w.field and kind in w.field and w.at <= until), "")


def _plain_class(word: Word, kind: str) -> str:
    if word.field and "worker" in word.field and kind in _HANDS:
        return word.field["worker"]
    return word.trade.code if word.trade and word.trade.strength is Strength.PLAIN else ""


def _last_trade(words: Sequence[Word], strength: Strength) -> tuple[int, Trade]:
    found = (word for word in reversed(words) if word.trade and word.trade.strength is strength)
    return next(((word.at, word.trade) for word in found if word.trade), _NO_TRADE)


@lru_cache(maxsize=4096)
def _by_duties(duties: str, kind: str) -> str:
    """The class all trades of the duties agree on; what is done beside the work counts only when nothing else is."""
    named = [code for word in find_words(fold(duties)) if (code := _duty_class(word, kind))]
    smalls = Counter(at_level(code, SMALL) for code in named)
    work = {small for small in smalls if small not in _BESIDE} or set(smalls)
    if len(work) != 1:
        return ""
    agreed = {code for code in named if at_level(code, SMALL) in work}
    return agreed.pop() if len(agreed) == 1 else work.pop()


def _duty_class(word: Word, kind: str) -> str:
    if word.trade and word.trade.strength is Strength.STRONG:
        return word.trade.code
    if word.head and word.head.kind == "repair":
        return word.head.code
    return _plain_class(word, kind) if kind in _HANDS else ""
