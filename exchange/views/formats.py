"""How figures, days and pay are written on pages: 3月12日（周四）, 5,000–6,500 元/月, 招 30 人.

In: values. Out: Chinese text with thousands separators, en dashes and a thin space before units. Registered as
template filters under the functions' names.
"""

from datetime import date, datetime
from enum import StrEnum

from flask import Flask

from config.divisions import division
from config.words import City, Direction, Education, EmploymentType, SalaryPeriod, label
from exchange.clock import LOCAL, local_day
from exchange.content import Content, Salary
from exchange.credits import SOME
from exchange.views.current import today

THIN = "\u2009"
_WEEKDAYS = "一二三四五六日"
_LISTS: tuple[type[StrEnum], ...] = (City, Direction, Education, EmploymentType)


def number(value: int | None) -> str:
    return "—" if value is None else f"{value:,}"


def unit(value: int | None, word: str) -> str:
    """`1,234 个` with a thin space."""
    return f"{number(value)}{THIN}{word}"


def day(value: date) -> str:
    year = "" if value.year == today().year else f"{value.year}年"
    return f"{year}{value.month}月{value.day}日（周{_WEEKDAYS[value.weekday()]}）"


def moment(value: datetime) -> str:
    local = value.astimezone(LOCAL)
    return f"{day(local_day(value))}{local:%H:%M}"


def days_ago(value: date) -> str:
    days = (today() - value).days
    return {0: "今天", 1: "昨天"}.get(days, f"{days}{THIN}天前") if days >= 0 else day(value)


def amounts(low: int | None, high: int | None) -> str:
    """`5,000–6,500 元/月`; one end alone says 起 or 以内."""
    if low is not None and high is not None:
        return f"{low:,}{THIN}元/月" if low == high else f"{low:,}–{high:,}{THIN}元/月"
    if low is not None:
        return f"{low:,}{THIN}元/月起"
    return f"{high:,}{THIN}元/月以内" if high is not None else ""


def pay(salary: Salary) -> str:
    """The headline of a posting's pay. Converted pay says so (折算)."""
    figure = amounts(salary.min, salary.max)
    if figure:
        months = f" · {salary.months}{THIN}薪" if salary.months else ""
        return f"{'折算 ' if salary.is_converted else ''}{figure}{months}"
    if salary.negotiable:
        return "面议"
    return "计件" if salary.period is SalaryPeriod.PIECE else "薪资未写明"


def pay_as_written(salary: Salary) -> str:
    """The source's own words, where the headline does not already say the same."""
    said = pay(salary).replace(",", "").replace(THIN, "")
    written = salary.text.replace(",", "").replace(" ", "")
    return salary.text if written and written not in said and written.replace("-", "–") not in said else ""


def openings(content: Content) -> str:
    if content.openings is not None:
        return f"招{THIN}{number(content.openings)}{THIN}人"
    return "招若干人" if any(word in content.openings_text for word in SOME) else "人数未写明"


def experience(content: Content) -> str:
    low, high = content.experience_min, content.experience_max
    if not low:
        return "经验不限" if not high else f"{high}{THIN}年以内经验"
    return f"{low}–{high}{THIN}年经验" if high and high != low else f"{low}{THIN}年以上经验"


def age(content: Content) -> str:
    low, high = content.age_min, content.age_max
    if low and high:
        return f"{low}–{high}{THIN}岁"
    return f"{low}{THIN}岁以上" if low else f"{high}{THIN}岁以下" if high else ""


def place(code: str) -> str:
    """东莞·长安镇; the city alone where no more is known."""
    found = division(code)
    return found.name if found.kind == "city" else f"{label(found.city)}·{found.name}"


def word(value: str) -> str:
    """The Chinese word for a value of one of the closed lists."""
    for words in _LISTS:
        if value in set(words):
            return label(words(value))
    return value


def register_formats(app: Flask) -> None:
    for written in (number, unit, day, moment, days_ago, pay, pay_as_written, openings, experience, age, word):
        app.add_template_filter(written)
    app.add_template_global(place)
    app.add_template_global(amounts)
