"""An explanation adds up to the score of the hit it explains, and names what each field brought."""

from datetime import timedelta
from pathlib import Path

import pytest

from search.engines.contract import Reader
from search.explanations import Explanation
from search.requests import SearchRequest
from tests.unit.search_samples import TODAY, new_engine, posting

SAMPLES = (
    posting("title", title="焊工", confirmed_on=TODAY),
    posting("body", title="操作工", description="协助焊工工作。", published_on=TODAY - timedelta(40), openings=None),
    posting("truck", title="叉车司机", employer="韶关长安汽车销售有限公司", division="440204", direction="sg-dg"),
    posting("apart", title="司机（会叉车）", benefits=(), salary_counts=False, salary_min=None, salary_max=None),
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    reader, writer = new_engine(tmp_path_factory.mktemp("index"))
    writer.apply(SAMPLES, [], 1)
    return reader


def explained(reader: Reader, q: str) -> dict[str, Explanation]:
    return {e.id: e for e in reader.explain(SearchRequest(TODAY, q=q), SAMPLES)}


@pytest.mark.parametrize("q", ["焊工", "叉车司机", "叉车 司机", "长安 焊工", "焊工 协助"])
def test_words_times_standing_are_the_score(reader: Reader, q: str) -> None:
    hits = {hit.id: hit.score for hit in reader.search(SearchRequest(TODAY, q=q)).hits}
    found = explained(reader, q)
    assert found.keys() == hits.keys() != set()
    for id, explanation in found.items():
        assert explanation.score == pytest.approx(hits[id])
        assert explanation.words_score * explanation.standing == pytest.approx(hits[id], rel=1e-4)
        assert sum(word.score for word in explanation.words) == pytest.approx(explanation.words_score, rel=1e-4)
        assert 1 + sum(explanation.standing_parts.values()) == pytest.approx(explanation.standing, abs=1e-3)


def test_fields_say_where_a_word_stands(reader: Reader) -> None:
    found = explained(reader, "焊工")
    fields = {id: [share.field for share in e.words[0].terms[0].fields] for id, e in found.items()}
    assert fields == {"title": ["title"], "body": ["body"]}
    assert found["title"].words[0].terms[0].weight > found["body"].words[0].terms[0].weight


def test_parts_and_the_whole_are_told_apart(reader: Reader) -> None:
    (word,) = explained(reader, "叉车司机")["truck"].words
    assert {(term.term, term.role) for term in word.terms} >= {
        ("叉车", "part"),
        ("司机", "part"),
        ("叉车司机", "whole"),
    }
    (apart,) = explained(reader, "叉车司机")["apart"].words
    assert {term.role for term in apart.terms} == {"part"}


def test_standing_prefers_what_is_new_confirmed_and_complete(reader: Reader) -> None:
    found = explained(reader, "焊工")
    fresh, old = found["title"].standing_parts, found["body"].standing_parts
    assert all(fresh[name] > old[name] for name in ("published", "confirmed", "complete", "openings"))
    assert fresh["confirmed"] > fresh["published"]  # confirmed today, published eleven days ago
    assert old["openings"] == 0


def test_without_words_only_the_standing_is_told(reader: Reader) -> None:
    found = explained(reader, "")
    assert len(found) == len(SAMPLES)
    assert {(e.words, e.matched_by, e.score) for e in found.values()} == {((), "Everything", 0.0)}


def test_without_an_index_there_is_nothing_to_explain(tmp_path: Path) -> None:
    from search.opening import open_engine

    reader, _ = open_engine(tmp_path / "none")
    assert reader.explain(SearchRequest(TODAY, q="焊工"), SAMPLES) == []
    assert list(reader.confirmations()) == []
