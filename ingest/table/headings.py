"""What a column heading (表头) means.

In: headings as written. Out: a `Meaning`: the field, how it was recognised and how strong the name is.
To teach a new heading: add it to config/vocabulary/headings.toml.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from config.packaged import read_vocabulary_toml
from ingest.fields import Field

UNUSED = "unused"
SEAT = "employer_seat"
_BRACKETS = re.compile(r"[(\[【{<《〔].*?[)\]】}>》〕]")
_NOT_A_NAME = re.compile(r"必填|选填|可选|_raw$|[^\w#]|_")
LONGEST_HEADING = 24
_OWN_NAME = 400  # weaker than every heading of the vocabulary


@dataclass(frozen=True, slots=True)
class Meaning:
    field: Field | None
    how: str  # mapping, exact, fragment, seat, unused, unknown
    strength: int = 0  # smaller is stronger


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    names: Mapping[str, Meaning]
    fragments: tuple[tuple[re.Pattern[str], Field], ...]


UNKNOWN = Meaning(None, "unknown", 999)


def fold(heading: str) -> str:
    """Without case, width, spaces, punctuation, brackets and what stands in them: 薪资待遇（元/月）→ 薪资待遇."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return _NOT_A_NAME.sub("", _BRACKETS.sub("", text)) or _NOT_A_NAME.sub("", text)


@cache
def _vocabulary() -> _Vocabulary:
    names: dict[str, Meaning] = {}
    fragments: list[tuple[re.Pattern[str], Field]] = []
    for section, entry in read_vocabulary_toml("headings.toml").items():
        target = None if section in {UNUSED, SEAT} else Field(section)
        how = {UNUSED: "unused", SEAT: "seat"}.get(section, "exact")
        for strength, written in enumerate(entry["headings"]):
            for key in _keys(written):
                names.setdefault(key, Meaning(target, how, strength))
        fragments += [(re.compile(fragment), Field(section)) for fragment in entry.get("fragments", ())]
    for target in Field:  # our own names, as JSON records and our own workbooks have them
        for written in (target.value, target.label):
            names.setdefault(_NOT_A_NAME.sub("", written), Meaning(target, "exact", _OWN_NAME))
    return _Vocabulary(names, tuple(fragments))


def _keys(written: str) -> set[str]:
    """岗位（工种） is met with and without its brackets, and as 岗位工种."""
    text = unicodedata.normalize("NFKC", written).casefold()
    return {key for key in (_NOT_A_NAME.sub("", text), "" if "(" in text else fold(written)) if key} or {text}


@lru_cache(maxsize=8192)
def _listed(heading: str) -> Meaning | None:
    names = _vocabulary().names
    text = unicodedata.normalize("NFKC", heading).casefold()
    return names.get(_NOT_A_NAME.sub("", text)) or names.get(fold(heading))


def is_listed(heading: str) -> bool:
    """Is this, exactly, a heading of the vocabulary? Used to tell a heading row from a row of data."""
    return len(heading) <= LONGEST_HEADING and _listed(heading) is not None


def understand(heading: str, mapping: Mapping[str, Meaning] | None = None) -> Meaning:
    """The meaning of one heading; what the caller's own mapping says comes first."""
    if mapping and (found := mapping.get(heading) or mapping.get(fold(heading))):
        return found
    if len(heading) > LONGEST_HEADING * 2:
        return UNKNOWN
    listed = _listed(heading)
    if listed:
        return listed
    folded = fold(heading)
    for pattern, target in _vocabulary().fragments:
        if pattern.search(folded):
            return Meaning(target, "fragment", 500)
    return UNKNOWN


def own_mapping(mapping: Mapping[str, Field] | None) -> dict[str, Meaning]:
    """A source's mapping "their heading → our field", also found when the heading is written a little differently."""
    meanings: dict[str, Meaning] = {}
    for heading, target in (mapping or {}).items():
        for key in (heading, fold(heading)):
            meanings.setdefault(key, Meaning(Field(target), "mapping"))
    return meanings
