"""How good answers are: nDCG@10 with gains 2^grade - 1, queries without an answer, answers where there is none.

In: queries, postings, an engine. Out: `Measured`, one `Judged` a query. The ideal order is of all postings there are.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from tests.relevance.engines import HITS, Answer, Engine
from tests.relevance.grading import GOOD, grade
from tests.relevance.queries import Query
from tests.relevance.truth import TruePosting


@dataclass(frozen=True, slots=True)
class Graded:
    query: Query
    grades: dict[str, int]  # posting id -> grade, zeros left out

    @property
    def has_answer(self) -> bool:
        return bool(self.grades)

    @property
    def has_good_answer(self) -> bool:
        return max(self.grades.values(), default=0) >= GOOD


@dataclass(frozen=True, slots=True)
class Judged:
    graded: Graded
    answer: Answer
    ndcg: float  # of no meaning when nothing answers the query

    @property
    def query(self) -> Query:
        return self.graded.query


@dataclass(frozen=True, slots=True)
class Measured:
    engine: str
    judged: tuple[Judged, ...]

    def ndcg(self, kind: str = "", held_out: bool | None = None) -> float:
        return fmean(j.ndcg for j in self.answerable() if _is_wanted(j.query, kind, held_out))

    def answerable(self) -> list[Judged]:
        return [j for j in self.judged if j.graded.has_answer]

    def zero_share(self) -> float:
        """Of the queries that something answers, those that got nothing."""
        answerable = self.answerable()
        return sum(not j.answer.ids for j in answerable) / len(answerable)

    def nothing(self) -> tuple[int, int, int]:
        """(queries that nothing answers, of them answered with nothing, answered with something but saying so)."""
        empty = [j for j in self.judged if not j.graded.has_answer]
        return (
            len(empty),
            sum(not j.answer.ids for j in empty),
            sum(bool(j.answer.ids and j.answer.said) for j in empty),
        )

    def worst(self, count: int) -> list[Judged]:
        return sorted(self.answerable(), key=lambda j: (j.ndcg, j.query.number))[:count]


def _is_wanted(query: Query, kind: str, held_out: bool | None) -> bool:
    return kind in {"", query.kind} and held_out in {None, query.is_held_out}


def grade_all(queries: Iterable[Query], postings: Sequence[TruePosting]) -> list[Graded]:
    return [
        Graded(query, {p.id: given for p in postings if (given := grade(query.intent, p)) > 0}) for query in queries
    ]


def measure(engine: Engine, graded: Iterable[Graded]) -> Measured:
    judged = []
    for one in graded:
        answer = engine.ask(one.query.q)
        judged.append(Judged(one, answer, ndcg(one.grades, answer.ids)))
    return Measured(engine.name, tuple(judged))


def ndcg(grades: dict[str, int], ids: Sequence[str]) -> float:
    ideal = _gain(sorted(grades.values(), reverse=True)[:HITS])
    return _gain([grades.get(id, 0) for id in ids[:HITS]]) / ideal if ideal else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2**given - 1) / math.log2(place + 2) for place, given in enumerate(grades))
