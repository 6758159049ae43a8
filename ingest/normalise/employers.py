"""The employer (用人单位): kept as written; names that hide who it is are refused.

In: the cell's text. Out: `EmployerReading`. Words for anonymity live in vocabulary/employer.toml.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from config.packaged import read_vocabulary_toml
from ingest.normalise.text import fold, is_blank, squeeze

_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")


@dataclass(frozen=True, slots=True)
class EmployerReading:
    employer: str
    code: str = ""  # employer.missing, employer.anonymous or nothing


@cache
def _anonymous() -> re.Pattern[str]:
    return re.compile("|".join(read_vocabulary_toml("employer.toml")["anonymous"]))


@lru_cache(maxsize=8192)
def read_employer(text: str) -> EmployerReading:
    employer = squeeze(text)
    if is_blank(employer):
        return EmployerReading("", "employer.missing")
    if _anonymous().search(fold(employer)):
        return EmployerReading(employer, "employer.anonymous")
    return EmployerReading(employer)


def read_credit_code(text: str) -> str:
    """The unified social credit code (统一社会信用代码), or "" when the cell holds no such code."""
    folded = fold(text).upper()
    return folded if _CREDIT_CODE.fullmatch(folded) else ""
