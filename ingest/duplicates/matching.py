"""Which posting each new row joins: pairs are judged, the best go together, one row to one posting.

In: rows and the offers that share a key with them. Out: position → `Match`. Pure: knows no database.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from ingest.duplicates.evidence import Side, Verdict, judge
from ingest.duplicates.rules import rules


@dataclass(frozen=True, slots=True)
class Match:
    """The posting that a row is one more offer of, and why."""

    posting_id: str
    title: str = ""
    employer: str = ""
    organisation: str = ""  # the name of who offers it already
    reasons: tuple[str, ...] = ()
    score: int | None = None  # None: the very same employer, title and place

    def as_json(self) -> dict[str, Any]:
        return {
            "posting": self.posting_id,
            "title": self.title,
            "employer": self.employer,
            "organisation": self.organisation,
            "reasons": list(self.reasons),
            "score": self.score,
        }


    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Match":
        return cls(
            told["posting"],
            told["title"],
            told["employer"],
            told["organisation"],
            tuple(told["reasons"]),
            told["score"],
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """A live offer of somebody else."""

    posting_id: str
    side: Side
    organisation: str
    shared: Set[str] = frozenset()  # sentences that stand under the employer's other jobs as well


def choose(rows: Mapping[int, Side], pairs: Iterable[tuple[int, Standing]]) -> dict[int, Match]:
    """`pairs`: row and offer that share a key. The best pairs first; each row and each posting once."""
    judged: dict[int, list[tuple[Verdict, Standing]]] = {}
    for position, standing in pairs:
        verdict = judge(rows[position], standing.side, standing.shared)
        if verdict is not None and verdict.is_duplicate:
            judged.setdefault(position, []).append((verdict, standing))
    clear = [
        (verdict, position, standing)
        for position, found in judged.items()
        if not _is_ambiguous(found)
        for verdict, standing in found
    ]
    matches: dict[int, Match] = {}
    taken: set[str] = set()
    for verdict, position, standing in sorted(clear, key=lambda c: (-c[0].score, c[1], c[2].posting_id)):
        if position not in matches and standing.posting_id not in taken:
            matches[position] = _match(verdict, standing)
            taken.add(standing.posting_id)
    return matches


def _is_ambiguous(found: Sequence[tuple[Verdict, Standing]]) -> bool:
    """A row that names only the city and fits jobs in two towns nearly as well."""
    best = max(verdict.score for verdict, _ in found)
    near = [standing for verdict, standing in found if verdict.score >= best - rules().margin]
    return len({standing.side.content.division for standing in near}) > 1


def _match(verdict: Verdict, standing: Standing) -> Match:
    content = standing.side.content
    return Match(
        standing.posting_id,
        content.title,
        content.employer,
        standing.organisation,
        verdict.reasons,
        verdict.score,
    )
