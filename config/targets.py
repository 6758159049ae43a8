"""What the plan promises (任务) and how towns and counties are paired (十组团).

In: text of commitments.toml and clusters.toml. Out: frozen `Commitment`s, one for each year, and `Cluster`s.
They are seeds: once loaded, the ledger's events rule. A fault is a ConfigurationError of one line.
"""

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from config.divisions import Division, find_division
from config.toml_records import Record, read_toml, tables
from config.words import City, Direction

UNITS = ("postings",)
CLUSTER_KEYS = ("code", "name", "county", "towns", "since")
COMMITMENT_KEYS = (
    "code", "name", "direction", "unit", "goals", "pace", "count_carried", "origin", "assumed_years"
)  # fmt: skip


class Pace(StrEnum):
    """进度: how a year's goal is spread over it."""

    EVEN = "even"
    MONTHLY = "monthly"

    @property
    def label(self) -> str:
        return "全年均匀" if self is Pace.EVEN else "按月比例"


@dataclass(frozen=True, slots=True)
class Cluster:
    """组团: Dongguan towns paired with one Shaoguan county since a day."""

    code: str
    name: str
    county: str
    towns: tuple[str, ...]
    since: date

    @property
    def divisions(self) -> tuple[str, ...]:
        return (self.county, *self.towns)


@dataclass(frozen=True, slots=True)
class Commitment:
    """任务 of one year: a goal in `unit` for one direction."""

    code: str
    name: str
    direction: Direction
    unit: str
    goal: int
    year: int
    pace: Pace = Pace.EVEN
    count_carried: bool = False
    monthly_shares: tuple[float, ...] = ()  # twelve, in percent, with Pace.MONTHLY
    origin: str = ""
    assumed: bool = False  # the plan does not cover this year: the office set the goal

    def expected_by(self, day: date) -> int:
        """How much of the goal should be done by the end of this local day."""
        if day.year != self.year:
            return self.goal if day.year > self.year else 0
        if self.pace is Pace.EVEN:
            return round(self.goal * day.timetuple().tm_yday / (366 if isleap(self.year) else 365))
        full_months = sum(self.monthly_shares[: day.month - 1])
        this_month = self.monthly_shares[day.month - 1] * day.day / monthrange(day.year, day.month)[1]
        return round(self.goal * (full_months + this_month) / 100)


def parse_clusters(text: str, origin: str) -> tuple[Cluster, ...]:
    file = read_toml(text, origin)
    file.allow_only(("since", "cluster"))
    since = file.day("since", None) if "since" in file.values else None
    clusters = tuple(_cluster(record, since) for record in tables(file, "cluster"))
    owners: dict[str, str] = {}
    for cluster in clusters:
        for code in cluster.divisions:
            if code in owners:
                file.fail(f"{code} 同时在 {owners[code]} 和 {cluster.code} 两个组团里，只能属于一个")
            owners[code] = cluster.code
    return clusters


def parse_commitments(text: str, origin: str) -> tuple[Commitment, ...]:
    """One `Commitment` for each commitment and year, by code, then year."""
    file = read_toml(text, origin)
    file.allow_only(("commitment",))
    return tuple(commitment for record in tables(file, "commitment") for commitment in _years(record))


def _cluster(record: Record, since: date | None) -> Cluster:
    record.allow_only(CLUSTER_KEYS)
    towns = record.values.get("towns")
    if not isinstance(towns, list) or not towns:
        record.fail('towns 应为一组镇街代码，例如 ["441900119"]')
    return Cluster(
        code=record.text("code"),
        name=record.text("name"),
        county=_division(record, "county", record.text("county"), City.SHAOGUAN, "county").code,
        towns=tuple(_division(record, "towns", town, City.DONGGUAN, "town").code for town in towns),
        since=record.day("since", since),
    )


def _division(record: Record, key: str, code: Any, city: City, kind: str) -> Division:
    division = find_division(code) if isinstance(code, str) else None
    if division is None or division.city is not city or division.kind != kind:
        wanted = "韶关的县（市、区）代码（6 位）" if city is City.SHAOGUAN else "东莞的镇街代码（9 位）"
        record.fail(f"{key} 里的 {code} 不是{wanted}")
    return division


def _years(record: Record) -> list[Commitment]:
    record.allow_only(COMMITMENT_KEYS)
    pace, shares = _pace(record)
    assumed = record.values.get("assumed_years", [])
    if not isinstance(assumed, list):
        record.fail("assumed_years 应为一组年份，例如 [2025, 2026]")
    return [
        Commitment(
            code=record.text("code"),
            name=record.text("name"),
            direction=Direction(record.choice("direction", Direction)),
            unit=record.choice("unit", UNITS),
            goal=goal,
            year=year,
            pace=pace,
            count_carried=record.flag("count_carried", False),
            monthly_shares=shares,
            origin=record.text("origin", ""),
            assumed=year in assumed,
        )
        for year, goal in sorted(_goals(record).items())
    ]


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
    pace = record.values.get("pace", "even")
    if pace == "even":
        return Pace.EVEN, ()
    numbers = isinstance(pace, list) and all(type(share) in {int, float} and share >= 0 for share in pace)
    if not numbers or len(pace) != 12 or abs(sum(pace) - 100) > 0.01:
        record.fail('pace 只能是 "even"，或者十二个月的比例，合计 100')
    return Pace.MONTHLY, tuple(float(share) for share in pace)
