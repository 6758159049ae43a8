"""A search inside a set of postings, such as those of one fair: words, facets and pages stay inside."""

import pytest

from search.engines.contract import Reader
from search.opening import open_engine
from search.requests import SearchRequest
from tests.unit.search_samples import TODAY, posting

INSIDE = ("a", "b", "c", "ended-long-ago")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    reader, writer = open_engine(tmp_path_factory.mktemp("index"))
    samples = (posting(name, title="焊工" if name in "bd" else "普工") for name in ("a", "b", "c", "d", "e", "abc"))
    writer.rebuild(samples, 1)
    return reader


def ids(reader: Reader, **request: object) -> list[str]:
    return sorted(hit.id for hit in reader.search(SearchRequest(TODAY, **request)).hits)  # type: ignore[arg-type]


def test_only_what_is_inside_is_found(reader: Reader) -> None:
    assert ids(reader, within=INSIDE) == ["a", "b", "c"]
    assert ids(reader, within=INSIDE, q="焊工") == ["b"]
    assert ids(reader, within=()) == []
    assert ids(reader) == ["a", "abc", "b", "c", "d", "e"]


def test_nothing_is_relaxed_out_of_the_set(reader: Reader) -> None:
    assert ids(reader, within=("a",), q="焊工 长安") in ([], ["a"])
    assert ids(reader, within=("e",), q="焊工") == []


def test_counts_and_pages_stay_inside(reader: Reader) -> None:
    request = SearchRequest(TODAY, within=INSIDE, facets=("division",), page_size=2)
    result = reader.search(request)
    assert (result.total, len(result.hits), result.openings) == (3, 2, 30)
    assert sum(count.count for count in result.facets["division"] if len(count.value) == 9) == 3
