"""Benefits (福利待遇) as the canonical names of the shared vocabulary.

In: the texts that may name benefits. Out: names in the order found; short words of the benefits cell that the
vocabulary does not know are kept as written. Names and synonyms live in vocabulary/benefits.toml.
"""

import re
from functools import cache, lru_cache

from config.packaged import read_vocabulary_toml
from ingest.normalise.text import fold, is_blank, squeeze

MOST = 20
LONGEST_OWN_WORD = 10
_NEGATED = "(?P<denied>不提供|不含|不需要|不包含|没有|暂无|不|无|非)?"
_PIECES = re.compile(r"[、,，;；。|/\s\[\]'\"“”‘’·+]+")
_NO_BENEFIT = re.compile(
    r"\d+年|经验|学历|本科|大专|硕士|博士|中专|高中|初中|应届|在校"
    r"|不提供|不包|\d{5}|没有|不含|^[无不]|自[理费备]|联系|[*?]"
)


@cache
def _names() -> dict[str, str]:
    """Folded name or synonym to the canonical name."""
    names: dict[str, str] = {}
    for benefit in read_vocabulary_toml("benefits.toml")["benefit"]:
        for word in (benefit["name"], *benefit.get("synonyms", [])):
            names.setdefault(fold(word), benefit["name"])
    return names


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_names(), key=lambda word: (-len(word), word))
    return re.compile(f"{_NEGATED}({'|'.join(re.escape(word) for word in words)})")


@lru_cache(maxsize=8192)
def known_benefits(text: str) -> tuple[str, ...]:
    """The benefits of the vocabulary that a text names, each once. 不包吃住 names none."""
    names = _names()
    found = _pattern().finditer(fold(text))
    return tuple(dict.fromkeys(names[benefit[2]] for benefit in found if not benefit["denied"]))


@lru_cache(maxsize=8192)
def read_benefits(text: str) -> tuple[str, ...]:
    """The benefits cell: known ones by name, other short words as written."""
    if is_blank(text):
        return ()
    benefits: dict[str, None] = {}
    for piece in _PIECES.split(text):
        if is_blank(piece):
            continue
        known = known_benefits(piece)
        benefits.update(dict.fromkeys(known))
        if not known and 1 < len(piece) <= LONGEST_OWN_WORD and not _NO_BENEFIT.search(piece):
            benefits[squeeze(piece)] = None
    return tuple(benefits)[:MOST]
