"""Marks of a query: “quotes” around words that belong together, -词 and 不要词 before words that must not be there.

In: a folded query, each character where it was typed. Out: `Marks`: what was marked, the query without its marks
(blanks stand where they were) for the words to look for, and without what they mark for the recognisers.
"""

import re
from dataclasses import dataclass

from search.analyzer import cut, phrase_words
from search.understanding.spans import Mark, MarkKind

_OPEN, _CLOSE = '“"„「『', '”"“」』'
_QUOTED = f"[{_OPEN}]([^{_OPEN}{_CLOSE}]+)[{_CLOSE}]"
_NOT_AFTER = "求|紧|钱|什么|需|经验|学历|文凭|体检|做|去|了"  # 不要求, 不要紧, 不要经验: nothing that must not be there
_MARK = re.compile(
    rf"""(?<!\S)-{_QUOTED}
    | {_QUOTED}
    | (?<!\S)-([^\s\-0-9]\S*)
    | (?:不要|不想做|不想去|不做|不去|排除|除了)\s?(?!{_NOT_AFTER})([^\s{_OPEN}]+)""",
    re.VERBOSE,
)
_AFTER_UNWANTED = re.compile(r"(?:以外|之外)?的?")
MOST = 8  # marks of one query


@dataclass(frozen=True, slots=True)
class Marks:
    found: tuple[Mark, ...]
    words: str  # the query as words: signs and what must not be there are blank
    rest: str  # the query to be understood: phrases are blank too


def read_marks(query: str) -> Marks:
    found: list[Mark] = []
    words = rest = query
    position = 0
    while len(found) < MOST and (match := _MARK.search(query, position)):
        mark = _mark(query, match)
        position = match.start() + 1 if mark is None else mark.end
        if mark is not None:
            found.append(mark)
            rest = blanked(rest, mark.start, mark.end)
            if mark.kind is MarkKind.PHRASE:
                words = blanked(blanked(words, mark.start, mark.start + 1), mark.end - 1, mark.end)
            else:
                words = blanked(words, mark.start, mark.end)
    return Marks(tuple(found), words, rest)


def _mark(query: str, match: re.Match[str]) -> Mark | None:
    unwanted_phrase, phrase, minus, unwanted = match.groups()
    end = match.end()
    if unwanted:
        unwanted = cut(unwanted)[0]
        end = match.start(4) + len(unwanted)
        if len(unwanted) == 1:
            return None
        after = _AFTER_UNWANTED.match(query, end)
        end = after.end() if after else end
    kind = MarkKind.PHRASE if phrase else MarkKind.EXCLUDED
    text = unwanted_phrase or phrase or minus or unwanted
    words = phrase_words(text)
    return Mark(kind, match.start(), end, text.strip(), words) if words else None


def blanked(text: str, start: int, end: int) -> str:
    """With spaces in place of a stretch."""
    return text[:start] + " " * (end - start) + text[end:]
