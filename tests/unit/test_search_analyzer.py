"""Queries and postings are cut into words the same way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analyzer import index_words, query_words
from search.folding import fold, read_words
from tests.unit.search_samples import TITLES


def _required(text: str) -> set[str]:
    return {part for word in query_words(text) for part in word.required}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("长白班文员", "长白班"),
        ("包吃住", "包吃住"),
        ("提供夫妻房", "夫妻房"),
        ("叉车司机", "叉车司机"),
        ("叉车司机", "叉车"),
        ("数控车床操作工", "数控车床"),
        ("曲江区马坝镇", "马坝"),
        ("要C1驾照", "c1"),
        ("A2证", "a2"),
        ("CNC学徒", "cnc"),
        ("年底13薪", "13薪"),
        ("ＣＮＣ学徒", "cnc"),
        ("長安鎮電工", "电工"),
        ("C++开发", "c++"),
    ],
)
def test_words_of_the_trade_are_kept_whole(text: str, word: str) -> None:
    assert word in index_words(text)


def test_advertising_and_punctuation_are_dropped() -> None:
    assert index_words("急聘！高薪诚聘：普工（2名）") == ["普工", "名"]
    assert query_words("招聘") == ()


def test_long_word_is_found_where_its_parts_stand_apart() -> None:
    assert _required("叉车司机") <= set(index_words("司机，会开叉车"))


def test_leftover_characters_of_an_unknown_name_are_welcome_but_not_required() -> None:
    assert _required("鑫华盛") == {"华盛"}
    assert _required("焊") == {"焊"}


def test_vocabulary_is_large_enough() -> None:
    assert len(read_words("search_words.txt")) >= 400


@given(st.sampled_from(TITLES), st.text(alphabet="电子厂急聘包吃住（）a1 ", max_size=8))
@settings(max_examples=60, deadline=None)
def test_words_of_a_title_are_found_when_typed_as_written(title: str, rest: str) -> None:
    text = f"{title} {rest}"
    assert _required(text) <= set(index_words(text))


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_folding_twice_changes_nothing_that_matters(text: str) -> None:
    assert index_words(fold(text)) == index_words(fold(fold(text)))
