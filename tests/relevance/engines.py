"""What every engine of the comparison does: take the same postings, answer the same queries.

In: postings that are not over. Out: `Answer`: ids, best first, and whether the engine said that it had to make do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from config.divisions import division
from tests.relevance.truth import TruePosting

HITS = 10
# Fields of the two others and their weights: the same as those of ours, so that words and reading decide.
FIELDS = {"title": 6.0, "employer": 2.0, "industry": 2.0, "place": 2.0, "body": 1.0}


@dataclass(frozen=True, slots=True)
class Answer:
    ids: tuple[str, ...]
    said: str = ""  # what was let go or is only alike; "" when it answers as if all were met


class Engine(Protocol):
    name: str

    def ask(self, q: str) -> Answer: ...


def texts(posting: TruePosting) -> tuple[str, ...]:
    """Everything that is written about a posting, in the order of FIELDS."""
    said = posting.document
    place = division(said.division)
    above = division(place.parent) if place.parent else place
    body = (said.description, said.address, posting.benefits_text)
    return (said.title, said.employer, said.industry_name, f"{place.name} {above.name}", " ".join(body))


def asked_parts(q: str) -> tuple[list[str], list[str], list[str]]:
    """(plain pieces, quoted phrases, excluded pieces) of a query, for engines that have to be told."""
    for mark in "“”":
        q = q.replace(mark, '"')
    outside, phrases = q.split('"')[::2], q.split('"')[1::2]
    pieces = " ".join(outside).split()
    plain = [piece for piece in pieces if not piece.startswith("-")]
    return plain, [p for p in phrases if p.strip()], [p[1:] for p in pieces if p.startswith("-") and len(p) > 1]


def open_postings(postings: Sequence[TruePosting]) -> list[TruePosting]:
    return [posting for posting in postings if not posting.is_over]
