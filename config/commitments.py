"""任务: what the plan promises, as values, and the reading of commitments.toml.

In: text of commitments.toml. Out: frozen `Commitment`s, one for each year, and the `Thresholds` of their standing.
They are seeds: once loaded, the ledger's events rule. A new way of counting is a member of `CountedBy` and its
counter in exchange.store.amounts. A fault is a ConfigurationError of one line.
"""

from calendar import isleap, monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from config.toml_records import Record, read_toml, tables
from config.words import Direction

UNITS: Mapping[str, str] = {"postings": "条", "fairs": "场", "meetings": "次", "reports": "份", "yuan": "元"}
FIVE = ("team", "three_year_plan", "year_plan", "task_list")  # 五有; the fifth is due_on
COMMITMENT_KEYS = (
    "code", "name", "counted_by", "scope", "direction", "unit", "goals", "pace", "count_carried", "origin",
    "assumed_years", "lead", "responsible", *FIVE, "due", "cluster_goals",
)  # fmt: skip


class Pace(StrEnum):
    """进度: how a year's goal is spread over it."""

    EVEN = "even"
    MONTHLY = "monthly"
    LAST_YEAR = "last_year"

    @property
    def label(self) -> str:
        return {"even": "全年均匀", "monthly": "按月比例", "last_year": "按上年进度"}[self.value]


class CountedBy(StrEnum):
    """What a commitment is counted from."""

    POSTINGS = "postings"  # credits of the ledger
    FAIRS = "fairs"
    MEETINGS = "meetings"
    REPORTS = "reports"
    RECORDED = "recorded"  # figures that people record with evidence

    @property
    def label(self) -> str:
        return {
            "postings": "岗位计数凭证", "fairs": "供需对接会", "meetings": "联席会议", "reports": "组团季度报告",
            "recorded": "人工登记",
        }[self.value]  # fmt: skip


class Scope(StrEnum):
    """Whom the goal binds: both cities together, or each cluster or town for itself."""

    ALL = "all"
    CLUSTER = "cluster"
    TOWN = "town"

    @property
    def label(self) -> str:
        return {"all": "两市合计", "cluster": "每个组团", "town": "每个镇街"}[self.value]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Percentage points of the goal before or after the pace, from which a commitment is ahead or behind."""

    ahead: float = 2.0
    behind: float = 2.0


@dataclass(frozen=True, slots=True)
class Commitment:
    """任务 of one year: a goal in `unit`, of all together or of each member of its scope."""

    code: str
    name: str
    direction: Direction | None  # None where postings are not what is counted
    unit: str
    goal: int
    year: int
    pace: Pace = Pace.EVEN
    count_carried: bool = False
    monthly_shares: tuple[float, ...] = ()  # twelve, in percent, with Pace.MONTHLY
    origin: str = ""
    assumed: bool = False  # the plan does not cover this year: the office set the goal
    counted_by: CountedBy = CountedBy.POSTINGS
    scope: Scope = Scope.ALL
    lead: str = ""  # 牵头单位
    responsible: str = ""  # 责任单位
    team: str = ""  # 五有: 专门对接小组
    three_year_plan: str = ""
    year_plan: str = ""
    task_list: str = ""
    due_on: date | None = None  # None: the last day of its year
    cluster_goals: Mapping[str, int] = field(default_factory=dict)  # optional goals of clusters, by code

    @property
    def due(self) -> date:
        return self.due_on or date(self.year, 12, 31)

    @property
    def unit_label(self) -> str:
        return UNITS[self.unit]

    @property
    def is_by_postings(self) -> bool:
        return self.counted_by is CountedBy.POSTINGS

    def share_by(self, day: date) -> float:
        """Part of the goal, 0 to 1, that is due by the end of this local day. `LAST_YEAR` needs figures of that
        year (exchange.paces) and is even here."""
        if day.year != self.year:
            return 1.0 if day.year > self.year else 0.0
        if self.pace is not Pace.MONTHLY:
            return day.timetuple().tm_yday / (366 if isleap(self.year) else 365)
        full_months = sum(self.monthly_shares[: day.month - 1])
        this_month = self.monthly_shares[day.month - 1] * day.day / monthrange(day.year, day.month)[1]
        return (full_months + this_month) / 100

    def expected_by(self, day: date) -> int:
        """How much of the goal should be done by the end of this local day."""
        return round(self.goal * self.share_by(day))


def parse_commitments(text: str, origin: str) -> tuple[Commitment, ...]:
    """One `Commitment` for each commitment and year, by code, then year."""
    file = _read(text, origin)
    return tuple(commitment for record in tables(file, "commitment") for commitment in _years(record))


def parse_thresholds(text: str, origin: str) -> Thresholds:
    values = _read(text, origin).values.get("standing", {})
    record = Record(f"{origin} [standing]", values if isinstance(values, dict) else {"": values})
    record.allow_only(("ahead", "behind"))
    for name, points in record.values.items():
        if isinstance(points, bool) or not isinstance(points, (int, float)) or not 0 <= points <= 100:
            record.fail(f"{name} 应为 0 到 100 的百分点")
    return Thresholds(**{name: float(points) for name, points in record.values.items()})


def _read(text: str, origin: str) -> Record:
    file = read_toml(text, origin)
    file.allow_only(("commitment", "standing"))
    return file


def _years(record: Record) -> list[Commitment]:
    record.allow_only(COMMITMENT_KEYS)
    counted_by = CountedBy(record.choice("counted_by", CountedBy) if "counted_by" in record.values else "postings")
    by_postings = counted_by is CountedBy.POSTINGS
    if not by_postings and "direction" in record.values:
        record.fail("direction 只用于按岗位计数的任务")
    pace, shares = _pace(record)
    assumed = record.values.get("assumed_years", [])
    if not isinstance(assumed, list):
        record.fail("assumed_years 应为一组年份，例如 [2025, 2026]")
    due = _due(record)
    return [
        Commitment(
            code=record.text("code"),
            name=record.text("name"),
            direction=Direction(record.choice("direction", Direction)) if by_postings else None,
            unit=record.choice("unit", UNITS),
            goal=goal,
            year=year,
            pace=pace,
            count_carried=record.flag("count_carried", False),
            monthly_shares=shares,
            origin=record.text("origin", ""),
            assumed=year in assumed,
            counted_by=counted_by,
            scope=Scope(record.choice("scope", Scope) if "scope" in record.values else "all"),
            lead=record.text("lead", ""),
            responsible=record.text("responsible", ""),
            due_on=date(year, *due) if due else None,
            cluster_goals=_cluster_goals(record),
            **{name: record.text(name, "") for name in FIVE},
        )
        for year, goal in sorted(_goals(record).items())
    ]


def _due(record: Record) -> tuple[int, int] | None:
    """Month and day of each year, written as "11-30"."""
    written = record.text("due", "")
    if not written:
        return None
    try:
        day = date.fromisoformat(f"2001-{written}")
    except ValueError:
        record.fail(f'due = {written}，应为月和日，例如 "11-30"')
    return day.month, day.day


def _cluster_goals(record: Record) -> dict[str, int]:
    goals = record.values.get("cluster_goals", {})
    if not isinstance(goals, dict) or not all(type(goal) is int and goal > 0 for goal in goals.values()):
        record.fail("cluster_goals 应为各组团的目标（正整数），例如 { c01 = 1200 }")
    return dict(goals)


def _goals(record: Record) -> dict[int, int]:
    goals = record.values.get("goals")
    if not isinstance(goals, dict) or not goals:
        record.fail("缺少 goals（每年的目标，例如 2026 = 10000）")
    for year, goal in goals.items():
        if not (year.isascii() and year.isdigit() and 2000 <= int(year) <= 2100):
            record.fail(f"goals 里的 {year} 不是年份")
        if isinstance(goal, bool) or not isinstance(goal, int) or goal < 1:
            record.fail(f"goals 里 {year} 年的目标 {goal} 应为正整数")
    return {int(year): goal for year, goal in goals.items()}


def _pace(record: Record) -> tuple[Pace, tuple[float, ...]]:
    pace: Any = record.values.get("pace", "even")
    if pace in {"even", "last_year"} if isinstance(pace, str) else False:
        return Pace(pace), ()
    if not are_monthly_shares(pace):
        record.fail('pace 只能是 "even"、"last_year"，或者十二个月的比例，合计 100')
    return Pace.MONTHLY, tuple(float(share) for share in pace)


def are_monthly_shares(shares: Any) -> bool:
    """Twelve numbers in percent, none negative, that add up to 100."""
    numbers = isinstance(shares, (list, tuple)) and all(type(s) in {int, float} and s >= 0 for s in shares)
    return numbers and len(shares) == 12 and abs(sum(shares) - 100) <= 0.01
