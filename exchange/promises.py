"""What the ledger says of commitments, clusters, pairings and recorded figures: events in, the state they leave out.

In: kinds and bodies of events, in order. Out: `Promises`, plain values by their keys, as the tables must hold them.
`verify` compares it with the tables and `count --as-of` reads it as of a past moment; nothing here is ever rewritten.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from config.targets import Commitment, CountedBy, Pace, Scope
from config.words import Direction
from exchange.ledger import EventKind

PROMISING = (EventKind.COMMITMENT_SET, EventKind.CLUSTER_PAIRED, EventKind.FIGURE_RECORDED)
_FIELDS = tuple(field.name for field in fields(Commitment))
_BEFORE_0005: Mapping[str, Any] = {  # events of that time do not name these
    "counted_by": "postings", "scope": "all", "origin": "", "assumed": False, "lead": "", "responsible": "",
    "team": "", "three_year_plan": "", "year_plan": "", "task_list": "", "due_on": None, "cluster_goals": None,
}  # fmt: skip
FIGURE_FIELDS = (
    "id", "commitment", "year", "member", "amount", "day", "words", "corrects", "actor", "organisation", "evidence",
)  # fmt: skip


@dataclass(slots=True)
class Promises:
    commitments: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    clusters: dict[str, str] = field(default_factory=dict)  # code → name
    pairings: dict[tuple[str, str], str | None] = field(default_factory=dict)  # (division, first day) → cluster
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)  # id → its fields, evidence as digests

    def apply(self, kind: str, body: Mapping[str, Any]) -> None:
        """Raises LookupError, TypeError or ValueError for a body that is not one of this kind."""
        if kind == EventKind.COMMITMENT_SET:
            plain = {name: body[name] if name in body else _BEFORE_0005[name] for name in _FIELDS}
            self.commitments[str(body["code"]), int(body["year"])] = plain
        elif kind == EventKind.CLUSTER_PAIRED:
            self.clusters[body["cluster"]] = body["name"]
            changes = body.get("changes", dict.fromkeys(body["divisions"], body["cluster"]))
            self.pairings |= {(division, body["since"]): cluster or None for division, cluster in changes.items()}
        elif kind == EventKind.FIGURE_RECORDED:
            self.figures[body["id"]] = {name: body[name] for name in FIGURE_FIELDS}

    def of_year(self, year: int) -> list[Commitment]:
        """By code."""
        return [commitment_of(plain) for (_, y), plain in sorted(self.commitments.items()) if y == year]


def plain_of(commitment: Commitment) -> dict[str, Any]:
    """As the table's columns and the event's body have it: JSON, None for what is not set."""
    plain = {name: str(value) if isinstance(value, StrEnum) else value for name, value in asdict(commitment).items()}
    return plain | {
        "direction": plain["direction"] or "",
        "monthly_shares": list(commitment.monthly_shares) or None,
        "due_on": commitment.due_on.isoformat() if commitment.due_on else None,
        "cluster_goals": dict(sorted(commitment.cluster_goals.items())) or None,
    }


def commitment_of(plain: Mapping[str, Any]) -> Commitment:
    due = plain["due_on"]
    return Commitment(
        **{
            **{name: plain[name] for name in _FIELDS},
            "direction": Direction(plain["direction"]) if plain["direction"] else None,
            "pace": Pace(plain["pace"]),
            "counted_by": CountedBy(plain["counted_by"]),
            "scope": Scope(plain["scope"]),
            "monthly_shares": tuple(plain["monthly_shares"] or ()),
            "due_on": date.fromisoformat(due) if isinstance(due, str) else due,
            "cluster_goals": dict(plain["cluster_goals"] or {}),
        }
    )
