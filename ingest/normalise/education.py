"""Education asked for (学历要求), as the lowest accepted level.

In: the cell's text, words or a GB/T 4658 code. Out: `EducationReading`. Words live in vocabulary/education.toml.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from config.packaged import read_vocabulary_toml
from config.words import Education
from ingest.normalise.text import fold, is_blank


@dataclass(frozen=True, slots=True)
class EducationReading:
    education: Education
    code: str = ""  # education.unreadable or nothing


@dataclass(frozen=True, slots=True)
class _Words:
    unlimited: re.Pattern[str]
    preferred: re.Pattern[str]
    levels: tuple[tuple[Education, re.Pattern[str]], ...]
    codes: dict[str, Education]


@cache
def _words() -> _Words:
    words = read_vocabulary_toml("education.toml")
    levels = [(Education(level["name"]), level) for level in words["level"]]
    return _Words(
        re.compile("|".join([*words["unlimited"], words["upper_limit"]])),
        re.compile(words["preferred"]),
        tuple((education, re.compile("|".join(level["words"]))) for education, level in levels),
        {code: education for education, level in levels for code in level["codes"]},
    )


@lru_cache(maxsize=8192)
def read_education(text: str) -> EducationReading:
    """大专及以上 → college; 高中/中专 → senior_high; 初中及以下 and a blank → unlimited."""
    if is_blank(text):
        return EducationReading(Education.UNLIMITED)
    words = _words()
    folded = fold(text)
    if folded in words.codes:
        return EducationReading(words.codes[folded])
    asked = words.preferred.sub("", folded)
    if words.unlimited.search(folded) or not asked:
        return EducationReading(Education.UNLIMITED)
    for education, pattern in words.levels:
        if pattern.search(asked):
            return EducationReading(education)
    preferred_only = asked != folded
    return EducationReading(Education.UNLIMITED, "" if preferred_only else "education.unreadable")
