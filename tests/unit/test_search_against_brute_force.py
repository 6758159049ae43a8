"""The engine finds exactly what a plain loop over all postings finds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.divisions import find_division
from search.analyzer import QueryWord, index_words, phrase_words, query_words
from search.benefits import with_implied
from search.documents import PostingDocument
from search.engines.contract import Reader
from search.engines.whoosh.rows import field_words
from search.opening import open_engine
from search.requests import SearchRequest, SearchResult
from tests.unit.search_samples import TITLES, TODAY, many_postings, posting

POSTINGS = many_postings(2000)
CHANGED = many_postings(2000, seed=2)[::10]
REMOVED = {posting.id for posting in POSTINGS[5::20]}


def _highest_pay(posting: PostingDocument) -> int:
    if not posting.salary_counts:
        return -1
    return posting.salary_max if posting.salary_max is not None else posting.salary_min or -1


def _city(posting: PostingDocument) -> str:
    place = find_division(posting.division)
    assert place is not None
    return place.parent or place.code


CHECKS: dict[str, Callable[[PostingDocument, str], bool]] = {
    "direction": lambda posting, value: posting.direction == value,
    "division": lambda posting, value: value in (posting.division, _city(posting)),
    "education": lambda posting, value: posting.education == value,
    "salary_min": lambda posting, value: _highest_pay(posting) >= int(value),
    "benefit": lambda posting, value: value in with_implied(posting.benefits),
    "cluster": lambda posting, value: posting.cluster == ("" if value == "unassigned" else value),
    "occupation": lambda posting, value: posting.occupation.startswith(value),
    "source": lambda posting, value: posting.source == value,
    "published_within": lambda posting, value: (TODAY - posting.published_on).days < int(value),
}
VALUES = {
    "direction": ["dg-sg", "sg-dg"],
    "division": ["441900", "440200", "441900119", "440229"],
    "education": ["unlimited", "college", "bachelor"],
    "salary_min": ["3000", "5000", "9000"],
    "benefit": ["包吃", "包吃住", "社保"],
    "cluster": ["unassigned", "c01"],
    "occupation": ["6", "6-31-01", "4"],
    "source": ["dg-feed", "sg-upload"],
    "published_within": ["1", "14", "30"],
}
TEXTS = ["", *TITLES, "普工 相关", "华盛 电子", "电工 五金"]
filters = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(values), min_size=1, max_size=2) for name, values in VALUES.items()}
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    reader, writer = open_engine(tmp_path_factory.mktemp("index"))
    writer.rebuild(iter(POSTINGS), 1)
    for at in range(0, len(CHANGED), 20):
        writer.apply(CHANGED[at : at + 20], [], 2 + at)
    writer.apply([], REMOVED, 1000)
    return reader


def _current() -> list[tuple[PostingDocument, set[str]]]:
    latest = {posting.id: posting for posting in [*POSTINGS, *CHANGED]}
    return [
        (posting, {word for words in field_words(posting) for word in words})
        for posting in latest.values()
        if posting.id not in REMOVED and posting.valid_through >= TODAY
    ]


CURRENT = _current()


def _has(words: set[str], asked: QueryWord) -> bool:
    if not asked.required and not asked.synonyms:
        return True  # welcome, not required
    return words.issuperset(asked.required) or any(synonym in words for synonym, _ in asked.synonyms)


def _follow_each_other(posting: PostingDocument, phrase: str) -> bool:
    """Signs and words that say nothing aside."""
    fields = (posting.title, posting.employer, posting.description, posting.address, *posting.benefits)
    return any("".join(phrase_words(phrase)) in "".join(phrase_words(field)) for field in fields)


def _expected(
    text: str, chosen: dict[str, list[str]], phrase: str = "", excluded: str = ""
) -> list[PostingDocument]:
    asked = query_words(f"{text} {phrase}")
    return [
        posting
        for posting, words in CURRENT
        if all(_has(words, word) for word in asked)
        and all(any(CHECKS[name](posting, value) for value in values) for name, values in chosen.items())
        and (not phrase or _follow_each_other(posting, phrase))
        and not (excluded and excluded in words)
    ]


def _walk(reader: Reader, request: SearchRequest) -> SearchResult:
    result = reader.search(request)
    hits = list(result.hits)
    cursor = result.next_cursor
    while cursor:
        page = reader.search(SearchRequest(request.today, request.q, request.filters, page_size=100, cursor=cursor))
        hits += page.hits
        cursor = page.next_cursor
    return SearchResult(result.total, result.openings, tuple(hits), relaxed=result.relaxed)


@given(text=st.sampled_from(TEXTS), chosen=filters)
@settings(max_examples=120, deadline=None)
def test_same_postings_as_a_plain_loop(reader: Reader, text: str, chosen: dict[str, list[str]]) -> None:
    expected = _expected(text, chosen)
    request = SearchRequest(TODAY, text, {name: tuple(values) for name, values in chosen.items()}, page_size=100)
    result = _walk(reader, request)
    if not expected:
        assert result.total == 0 or result.relaxed or "华盛" in text
        return
    assert result.relaxed == ()
    assert result.total == len(expected) == len(result.hits)
    assert {hit.id for hit in result.hits} == {posting.id for posting in expected}
    assert result.openings == sum(posting.openings or 0 for posting in expected)


@given(
    text=st.sampled_from(["", "普工", "文员"]),
    phrase=st.sampled_from(["负责普工", "负责叉车司机相关工作", "电工包住", "华盛电子", "司机叉车", "操作工"]),
    excluded=st.sampled_from(["", "五金", "会计", "双休"]),
    chosen=filters,
)
@settings(max_examples=80, deadline=None)
def test_phrases_and_excluded_words_as_a_plain_loop(
    reader: Reader, text: str, phrase: str, excluded: str, chosen: dict[str, list[str]]
) -> None:
    expected = _expected(text, chosen, phrase, excluded)
    unwanted = f"-{excluded}" if excluded else ""
    request = SearchRequest(TODAY, f'{text} "{phrase}" {unwanted}', {n: tuple(v) for n, v in chosen.items()})
    result = reader.search(request)
    if expected or not result.relaxed:
        assert (result.total, result.relaxed) == (len(expected), ())


def test_phrase_is_found_across_words_that_say_nothing(tmp_path: Path) -> None:
    reader, writer = open_engine(tmp_path)
    texts = {"a": "负责设备的安装 和简单维修", "b": "维修简单，安装设备"}
    writer.rebuild([posting(id, description=text) for id, text in texts.items()], 1)

    def found(q: str) -> list[str]:
        return [hit.id for hit in reader.search(SearchRequest(TODAY, q)).hits]

    assert found('"设备的安装"') == ["a"]
    assert found('"设备安装"') == ["a"]
    assert found('"安装设备"') == ["b"]
    assert found('维修 -"安装设备"') == ["a"]
    assert set(found("维修 -焊工")) == {"a", "b"}


def test_a_synonym_is_found_and_counts_less_than_the_word(tmp_path: Path) -> None:
    word = next(word for word in query_words("普工") if word.synonyms)
    other, weight = word.synonyms[0]
    reader, writer = open_engine(tmp_path)
    writer.rebuild([posting("other", title=other), posting("word", title="普工"), posting("none", title="会计")], 1)
    hits = reader.search(SearchRequest(TODAY, "普工")).hits
    assert [hit.id for hit in hits] == ["word", "other"]
    assert weight < 1
    assert hits[1].score < hits[0].score


def test_the_loop_itself_finds_something() -> None:
    assert len(_expected("普工", {"direction": ["dg-sg"]})) > 20
    assert index_words("普工") == ["普工"]
