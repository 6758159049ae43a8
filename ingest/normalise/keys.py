"""Keys that say two records speak of the same employer, job and place (比对键).

In: names and titles as written. Out: short comparable texts. Titles lose only their dress (急聘, （包吃住）, 5名):
two different jobs must never share a key. Words live in vocabulary/titles.toml.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from config.packaged import read_vocabulary_toml
from exchange.content import Content
from ingest.normalise.text import fold

_BRACKETS = str.maketrans("[]{}<>【】〔〕〖〗「」『』《》", "()" * 9)
_COMPANY_FORMS = (("股份有限责任公司", "股份有限公司"), ("有限责任公司", "有限公司"))
_BRACKETED = re.compile(r"\(([^()]*)\)")
_BETWEEN = re.compile(r"[、,;/+|·.:!。\-~_\s]+")
_TAIL = re.compile(r"[\s/+,、\-]+([^\s/+,、\-]+(?:-\d+\S*)?)$")
_PEOPLE = re.compile(r"[x×*]?(?:招)?\d{1,4}(?:-\d{1,4})?(?:人|名|位)|若干名?|数名|多名")
_PAY = re.compile(
    r"(?:月薪|底薪|综合|日薪|时薪|工资|薪资)?:?\d+(?:\.\d+)?[千万kw]?(?:-\d+(?:\.\d+)?[千万kw]?)?"
    r"(?:元|块)?(?:/(?:月|天|小时|时|年))?(?:以上|起|左右|\+)?"
)
_TRAILING = re.compile(
    r"(?:[、,;/|·\-_\s(]|(?<=[一-鿿a-z)]))[x×*]?(?:招)?"
    r"(?:\d{1,4}(?:-\d{1,4})?(?:人|名|位)|若干(?:名|人)?)\)?$"
)
_MARKS = re.compile(r"(?<!\d)[^\w+#]|[^\w+#](?!\d)|(?<=\d)[^\w+#.\-](?=\d)|_")


@dataclass(frozen=True, slots=True)
class _Dress:
    prefix: re.Pattern[str]
    words: frozenset[str]


@cache
def _dress() -> _Dress:
    words = read_vocabulary_toml("titles.toml")
    prefixes = sorted(words["prefixes"], key=len, reverse=True)
    not_before, recruiting = "|".join(words["not_before"]), "|".join(words["recruiting"])
    # 招 and 急 may begin a word of the job (招商, 急诊); after 聘 the job begins
    bare = "|".join(f"{prefix}(?!{not_before})" if prefix[-1] in "招急" else prefix for prefix in prefixes)
    return _Dress(
        re.compile(f"^(?:{bare}|招聘(?!{recruiting}))[:!、,\\-]*"),
        frozenset(fold(word) for word in words["dress"]),
    )


@lru_cache(maxsize=16384)
def employer_key(name: str) -> str:
    """One key for （） and (), full width, case and spaces, 有限责任公司 and 有限公司."""
    key = fold(name).translate(_BRACKETS)
    for long, short in _COMPANY_FORMS:
        key = key.replace(long, short)
    return key


@lru_cache(maxsize=16384)
def title_key(title: str) -> str:
    """急聘普工（包吃住）5名 and 普工 share a key; 招聘专员 and 专员, C++ and C#, 初级 and 高级 do not."""
    spaced = _spaced(title)
    return _MARKS.sub("", _without_dress(spaced)) or _MARKS.sub("", spaced) or spaced


def bare_title(title: str) -> str:
    """Folded and without its dress; brackets and separators stay."""
    return _without_dress(_spaced(title))


def identity_key(content: Content) -> str:
    """The same employer, job and place: 32 hexadecimal digits. Pay is never part of it."""
    key = "|".join((employer_key(content.employer), title_key(content.title), content.division))
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _spaced(title: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", title).lower().translate(_BRACKETS).split())


def _without_dress(title: str) -> str:
    """Take dress off until nothing more comes off; never take everything."""
    while True:
        bare = _BRACKETED.sub(lambda found: "" if _is_dress(found[1]) else found[0], title).strip()
        bare = _dress().prefix.sub("", bare).strip()
        bare = _TRAILING.sub("", bare).strip()
        tail = _TAIL.search(bare)
        if tail and tail.start() and _is_dress(tail[1]):
            bare = bare[: tail.start()].strip()
        if not bare or bare == title:
            return title
        title = bare


def _is_dress(words: str) -> bool:
    """Whether every word of a bracket is dress, pay or a number of people."""
    pieces = [piece for piece in _BETWEEN.split(words) if piece]
    if _PAY.fullmatch(words.replace(" ", "")) and any(sign.isdigit() for sign in words) and len(words) > 3:
        return True
    known = _dress().words
    return all(piece in known or _PEOPLE.fullmatch(piece) for piece in pieces)
