"""Pay against the minimum wage (最低工资标准) of the city and the day.

In: a posting's content and the local day. Out: a warning, or nothing. Monthly, yearly, weekly and daily pay of
full-time work is held against the monthly figure, hourly pay against the hourly one (minimum_wage.csv).
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from config.divisions import division
from config.packaged import read_table
from config.words import EmploymentType, SalaryPeriod, Severity
from exchange.content import Content, Problem
from ingest.fields import Field

_NO_WAGE = {SalaryPeriod.PIECE, SalaryPeriod.UNKNOWN}


@dataclass(frozen=True, slots=True)
class MinimumWage:
    city: str
    since: date
    monthly: int
    hourly: float
    confirmed: bool


@cache
def _wages() -> tuple[MinimumWage, ...]:
    rows = read_table("minimum_wage.csv")
    wages = (
        MinimumWage(
            city=row["city"],
            since=date.fromisoformat(row["effective_from"]),
            monthly=int(row["monthly"]),
            hourly=float(row["hourly"]),
            confirmed=row["status"] == "read",
        )
        for row in rows
    )
    return tuple(sorted(wages, key=lambda wage: wage.since, reverse=True))


def minimum_wage(city: str, day: date) -> MinimumWage | None:
    """The wage in force in a city (441900, 440200) on a day; None before the first one known."""
    return next((wage for wage in _wages() if wage.city == city and wage.since <= day), None)


def below_minimum(content: Content, today: date) -> Problem | None:
    salary = content.salary
    if salary.period in _NO_WAGE:
        return None
    workplace = division(content.division)
    wage = minimum_wage(workplace.parent or workplace.code, today)
    if wage is None:
        return None
    if salary.period is SalaryPeriod.HOUR:
        offered, least, unit = salary.original_min or salary.original_max, wage.hourly, "元/小时"
    elif content.employment_type is EmploymentType.FULL_TIME:
        offered, least, unit = salary.min or salary.max, wage.monthly, "元/月"
    else:
        return None
    if offered is None or offered >= least:
        return None
    doubt = "" if wage.confirmed else "（该标准待核实）"
    message = (
        f"薪资“{salary.text}”低于当地最低工资标准{least:g}{unit}{doubt}，岗位照常发布。"
        "请与单位核实，改成不低于最低工资的金额。"
    )
    return Problem("salary.below_minimum", Severity.WARNING, message, salary.text, Field.SALARY.value)
