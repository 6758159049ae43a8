"""到手估算: by hand reckoned examples, and what always holds."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.words import EmploymentType
from exchange.take_home import after_deductions, income_tax, insurance_share, take_home


@pytest.mark.parametrize(
    ("taxable", "tax"), [(-200, 0), (0, 0), (3000, 90), (5000, 290), (12000, 990), (25000, 3590), (100000, 29840)]
)
def test_tax_by_the_table_of_the_law(taxable: float, tax: float) -> None:
    assert income_tax(taxable) == pytest.approx(tax)


@pytest.mark.parametrize(
    ("pay", "left"),
    [
        (5000, 4490),  # 5000 × 0.898 = 4490, no tax
        (6500, 5810),  # 5837 − 3 % of 837
        (10000, 8790),  # 8980 − (90 + 10 % of 980)
    ],
)
def test_what_is_left(pay: int, left: int) -> None:
    assert insurance_share() == pytest.approx(0.102)
    assert after_deductions(pay) == left


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_more_pay_never_leaves_less(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert after_deductions(low) <= after_deductions(high)
    assert after_deductions(low) <= low + 5


def _content(low: int | None, high: int | None, kind: EmploymentType = EmploymentType.FULL_TIME) -> Any:
    return SimpleNamespace(employment_type=kind, salary=SimpleNamespace(min=low, max=high))


def test_only_known_pay_of_full_time_work_is_estimated() -> None:
    assert take_home(_content(None, None)) is None
    assert take_home(_content(5000, 6500, EmploymentType.PART_TIME)) is None
    both = take_home(_content(5000, 6500))
    assert both is not None
    assert (both.low, both.high) == (4490, 5810)
    assert both.insurances == "养老 8%、医疗 2%、失业 0.2%"
    one = take_home(_content(5000, None))
    assert one is not None
    assert (one.low, one.high) == (4490, None)
