"""Employers' names taken apart: what distinguishes a company (字号), and where and in which form it is registered.

In: a name as written. Out: `EmployerName`. 东莞市华盛电子有限公司, 华盛电子（东莞）有限公司 and 华盛电子 share a core;
华盛电子 and 华盛五金 do not. Words live in vocabulary/duplicates.toml.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from config.divisions import all_divisions
from ingest.duplicates.rules import rules
from ingest.normalise.keys import employer_key
from ingest.normalise.text import fold

_SHORTEST_CORE = 2
_SHORTEST_CLOSE = 4  # characters of a name that may be a slip of the pen of another


@dataclass(frozen=True, slots=True)
class EmployerName:
    key: str
    core: str
    region: str  # 东莞, 韶关 or ""
    is_agency: bool


@dataclass(frozen=True, slots=True)
class _Patterns:
    region: re.Pattern[str]
    bracket: re.Pattern[str]
    branch: re.Pattern[str]
    form: re.Pattern[str]
    trade: re.Pattern[str]
    agency: re.Pattern[str]
    client: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = rules().employers
    towns = [division for division in all_divisions() if division.kind != "city"]
    full = "|".join(sorted({town.name for town in towns}, key=len, reverse=True))
    short = "|".join(sorted({town.short_name for town in towns}, key=len, reverse=True))
    city = "(?:广东省?)?(?:东莞市?|韶关市?)"
    region = f"(?:{city}(?:{full}|{short})?|广东省?|{full})"
    bracketed = "|".join(words["brackets"])
    return _Patterns(
        region=re.compile(f"^{region}(?=..)"),
        bracket=re.compile(rf"\((?:{region}|{bracketed}|{short})\)"),
        branch=re.compile(rf"(?<=公司)(?:{region}|{short})(?:分公司|分店|分厂|营业部)$"),
        form=re.compile(f"(?:{'|'.join(words['forms'])})$"),
        trade=re.compile(f"(?:{'|'.join(words['trades'])})+"),
        agency=re.compile("|".join(words["agencies"])),
        client=re.compile(f"{words['clients']}([^,，。;；:：、\\s]{{2,24}}?(?:公司|集团|厂))"),
    )


@lru_cache(maxsize=16384)
def employer_name(name: str) -> EmployerName:
    key = employer_key(name)
    region = "东莞" if "东莞" in key else "韶关" if "韶关" in key else ""
    return EmployerName(key, _core(key), region, bool(_patterns().agency.search(key)))


def _core(key: str) -> str:
    patterns = _patterns()
    core = patterns.branch.sub("", patterns.bracket.sub("", key))
    core = patterns.form.sub("", patterns.region.sub("", core))
    return core if len(core) >= _SHORTEST_CORE and not patterns.trade.fullmatch(core) else key


@lru_cache(maxsize=16384)
def client_core(text: str) -> str:
    """The employer that an agency's text names (用工单位：…有限公司), as a core; "" when it names none."""
    found = _patterns().client.search(fold(text))
    return employer_name(found[1]).core if found else ""


def is_close(one: EmployerName, other: EmployerName) -> bool:
    """One slip of the pen apart, or one name a shorter form of the other."""
    short, long = sorted((one.core, other.core), key=len)
    if len(short) < _SHORTEST_CLOSE:
        return False
    return short in long or Levenshtein.distance(short, long, score_cutoff=1) <= 1


def may_be_one(one: EmployerName, other: EmployerName) -> bool:
    """Whether two rows that agree in title, place and pay are worth a look at their texts."""
    return one.core == other.core or one.is_agency or other.is_agency or is_close(one, other)
