"""How people write pay and days: one amount, many wordings.

In: amounts in CNY a month and the name of a style. Out: the text of a cell. To add a wording, add a function to
PAY_STYLES and use its name in data/jobs_*.toml.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


@dataclass(frozen=True, slots=True)
class Pay:
    low: int  # CNY a month
    high: int
    base: int  # the basic wage (底薪) where one is named
    least_hour: int  # never write less than this an hour


def _range(pay: Pay, dice: Random) -> str:
    return dice.choice(["{}-{}", "{}-{}元/月", "{}—{}元", "{}~{}", "{}至{}元"]).format(pay.low, pay.high)


def _hour(pay: Pay, dice: Random) -> str:
    return f"{max(pay.least_hour, round(pay.low / 240))}元/{dice.choice(['小时', '时'])}"


def _hour_total(pay: Pay, dice: Random) -> str:
    return f"{_hour(pay, dice)}，月综合{pay.low}左右"


def _day(pay: Pay, dice: Random) -> str:
    return f"{round(pay.low / 260) * 10}元/天"


def _year(pay: Pay, dice: Random) -> str:
    return f"{round(pay.low * 12 / 10_000)}-{round(pay.high * 12 / 10_000)}万/年"


def _commission(pay: Pay, dice: Random) -> str:
    return f"{round(pay.low * 0.85 / 100) * 100}+提成"


PAY_STYLES: dict[str, Callable[[Pay, Random], str]] = {
    "range": _range,
    "k": lambda pay, dice: f"{pay.low / 1000:g}K-{pay.high / 1000:g}K",
    "k13": lambda pay, dice: f"{pay.low / 1000:g}K-{pay.high / 1000:g}K·13薪",
    "thousand": lambda pay, dice: f"{pay.low / 1000:g}-{pay.high / 1000:g}千" + dice.choice(["", "/月"]),
    "wan": lambda pay, dice: f"{pay.low / 10_000:g}-{pay.high / 10_000:g}万",
    "full_width": lambda pay, dice: f"{pay.low}-{pay.high}".translate(FULL_WIDTH),
    "hour": _hour,
    "hour_part": _hour,  # part time
    "hour_total": _hour_total,
    "day": _day,
    "year": _year,
    "commission": _commission,
    "piece": lambda pay, dice: dice.choice(["计件", "计件工资，多劳多得"]),
    "piece_total": lambda pay, dice: f"底薪{pay.base}+计件，综合{pay.low}-{pay.high}",
    "negotiable": lambda pay, dice: dice.choice(["面议", "薪资面议"]),
}
# Styles that say the whole range by the month: a copy elsewhere may word it differently.
PLAIN_STYLES = frozenset({"range", "k", "thousand", "wan", "full_width"})


def word_day(day: date, dice: Random) -> str:
    """One of the ways a clerk types a day."""
    forms = (
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
    )
    return dice.choice(forms)


def word_openings(openings: int, dice: Random) -> str:
    """20, 20人, 招20人, full-width digits, now and then 若干."""
    if dice.random() < 0.05:
        return "若干"
    text = str(openings)
    return dice.choice([text, text, f"{text}人", f"招{text}人", text.translate(FULL_WIDTH), f"{text}名"])
