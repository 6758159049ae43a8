"""Experience asked for (经验要求), in whole years.

In: the cell's text. Out: `YearsReading` with lowest and highest years; None where none is asked.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.normalise.numerals import with_digits
from ingest.normalise.text import fold, is_blank

LONGEST = 50
_ANY = re.compile(
    "不限|无需|不需|不要求|无要求|无经验|没有经验|无工作经验|不用|均可|皆可|都可|可带|可教|包教|包学|应届|在校|实习|学徒|优先|毕业生|新手|零经验|0经验|培训"
)
_ASKED = re.compile("经验|经历|熟手|熟练|熟悉|从业|相关工作")
_RANGE = re.compile(r"(\d+)年?(?:-|至|到)(\d+)(?:年|$|/)")
_MONTHS = re.compile(r"(\d+)个?月|半年")
_UP_TO = re.compile(r"(\d+)年?(?:\(含\))?(?:及以下|以下|以内|内)")
_FROM = re.compile(r"(?:满|至少|不少于|>=|≥)?(\d+)(?:年|$)")


@dataclass(frozen=True, slots=True)
class YearsReading:
    low: int | None = None
    high: int | None = None
    code: str = ""  # experience.unreadable or nothing


@lru_cache(maxsize=8192)
def read_experience(text: str) -> YearsReading:
    """3-5年 → 3, 5; 3年以上 → 3, None; 1年以下 → 0, 1; 不限 → None, None."""
    if is_blank(text):
        return YearsReading()
    folded = with_digits(fold(text))
    for read in (_read_range, _read_single):
        years = read(folded)
        if years is not None:
            return years
    if _ANY.search(folded) or _ASKED.search(folded):
        return YearsReading()
    return YearsReading(code="experience.unreadable")


def _read_range(folded: str) -> YearsReading | None:
    span = _RANGE.search(folded)
    if span is None:
        return None
    low, high = sorted((int(span[1]), int(span[2])))
    if low == 0 and high >= 99:  # 0-99 is how one site writes 不限
        return YearsReading()
    return YearsReading(low, high) if high <= LONGEST else YearsReading(code="experience.unreadable")


def _read_single(folded: str) -> YearsReading | None:
    if up_to := _UP_TO.search(folded):
        return YearsReading(0, int(up_to[1])) if int(up_to[1]) <= LONGEST else None
    if months := _MONTHS.search(folded):
        return YearsReading(int(months[1] or 6) // 12, None)
    if asked := _FROM.search(folded):
        years = int(asked[1])
        if years > LONGEST:
            return None
        return YearsReading(years, None) if years else YearsReading()
    return None
