"""Queries and postings are cut into words the same way."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analyzer import cut, index_words, phrase_words, query_words
from search.folding import fold, read_lines, read_words
from search.synonyms import MOST, synonym_words, synonyms_of
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


def _finds(text: str) -> dict[str, float]:
    return {other: weight for word in query_words(text) for other, weight in word.synonyms}


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("普工", "作业员"),
        ("流水线", "普工"),
        ("文员", "前台"),
        ("保洁", "清洁工"),
        ("司机", "驾驶员"),
        ("电焊工", "焊工"),
        ("叉车工", "叉车司机"),
        ("仓管", "仓库管理员"),
        ("育婴师", "育儿嫂"),
        ("ＣＮＣ", "数控加工"),
        ("傢俱", "家具"),
    ],
)
def test_words_of_one_meaning_find_each_other(typed: str, also: str) -> None:
    assert 0 < _finds(typed)[also] <= 1


def test_a_close_word_is_worth_more_than_a_loose_one_and_some_ways_are_closed() -> None:
    assert _finds("文员")["文职"] > _finds("文员")["前台"]
    assert "清洁" not in _finds("保洁员")
    assert "保洁员" in _finds("清洁")


def test_long_word_is_asked_by_its_parts_when_only_they_have_other_words() -> None:
    assert "清洁工" in _finds("酒店保洁")
    assert _required("员工宿舍") <= set(index_words("员工有宿舍"))


def test_synonyms_can_be_found_in_texts() -> None:
    """A posting has a synonym when the word is in its list of words: it must not be cut up."""
    assert [word for word in synonym_words() if cut(word) != [word]] == []
    assert len(read_lines("search_synonyms.txt")) >= 150
    assert all(len(synonyms_of(word)) <= MOST for word in synonym_words())


def test_phrase_keeps_the_order_of_its_words_and_no_inner_ones() -> None:
    assert phrase_words("会操作叉车司机优先") == ("会", "操作", "叉车司机")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("简单", "安装简单"),
        ("小化妆", "小化妆包"),
        ("写周报告诉我如何", "告诉我如何写周报"),
        ("数控车床", "数控车床操作工"),
    ],
)
def test_what_is_typed_is_found_inside_and_in_any_order(typed: str, text: str) -> None:
    assert _required(typed)
    assert _required(typed) <= set(index_words(text))


def test_sound_is_no_meaning() -> None:
    assert not _required("景点") & set(index_words("经典款式"))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("製衣廠啟動", "制衣厂启动"),
        ("麵點師傅", "面点师傅"),
        ("著名", "著名"),
        ("乾淨俱乐部", "乾净俱乐部"),
        ("Ａ２證", "a2证"),
    ],
)
def test_traditional_characters_become_simplified(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_vocabulary_is_large_enough() -> None:
    assert len(read_words("search_words.txt")) >= 400


@given(st.sampled_from(TITLES), st.text(alphabet="电子厂急聘包吃住（）a1 ", max_size=8))
@settings(max_examples=60, deadline=None)
def test_words_of_a_title_are_found_when_typed_as_written(title: str, rest: str) -> None:
    text = f"{title} {rest}"
    assert _required(text) <= set(index_words(text))


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("letter", ["\u0390", "\u03b0", "普工\u0390，包住"])
def test_letters_that_fold_apart_and_join_again_come_to_an_end(letter: str) -> None:
    assert fold(letter) == unicodedata.normalize("NFKC", letter)


@pytest.mark.parametrize("mark", [*"，；：（）！？％／～＋", "\u3000"])
def test_wide_marks_fold_as_unicode_says_whatever_stands_beside_them(mark: str) -> None:
    for beside in (mark, "a", "普", "\u0301", "\u0338", "\u3099"):
        assert fold(mark + beside) == unicodedata.normalize("NFKC", mark + beside).casefold()
