"""A posting as the other engines of the benchmark index it: the same words and values as ours gets.

In: a document of the search. Out: `Indexed`. Also what a question asks for, so that all engines mean the same by it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.analyzer import query_words
from search.benefits import with_implied
from search.documents import PostingDocument
from search.engines.whoosh.rows import field_words, highest_known_pay
from search.ranking import ranking_weights

TEXTS = {field.name: field.weight for field in ranking_weights().fields}  # in the order of field_words
WORDS = ("division", "direction", "education", "employment_type", "industry")  # one value each
HITS = 20
MOST_VALUES = 100


@dataclass(frozen=True, slots=True)
class Indexed:
    id: str
    texts: dict[str, list[str]]
    words: dict[str, str]
    benefits: list[str]
    pay: int
    valid_through: int


def indexed(documents: Iterable[PostingDocument]) -> Iterator[Indexed]:
    for document in documents:
        fields = (list(words) for words in field_words(document))
        yield Indexed(
            document.id,
            dict(zip(TEXTS, fields, strict=True)),
            {name: str(getattr(document, name)) for name in WORDS},
            sorted(with_implied(document.benefits)),
            highest_known_pay(document),
            document.valid_through.toordinal(),
        )


def asked_words(q: str) -> tuple[str, ...]:
    """What must be there, in any field."""
    return tuple(dict.fromkeys(part for word in query_words(q) for part in word.required))
