"""到手估算: what is left of a month's pay after the employee's own insurance and income tax.

In: pay in whole CNY a month. Out: whole CNY a month, rounded to tens, for it is an estimate. Shares and bands live in
config/vocabulary/take_home.toml.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from config.packaged import read_vocabulary_toml
from config.words import EmploymentType
from exchange.content import Content

_ROUNDED_TO = 10


@dataclass(frozen=True, slots=True)
class TakeHome:
    low: int | None
    high: int | None
    insurances: str  # what was taken off, in words


@cache
def _rules() -> dict[str, Any]:
    return read_vocabulary_toml("take_home.toml")


def insurance_share() -> float:
    """The employee's part of all insurances, as a share of the pay."""
    return float(sum(insurance["share"] for insurance in _rules()["insurance"]))


@cache
def _told() -> str:
    return "、".join(f"{insurance['name']} {insurance['share'] * 100:g}%" for insurance in _rules()["insurance"])


def income_tax(taxable: float) -> float:
    """Of what is left after insurance and the free amount; each band is taxed at its own rate."""
    bands = _rules()["tax"]["bands"]
    ends = [*(band["above"] for band in bands[1:]), float("inf")]
    parts = ((max(0.0, min(taxable, end) - band["above"]), band["rate"]) for band, end in zip(bands, ends, strict=True))
    return float(sum(part * rate for part, rate in parts))


def after_deductions(pay: int) -> int:
    insured = pay * (1 - insurance_share())
    left = insured - income_tax(insured - _rules()["tax"]["free"])
    return round(left / _ROUNDED_TO) * _ROUNDED_TO


def take_home(content: Content) -> TakeHome | None:
    """None where pay is not known, and for work that is not full time: what is paid for it differs too much."""
    salary = content.salary
    if content.employment_type != EmploymentType.FULL_TIME or (salary.min is None and salary.max is None):
        return None
    low, high = (None if pay is None else after_deductions(pay) for pay in (salary.min, salary.max))
    return TakeHome(low, high, _told())
