"""The list for 通报: clusters that are ahead and clusters that are behind, with the numbers behind each line.

In: standings of clusters and of what each cluster has promised. Out: `CircularLine`s. A cluster is praised or named by
its own goals only; where the plan gives it none, its rank is told and nothing is concluded from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from config.words import Direction, label
from exchange.standings import CommitmentStanding, MemberStanding, State
from exchange.store.clusters import ClusterStanding
from exchange.store.counting import UNASSIGNED

_GOOD, _BAD = {State.DONE, State.AHEAD}, {State.BEHIND, State.OVERDUE}


class Mention(StrEnum):
    BEHIND = "behind"
    AHEAD = "ahead"
    PLAIN = "plain"

    @property
    def label(self) -> str:
        return {"behind": "落后的组团", "ahead": "领先的组团", "plain": "其余组团"}[self.value]


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of a cluster. `goal` and `expected` are None where it has none; `state` then too."""

    name: str
    unit: str
    done: int
    goal: int | None
    expected: int | None
    state: State | None
    told: str  # 招聘 1,024 人；第 3 位

    @property
    def words(self) -> str:
        """东莞 → 韶关 183 / 1,200 条，应达 1,088 条，落后"""
        if self.goal is None:
            told = f"（{self.told}）" if self.told else ""
            return f"{self.name} {self.done:,} {self.unit}{told}"
        state = self.state.label if self.state else ""
        due = f"，应达 {self.expected:,} {self.unit}" if self.expected is not None else ""
        return f"{self.name} {self.done:,} / {self.goal:,} {self.unit}{due}，{state}"


@dataclass(frozen=True, slots=True)
class CircularLine:
    code: str
    name: str
    mention: Mention
    facts: tuple[Fact, ...]

    @property
    def reasons(self) -> tuple[Fact, ...]:
        """The facts that the mention rests on."""
        wanted = {Mention.BEHIND: _BAD, Mention.AHEAD: _GOOD, Mention.PLAIN: set()}[self.mention]
        return tuple(fact for fact in self.facts if fact.state in wanted)


def circular(
    clusters: Sequence[ClusterStanding], others: Iterable[CommitmentStanding]
) -> dict[Mention, list[CircularLine]]:
    """Those behind first, the most reasons first. 未归组团 is nobody's."""
    ranks = {direction: _ranks(clusters, direction) for direction in Direction}
    promised: dict[str, list[Fact]] = {}
    for one in others:
        for member in one.members:
            promised.setdefault(member.member, []).append(_promised(one, member))
    facts: dict[tuple[str, str], list[Fact]] = {}
    for standing in clusters:
        if standing.cluster != UNASSIGNED:
            rank = ranks[Direction(standing.direction)][standing.cluster]
            facts.setdefault((standing.cluster, standing.name), []).append(_postings(standing, rank))
    lines = [
        CircularLine(code, name, _mention(all_facts), tuple(all_facts))
        for (code, name), own in facts.items()
        for all_facts in [[*own, *promised.get(code, [])]]
    ]
    return {
        mention: sorted((line for line in lines if line.mention is mention), key=lambda line: -len(line.reasons))
        for mention in Mention
    }


def _mention(facts: Iterable[Fact]) -> Mention:
    states = {fact.state for fact in facts}
    if states & _BAD:
        return Mention.BEHIND
    return Mention.AHEAD if states & _GOOD else Mention.PLAIN


def _postings(standing: ClusterStanding, rank: int) -> Fact:
    told = f"招聘 {standing.year.openings:,} 人；第 {rank} 位"
    if standing.goal is None:
        told += "；未单独设目标"
    name = label(Direction(standing.direction))
    return Fact(name, "条", standing.year.postings, standing.goal, standing.expected, standing.state, told)


def _promised(one: CommitmentStanding, member: MemberStanding) -> Fact:
    c = one.commitment
    return Fact(c.name, c.unit_label, member.done, member.goal, member.expected, member.state, "")


def _ranks(clusters: Sequence[ClusterStanding], direction: Direction) -> Mapping[str, int]:
    """1 is the most; equal numbers have equal ranks."""
    counts = {c.cluster: c.year.postings for c in clusters if c.direction == direction and c.cluster != UNASSIGNED}
    return {code: 1 + sum(other > number for other in counts.values()) for code, number in counts.items()}
