"""Job titles compared: the same, another spelling, or another name of the same trade.

In: titles as written. Out: `TitleName`, whose three texts are equal for ever looser readings. 普工 and 操作工 share
a family, no more; PE工程师 and IE工程师, 白班 and 夜班, 主管 and 组长 share nothing. Words: vocabulary/duplicates.toml.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.duplicates.rules import rules
from ingest.normalise.keys import bare_title, title_key

_SEPARATORS = re.compile(r"[/、,;&|]|(?<![a-z+])\+|或")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_MARKS = re.compile(r"[^\w#+]+")
_LEAST_REORDERED = 4  # 人事行政 and 行政人事; shorter titles keep their order


@dataclass(frozen=True, slots=True)
class TitleName:
    key: str
    wording: str
    family: str


@cache
def _wordings() -> dict[str, str]:
    return {word: group[0] for group in rules().titles["wordings"] for word in group}


@cache
def _families() -> dict[str, str]:
    return {_wordings().get(word, word): group[0] for group in rules().titles["families"] for word in group}


@lru_cache(maxsize=16384)
def title_name(title: str) -> TitleName:
    parts = [_wordings().get(part, part) for part in _parts(bare_title(title))]
    wording = "|".join(sorted({_reordered(part) for part in parts}))
    family = "|".join(sorted({_family(part) for part in parts}))
    return TitleName(title_key(title), wording, family)


def _parts(title: str) -> list[str]:
    """焊工/电工 is two parts; what stands in brackets goes before them: 业务员（外贸） is 外贸业务员."""
    inside = "".join(_SEPARATORS.sub("", found) for found in _BRACKETED.findall(title))
    whole = inside + _BRACKETED.sub("", title)
    parts = [_MARKS.sub("", part) for part in _SEPARATORS.split(whole)]
    return [part for part in parts if part] or [title]


def _reordered(part: str) -> str:
    return "".join(sorted(part)) if len(part) >= _LEAST_REORDERED else part


def _family(part: str) -> str:
    """The trade's name; 包装员 and 包装工, 操作人员 and 操作员 are one."""
    found = _families().get(part)
    if found is not None:
        return found
    ending = next((word for word in ("人员", "员", "工") if part.endswith(word) and len(part) > len(word) + 1), "")
    return _reordered(part.removesuffix(ending) + "工" if ending else part)


def compare_titles(one: TitleName, other: TitleName) -> str:
    """A level of points.title, "" when they are two jobs."""
    if one.key == other.key:
        return "same"
    if one.wording == other.wording:
        return "reworded"
    return "alike" if one.family == other.family else ""
