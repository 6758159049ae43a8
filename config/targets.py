"""What the plan promises (任务, config.commitments) and how towns and counties are paired (十组团).

In: text of clusters.toml. Out: frozen `Cluster`s. They are seeds: once loaded, the ledger's events rule.
A fault is a ConfigurationError of one line.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from config.commitments import (
    Commitment,
    CountedBy,
    Pace,
    Scope,
    Thresholds,
    parse_commitments,
    parse_thresholds,
)
from config.divisions import Division, find_division
from config.toml_records import Record, read_toml, tables
from config.words import City

__all__ = [
    "Cluster", "Commitment", "CountedBy", "Pace", "Scope", "Thresholds", "parse_clusters", "parse_commitments",
    "parse_thresholds",
]  # fmt: skip
CLUSTER_KEYS = ("code", "name", "county", "towns", "since")


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
