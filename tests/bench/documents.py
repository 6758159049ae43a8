"""The same postings as documents of the search, and the questions that visitors ask about them.

In: a count, a seed, a day. Out: `documents()`, `questions()`. At least one posting answers a question, unless it was
drawn to find nothing; its words are plain text, so that any engine can be asked the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from config.words import Education, EmploymentType
from ingest.normalise.benefits import known_benefits
from ingest.normalise.education import read_education
from ingest.normalise.experience import read_experience
from search import analyzer
from search.analyzer import index_words, query_words
from search.documents import PostingDocument
from search.understanding import read_query
from tests.bench.drawing import Drawn, draw

FACETS = ("division", "education", "benefit", "industry")
PAY_STEPS = (4000, 5000, 6000, 8000)
_SOURCES = ("dg-upload", "sg-upload", "dg-feed", "sg-feed")
_OVER_SHARE = 0.03  # of the postings are past their last day: nobody may find them


@dataclass(frozen=True, slots=True)
class Question:
    q: str
    filters: dict[str, tuple[str, ...]]
    terms: tuple[str, ...]  # what must be there, for engines that are given words


def ask_for_words_alone() -> None:
    """In this process: no engine but ours has synonyms, so that words alone can be compared."""
    analyzer.synonyms_of = lambda _: ()


def stream(count: int, seed: int, today: date) -> Iterator[PostingDocument]:
    """One after the other: a million need no memory. Fewer of the same seed are the first of more."""
    dice = Random(f"documents/{seed}")
    for number, drawn in enumerate(draw(count, seed, today), 1):
        yield _document(number, drawn, today, dice)


def documents(count: int, seed: int, today: date) -> list[PostingDocument]:
    return list(stream(count, seed, today))


def _document(number: int, drawn: Drawn, today: date, dice: Random) -> PostingDocument:
    amounts = drawn.pay_style not in {"negotiable", "piece"}
    education, experience, benefits = _read(drawn.job.education, drawn.job.experience, drawn.benefits)
    return PostingDocument(
        id=f"{number:026d}",
        sequence=number,
        title=drawn.title,
        employer=drawn.employer,
        description=f"{drawn.duties}{drawn.requirements}",
        address=f"{drawn.division.name}{drawn.street}",
        division=drawn.division.code,
        city=drawn.division.city,
        direction=drawn.division.direction,
        cluster="",
        occupation="",
        occupation_name="",
        industry=f"I{sum(drawn.industry.encode()) % 97:02d}",
        industry_name=drawn.industry,
        education=education,
        experience_min=experience,
        employment_type=dice.choice((EmploymentType.FULL_TIME, EmploymentType.FULL_TIME, EmploymentType.PART_TIME)),
        openings=drawn.openings,
        salary_min=drawn.pay.low if amounts else None,
        salary_max=drawn.pay.high if amounts else None,
        salary_counts=amounts,
        benefits=benefits,
        source=dice.choice(_SOURCES),
        published_on=drawn.published,
        valid_through=today - timedelta(1) if dice.random() < _OVER_SHARE else drawn.valid_through,
    )


@lru_cache(maxsize=100_000)
def _read(education: str, experience: str, benefits: tuple[str, ...]) -> tuple[Education, int | None, tuple[str, ...]]:
    return read_education(education).education, read_experience(experience).low, known_benefits(" ".join(benefits))


def questions(
    postings: Sequence[PostingDocument], count: int, seed: int, today: date, together: bool = True
) -> list[Question]:
    """Distinct ones. With `together` false the words are of one posting and the filters of another."""
    dice = Random(f"questions/{seed}/{together}")
    open_ones = [posting for posting in postings if posting.valid_through >= today]
    found: dict[tuple[str, str], Question] = {}
    while len(found) < count:
        said = dice.choice(open_ones)
        chosen = said if together else dice.choice(open_ones)
        q = _words(said, dice)
        if q and not read_query(q).pieces:
            filters = _filters(chosen, dice)
            terms = dict.fromkeys(part for word in query_words(q) for part in word.required)
            found.setdefault((q, repr(filters)), Question(q, filters, tuple(terms)))
    return list(found.values())


def _words(posting: PostingDocument, dice: Random) -> str:
    """A title, a word of a title, an employer's trade, words of the duties: as visitors type."""
    kind = dice.random()
    if kind < 0.4:
        return posting.title.partition("（")[0]
    if kind < 0.6:
        return f"{posting.title.partition('（')[0]} {posting.industry_name}"
    words = [word for word in index_words(posting.description) if len(word) > 1]
    return " ".join(dice.sample(words, min(len(words), dice.choice((1, 1, 2)))))


def _filters(posting: PostingDocument, dice: Random) -> dict[str, tuple[str, ...]]:
    pay = posting.salary_max if posting.salary_counts and posting.salary_max else 0
    steps = [step for step in PAY_STEPS if step <= pay]
    possible = {
        "division": posting.division,
        "direction": str(posting.direction),
        "education": str(posting.education),
        "employment_type": str(posting.employment_type),
        "benefit": dice.choice(posting.benefits) if posting.benefits else "",
        "salary_min": str(dice.choice(steps)) if steps else "",
    }
    names = dice.sample(sorted(possible), dice.choice((1, 1, 2, 2, 3)))
    return {name: (possible[name],) for name in names if possible[name]}
