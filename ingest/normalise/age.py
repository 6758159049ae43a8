"""Age asked for (年龄要求).

In: the cell's text, or two cells of their own. Out: `AgeReading` with the widest bounds named.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.normalise.numerals import with_digits
from ingest.normalise.text import fold, is_blank

YOUNGEST, OLDEST = 14, 80
_ANY = re.compile("不限|无要求|不要求|无限制|均可|成年|退休|年轻")
_RANGE = re.compile(r"(\d{2})(?:周岁|岁)?(?:以上|\(含\))?(?:-|至|到|,|、|,至)+(\d{2})(?!\d)")
_UNDER = re.compile(
    r"(?:不超过|小于|低于|<=?|≤)(\d{2})|(\d{2})(?:周岁|岁)?(?:\(含\))?(?:及以下|以下|以内|内|或以下|之下)"
)
_OVER = re.compile(r"(?:年满|满|大于|不低于|>=?|≥)(\d{2})|(\d{2})(?:周岁|岁)?(?:\(含\))?(?:及以上|以上|或以上|起)")
_ONE = re.compile(r"^(\d{2})(?:周岁|岁)?(?:左右)?$")


@dataclass(frozen=True, slots=True)
class AgeReading:
    low: int | None = None
    high: int | None = None
    code: str = ""  # age.unreadable or nothing


@lru_cache(maxsize=8192)
def read_age(text: str) -> AgeReading:
    """18-45岁 → 18, 45; 45岁以下 → None, 45; 男18-50，女18-45 → 18, 50."""
    if is_blank(text):
        return AgeReading()
    folded = with_digits(fold(text))
    spans = [sorted((int(a), int(b))) for a, b in _RANGE.findall(folded)]
    lows = [low for low, _ in spans]
    highs = [high for _, high in spans]
    if not spans:
        lows = [int(a or b) for a, b in _OVER.findall(folded)]
        highs = [int(a or b) for a, b in _UNDER.findall(folded)]
        if not lows and not highs and (one := _ONE.match(folded)):
            lows = highs = [int(one[1])]
    if lows or highs:
        return _checked(min(lows, default=None), max(highs, default=None))
    return AgeReading() if _ANY.search(folded) else AgeReading(code="age.unreadable")


def read_age_bounds(low: str, high: str) -> AgeReading:
    """Lowest and highest age in columns of their own."""
    lowest, highest = (re.search(r"\d{2}", fold(text)) for text in (low, high))
    if lowest is None and highest is None:
        return AgeReading() if is_blank(low) and is_blank(high) else read_age(low or high)
    return _checked(int(lowest[0]) if lowest else None, int(highest[0]) if highest else None)


def _checked(low: int | None, high: int | None) -> AgeReading:
    known = [age for age in (low, high) if age is not None]
    if any(not YOUNGEST <= age <= OLDEST for age in known) or known != sorted(known):
        return AgeReading(code="age.unreadable")
    return AgeReading(low, high)
