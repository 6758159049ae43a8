"""Number of people wanted (招聘人数).

In: the cell's text. Out: `OpeningsReading`: a number, or None with a code or a word such as 若干.
Two numbers of a range give the lower (5-8人 is 5); numbers by sex are added (男女各5名 is 10).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.normalise.numerals import with_digits
from ingest.normalise.text import fold, is_blank

LARGEST = 10_000
_SOME = re.compile("若干|数名|数人|多名|多人|几名|几人|不限|长期招|大量|批量|储备|不等")
_EACH = re.compile(r"(男女|男、女|男/女|男,女)各(?:招)?(\d+)")
_BY_SEX = re.compile(r"(?:男|女)(?:性|生|工|士)?:?(\d+)")
_NUMBER = re.compile(r"(?<![\d.])(\d+)(?:\.0+)?(?!\.?\d)")
_RANGE = re.compile(r"(\d+)(?:人|名|位|个)?(?:-|至|到)(\d+)")


@dataclass(frozen=True, slots=True)
class OpeningsReading:
    openings: int | None
    code: str = ""  # openings.missing, openings.unreadable or nothing


def is_some(text: str) -> bool:
    """Whether the text says "several" (若干) without a number: such a posting counts, with 0 openings."""
    folded = with_digits(fold(text))
    return bool(_SOME.search(folded)) and not _NUMBER.search(folded)


@lru_cache(maxsize=8192)
def read_openings(text: str) -> OpeningsReading:
    if is_blank(text):
        return OpeningsReading(None, "openings.missing")
    folded = with_digits(fold(text).replace(",", ""))
    number = _count(folded)
    if number is not None and 0 < number <= LARGEST:
        return OpeningsReading(number)
    if number is None and _SOME.search(folded):
        return OpeningsReading(None)
    return OpeningsReading(None, "openings.unreadable")


def _count(folded: str) -> int | None:
    if each := _EACH.search(folded):
        return 2 * int(each[2])
    by_sex = _BY_SEX.findall(folded)
    if len(by_sex) > 1:
        return sum(int(number) for number in by_sex)
    if span := _RANGE.search(folded):
        return min(int(span[1]), int(span[2])) or int(span[2])
    numbers = _NUMBER.findall(folded)
    return int(numbers[0]) if len(numbers) == 1 or (numbers and "+" in folded) else None
