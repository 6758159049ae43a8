"""Pay as offices write it becomes whole CNY a month, or is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.words import SalaryPeriod
from ingest.normalise.pay import read_salary, read_salary_bounds

MONTHLY = [
    ("5000-7000", 5000, 7000),
    ("5000-7000元/月", 5000, 7000),
    ("5200~6800元", 5200, 6800),
    ("5600~7200", 5600, 7200),
    ("5200—6800", 5200, 6800),
    ("5200至6800元", 5200, 6800),
    ("５０００－７０００", 5000, 7000),
    ("5,000-6,500", 5000, 6500),
    ("5000元-8000元/月", 5000, 8000),
    ("4000元/月至6000元/月", 4000, 6000),
    ("￥5000-6000", 5000, 6000),
    ("4500-6000元/月，包吃住", 4500, 6000),
    ("月薪：4800", 4800, 4800),
    ("4500", 4500, 4500),
    ("5500.0", 5500, 5500),
    ("8000（税前）", 8000, 8000),
    ("5000元（含全勤奖200元）", 5000, 5000),
    ("月薪5千左右", 5000, 5000),
    ("6-9千", 6000, 9000),
    ("4-8千/月", 4000, 8000),
    ("6千-1万", 6000, 10000),
    ("5000-1万", 5000, 10000),
    ("1.1-1.5万", 11000, 15000),
    ("0.4-1万/月", 4000, 10000),
    ("1.5万-2万元/月", 15000, 20000),
    ("1w-1.5w", 10000, 15000),
    ("15k-25k", 15000, 25000),
    ("25-35K", 25000, 35000),
    ("五千到八千", 5000, 8000),
    ("一万二", 12000, 12000),
    ("4500元起", 4500, None),
    ("3.5K起", 3500, None),
    ("15k以上", 15000, None),
    ("4500元及以上", 4500, None),
    ("4500+提成", 4500, None),
    ("3000元+计件", 3000, None),
    ("底薪3000+提成", 3000, None),
    ("保底4500", 4500, None),
    ("不低于5000元", 5000, None),
    ("3千及以下", None, 3000),
    ("4500元以内", None, 4500),
    ("最高8000", None, 8000),
    ("底薪3000+计件，综合5000-7000", 5000, 7000),
    ("17元/小时，月综合5500左右", 5500, 5500),
    ("底薪2080+加班费+全勤，综合4500-6000元", 4500, 6000),
    ("综合工资5000-7000元", 5000, 7000),
    ("5000-7000综合", 5000, 7000),
    ("8000-5000", 5000, 8000),
    ("8小时5000", 5000, 5000),
    ("6000元/月，每月休4天", 6000, 6000),
    ("5000元/26天", 5000, 5000),
    ("计件工资5000-8000", 5000, 8000),
    ("面议，5000起", 5000, None),
    ("月薪6000，日结", 6000, 6000),
]
CONVERTED = [
    ("20元/小时", 3480, 3480, "hour"),
    ("25-30元/时", 4350, 5220, "hour"),
    ("18元/H", 3132, 3132, "hour"),
    ("210元/天", 4568, 4568, "day"),
    ("250-400元/天", 5438, 8700, "day"),
    ("150元一天", 3263, 3263, "day"),
    ("日结200元", 4350, 4350, "day"),
    ("1.5千/天", 32625, 32625, "day"),
    ("1000-8000元/周", 4333, 34667, "week"),
    ("15-20万/年", 12500, 16667, "year"),
    ("年薪10万以上", 8333, None, "year"),
    ("3万及以下/年", None, 2500, "year"),
]


@pytest.mark.parametrize(("text", "low", "high"), MONTHLY)
def test_monthly_pay(text, low, high):
    salary = read_salary(text).salary
    assert (salary.min, salary.max, salary.period) == (low, high, SalaryPeriod.MONTH)
    assert salary.text == text
    assert not salary.is_converted


@pytest.mark.parametrize(("text", "low", "high", "period"), CONVERTED)
def test_pay_of_other_periods_is_converted_and_rounded_half_up(text, low, high, period):
    salary = read_salary(text).salary
    assert (salary.min, salary.max, salary.period.value) == (low, high, period)
    assert salary.is_converted


def test_original_amounts_are_kept_in_their_period():
    salary = read_salary("25-30元/时").salary
    assert (salary.original_min, salary.original_max) == (25, 30)
    assert read_salary("1.1-1.5万").salary.original_max == 15000


@pytest.mark.parametrize(
    ("text", "months"), [("20-30K·15薪", 15), ("1.2-1.5万·13薪", 13), ("8k*14薪", 14), ("5000-7000", None)]
)
def test_months_do_not_change_the_monthly_figure(text, months):
    assert read_salary(text).salary.months == months
    assert read_salary("20-30K·15薪").salary.min == 20000


@pytest.mark.parametrize("text", ["面议", "薪资面议", "待遇面议", "工资面谈", "面试时详谈"])
def test_negotiable(text):
    reading = read_salary(text)
    assert reading.salary.negotiable
    assert reading.code == ""


@pytest.mark.parametrize("text", ["计件", "提成", "按件计酬", "多劳多得", "计件工资"])
def test_piece_without_a_number(text):
    salary = read_salary(text).salary
    assert (salary.period, salary.min, salary.negotiable) == (SalaryPeriod.PIECE, None, False)


def test_piece_with_a_rate_keeps_the_rate():
    salary = read_salary("30元/件").salary
    assert (salary.period, salary.original_min, salary.min) == (SalaryPeriod.PIECE, 30, None)


@pytest.mark.parametrize("text", ["", " ", "—", "——", "/", "无", "Unknown", "N/A"])
def test_blank_pay_is_missing(text):
    reading = read_salary(text)
    assert reading.code == "salary.missing"
    assert reading.salary is not None


@pytest.mark.parametrize(
    "text",
    ["见附件", "abc", "￥￥￥", "0", "2026年", "2026-03-05", "13812345678", "9999999999", "15000-200", "20元", "5-8"],
)
def test_pay_that_is_no_pay_is_unreadable(text):
    reading = read_salary(text)
    assert reading.code == "salary.unreadable"
    assert reading.salary is None


@pytest.mark.parametrize(
    ("text", "heading", "low"),
    [
        ("5-8", "薪资(千元)", 5000),
        ("12", "年薪（万元）", 10000),
        ("8", "薪资(万元/年)", 6667),
        ("200", "日薪(元/天)", 4350),
        ("20", "薪资（元/小时）", 3480),
        ("5000", "薪资待遇(元/月)", 5000),
        ("200元/天", "薪资待遇(元/月)", 4350),
    ],
)
def test_the_heading_gives_bare_numbers_their_unit(text, heading, low):
    assert read_salary(text, heading).salary.min == low


def test_lowest_and_highest_pay_in_two_columns():
    both = read_salary_bounds("5000", "7000").salary
    assert (both.min, both.max) == (5000, 7000)
    low = read_salary_bounds("5000", "").salary
    assert (low.min, low.max) == (5000, None)
    high = read_salary_bounds("", "7000").salary
    assert (high.min, high.max) == (None, 7000)
    assert read_salary_bounds("面议", "面议").salary.negotiable


@given(st.integers(300, 90_000), st.integers(300, 90_000), st.sampled_from("-~—－至到"))
def test_a_range_never_comes_out_upside_down(first, second, dash):
    salary = read_salary(f"{first}{dash}{second}").salary
    assert salary is None or salary.min <= salary.max


@given(st.integers(20, 400), st.integers(1, 100))
def test_more_an_hour_is_more_a_month(rate, more):
    assert read_salary(f"{rate}元/小时").salary.min < read_salary(f"{rate + more}元/小时").salary.min
