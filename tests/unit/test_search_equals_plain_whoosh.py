"""Our engine finds as many as plain Whoosh does over the same postings, words and filters."""

from datetime import date
from pathlib import Path

import pytest

from search.analyzer import query_words
from search.opening import open_engine
from search.requests import SearchRequest
from tests.bench.documents import documents, questions
from tests.bench.plain_whoosh import PlainWhoosh, build

TODAY = date(2026, 3, 12)
POSTINGS = documents(300, 7, TODAY)
ASKED = [q for q in questions(POSTINGS, 120, 7, TODAY) if not any(word.synonyms for word in query_words(q.q))]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("both")
    reader, writer = open_engine(folder / "ours")
    writer.rebuild(POSTINGS[:100], 1)
    for at in range(100, 300, 20):
        writer.apply(POSTINGS[at : at + 20], [], at)
    build(str(folder / "plain"), POSTINGS)
    return reader, PlainWhoosh(str(folder / "plain"))


def test_same_totals_as_plain_whoosh(both) -> None:
    reader, plain = both
    requests = [SearchRequest(TODAY, question.q, question.filters, page_size=100) for question in ASKED]
    ours = [reader.search(request) for request in requests]
    theirs = [plain.search(request) for request in requests]
    assert [result.total for result in ours] == [total for total, _ in theirs]
    for result, (total, ids) in zip(ours, theirs, strict=True):
        if total <= len(ids):
            assert {hit.id for hit in result.hits} == set(ids)


def test_the_questions_are_many_and_different_enough() -> None:
    assert len(ASKED) > 30
    assert len({question.q for question in ASKED}) > 15
