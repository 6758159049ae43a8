"""Subsidies (补贴政策) as the configuration ships them: examples that show the shape, to be replaced by the office.

In: text of policies.toml. Out: frozen `SeedPolicy`s. A seed is read once, when a store has no policy; from then on the
ledger's events rule. A fault is a ConfigurationError of one line.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from config.divisions import find_division
from config.toml_records import Record, read_toml, tables
from config.words import Direction

_KEYS = (
    "code", "kind", "name", "example", "who", "amount", "since", "until", "papers", "office", "words", "origin",
    "conditions",
)  # fmt: skip
_TEXT_LISTS = ("occupations", "parks", "persons")
CONDITIONS = ("directions", "divisions", *_TEXT_LISTS)


class PolicyKind(StrEnum):
    TRANSFER = "transfer"
    TRAINING = "training"
    SKILL = "skill"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KINDS[self]


_KINDS = {
    PolicyKind.TRANSFER: "劳动力转移补贴",
    PolicyKind.TRAINING: "就业培训补贴",
    PolicyKind.SKILL: "技能提升补贴",
    PolicyKind.OTHER: "其他补贴",
}


@dataclass(frozen=True, slots=True)
class SeedPolicy:
    code: str
    kind: PolicyKind
    name: str
    is_example: bool
    who: str
    amount: str
    since: date
    until: date | None
    papers: str
    office: str
    words: str
    origin: str
    conditions: dict[str, list[str]] = field(default_factory=dict)


def parse_policies(text: str, origin: str) -> tuple[SeedPolicy, ...]:
    """A file without any policy is allowed: a store may begin with none."""
    file = read_toml(text, origin)
    file.allow_only(("policy",))
    return tuple(_policy(record) for record in tables(file, "policy")) if "policy" in file.values else ()


def _policy(record: Record) -> SeedPolicy:
    record.allow_only(_KEYS)
    until = record.day("until", None) if "until" in record.values else None
    return SeedPolicy(
        code=record.text("code"),
        kind=PolicyKind(record.choice("kind", PolicyKind)),
        name=record.text("name"),
        is_example=record.flag("example", False),
        who=record.text("who"),
        amount=record.text("amount"),
        since=record.day("since", None),
        until=until,
        papers=record.text("papers", ""),
        office=record.text("office", ""),
        words=record.text("words"),
        origin=record.text("origin", ""),
        conditions=_conditions(record, record.values.get("conditions", {})),
    )


def _conditions(record: Record, given: Any) -> dict[str, list[str]]:
    if not isinstance(given, dict):
        record.fail("conditions 应为一组条件")
    for key, values in given.items():
        if key not in CONDITIONS:
            record.fail(f"conditions 里不认识 {key}，可以写的有 {'、'.join(CONDITIONS)}")
        if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
            record.fail(f'conditions 里的 {key} 应为一组文字，例如 ["…"]')
    for value in given.get("directions", []):
        if value not in set(Direction):
            record.fail(f"conditions 里的 directions 只能是 {'、'.join(Direction)}")
    for value in given.get("divisions", []):
        if find_division(value) is None:
            record.fail(f"conditions 里的 {value} 不是两市的行政区划代码")
    return {key: list(values) for key, values in given.items()}
