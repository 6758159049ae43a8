"""Walking through everything that was found, page by page."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.whoosh.reader import WhooshReader
from search.engines.whoosh.writer import WhooshWriter
from search.requests import SearchError, SearchRequest, UnknownValue
from tests.unit.search_samples import TODAY, many_postings, new_engine, posting


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> WhooshReader:
    folder = tmp_path_factory.mktemp("index")
    writer = WhooshWriter(folder)
    postings = many_postings(400)
    writer.rebuild(iter(postings[:300]), 1)
    writer.apply(postings[250:], [posting.id for posting in postings[:20]], 2)
    return WhooshReader(folder)


def walk(reader: WhooshReader, request: SearchRequest) -> list[str]:
    found: list[str] = []
    while True:
        result = reader.search(request)
        found += [hit.id for hit in result.hits]
        if result.next_cursor is None:
            return found
        request = replace(request, cursor=result.next_cursor)


@given(
    q=st.sampled_from(["", "普工", "电工 5000以上", "东莞 焊工", "普工 飞行员"]),
    sort=st.sampled_from(["relevance", "newest", "salary"]),
    size=st.integers(1, 100),
    group=st.sampled_from([None, "employer"]),
)
@settings(max_examples=40, deadline=None)
def test_walk_meets_every_hit_once_and_in_the_order_of_pages(
    reader: WhooshReader, q: str, sort: str, size: int, group: str | None
) -> None:
    request = SearchRequest(TODAY, q=q, sort=sort, page_size=size, group=group)
    walked = walk(reader, request)
    assert len(walked) == len(set(walked))
    if group is None:
        assert len(walked) == reader.search(request).total
    second = reader.search(replace(request, page=2))
    assert [hit.id for hit in second.hits] == walked[size : 2 * size]


def test_newest_first_then_id(reader: WhooshReader) -> None:
    days = {document.id: document.published_on for document in many_postings(400)}
    walked = walk(reader, SearchRequest(TODAY, sort="newest", page_size=100))
    assert walked == sorted(walked, key=lambda identifier: (-days[identifier].toordinal(), identifier))


def test_best_paid_first_and_uncounted_pay_last(tmp_path: Path) -> None:
    reader, writer = new_engine(tmp_path)
    pays = {"a": (5000, None, True), "b": (4000, 9000, True), "c": (None, None, False), "d": (20000, None, False)}
    postings = [
        posting(name, salary_min=low, salary_max=high, salary_counts=counts)
        for name, (low, high, counts) in pays.items()
    ]
    writer.apply(postings, [], 1)
    assert [hit.id for hit in reader.search(SearchRequest(TODAY, sort="salary")).hits] == ["b", "a", "c", "d"]


def test_walk_goes_on_in_a_newer_index_and_says_so(tmp_path: Path) -> None:
    reader, writer = new_engine(tmp_path)
    postings = many_postings(50)
    writer.apply(postings, [], 1)
    request = SearchRequest(TODAY, sort="newest", page_size=10)
    first = reader.search(request)
    last = first.hits[-1].id
    writer.apply([posting("brand-new", published_on=TODAY)], [last], 2)
    second = reader.search(replace(request, cursor=first.next_cursor))
    assert any("更新" in said for said in second.relaxed)
    before = {hit.id for hit in first.hits}
    assert not before & {hit.id for hit in second.hits}
    everything = walk(reader, request)
    assert [hit.id for hit in second.hits] == [i for i in everything if i not in before and i != "brand-new"][:10]


@pytest.mark.parametrize("cursor", ["x", "!!!", "eyJhIjoxfQ", "WzEsMiwzXQ", "W10", "bnVsbA"])
def test_damaged_cursor_is_refused_in_plain_words(reader: WhooshReader, cursor: str) -> None:
    with pytest.raises(SearchError, match="第一页"):
        reader.search(SearchRequest(TODAY, cursor=cursor))


def test_cursor_of_another_search_is_refused(reader: WhooshReader) -> None:
    cursor = reader.search(SearchRequest(TODAY, q="普工", page_size=1)).next_cursor
    with pytest.raises(SearchError, match="另一次搜索"):
        reader.search(SearchRequest(TODAY, q="电工", page_size=1, cursor=cursor))


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("sort", "random"), ("page", 0), ("page_size", 0), ("page_size", 101), ("group", "city")],
)
def test_unknown_parameter_value_is_named(reader: WhooshReader, parameter: str, value: object) -> None:
    with pytest.raises(UnknownValue) as raised:
        reader.search(replace(SearchRequest(TODAY), **{parameter: value}))  # type: ignore[arg-type]
    assert raised.value.details == {"parameter": parameter, "value": str(value)}


def test_one_hit_per_employer_and_how_many_more(tmp_path: Path) -> None:
    reader, writer = new_engine(tmp_path)
    writer.apply([posting(f"a{n}") for n in range(3)] + [posting("b", employer="翁源茶场")], [], 1)
    result = reader.search(SearchRequest(TODAY, q="普工", group="employer"))
    assert result.total == 4
    assert sorted(hit.siblings for hit in result.hits) == [0, 2]


def test_page_beyond_the_end_is_empty(reader: WhooshReader) -> None:
    result = reader.search(SearchRequest(TODAY, page=10_000))
    assert (result.hits, result.next_cursor) == ((), None)
    assert result.total > 0
