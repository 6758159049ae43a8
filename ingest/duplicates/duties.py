"""Duties (岗位职责) compared after the boilerplate is gone: what an employer hangs under every job says nothing.

In: descriptions, and sentences that the employer's other jobs share. Out: a level of points.duties.
"""

import re
from collections.abc import Set
from functools import cache, lru_cache

from rapidfuzz import fuzz

from ingest.duplicates.rules import rules
from ingest.normalise.text import fold

_ENDS = re.compile(r"[。;!?\n]|(?<!\d)\d{1,2}[.、)](?!\d)")
_MARKS = re.compile(r"[^\w]+")
_SHORTEST = 4  # characters of a sentence
_TELLING, _LONG = 10, 18  # characters of duties that say something, and that two employers do not write alike by chance
_PART = 40  # per cent of the longer text that a shortened copy must keep
_SAME, _AGREE, _PARTLY = 92, 78, 55


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = rules().duties
    labels, person = "|".join(words["labels"]), "|".join(words["about_the_person"])
    return (
        re.compile(f"^[【\\[(]?(?:{labels})[】\\])]?[:]?"),
        re.compile(f"^[【\\[(]?(?:{person})"),
        re.compile("|".join(words["boilerplate"])),
    )


@lru_cache(maxsize=8192)
def duty_sentences(description: str) -> tuple[str, ...]:
    """Folded sentences about the work, without labels, punctuation and general boilerplate."""
    label, person, boilerplate = _patterns()
    found = []
    for line in description.splitlines():
        if person.match(fold(line)):
            continue
        for sentence in _ENDS.split(label.sub("", fold(line))):
            plain = _MARKS.sub("", label.sub("", sentence))
            if len(plain) >= _SHORTEST and not boilerplate.search(plain):
                found.append(plain)
    return tuple(found)


def compare_duties(one: str, other: str, shared: Set[str] = frozenset()) -> str:
    """`shared`: sentences that stand under other jobs of the same employer too."""
    first, second = ("".join(s for s in duty_sentences(text) if s not in shared) for text in (one, other))
    short, long = sorted((first, second), key=len)
    if len(short) < _TELLING:
        return "unknown"
    likeness = fuzz.ratio(short, long)
    if likeness >= _SAME and len(short) >= _LONG:
        return "same"
    if len(short) * 100 >= len(long) * _PART:
        likeness = max(likeness, fuzz.partial_ratio(short, long))
    return "agree" if likeness >= _AGREE else "partly" if likeness >= _PARTLY else "differ"
