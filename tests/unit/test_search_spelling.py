"""What may have been meant: by pinyin, by its initials, by the sound of a wrong character, by a wrong letter."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import pinyin
from search.catalogue import Catalogue
from search.lexicon import Lexicon, lexicon_of
from search.spelling import is_doubtful, mended, surely_mended

COUNTS: Mapping[str, int] = {
    "普工": 50, "品管": 5, "焊工": 20, "电焊工": 8, "会计": 9, "文员": 30, "保安": 12, "宝安": 40, "经典": 3,
    "司机": 30, "叉车司机": 7, "仓库管理员": 6, "操作工": 15, "长白班": 4, "长安": 99, "采购": 5,
    "python": 2, "仓管": 4,
}  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    titles = Catalogue()
    titles.number_all(["宝安区司机", "经典款车位", "Python 开发"])
    return lexicon_of(titles)


def _meant(text: str, lexicon: Lexicon) -> str:
    better = mended(text, lexicon, lambda word: COUNTS.get(word, 0))
    return " ".join(better.get(chunk, chunk) for chunk in text.split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pugong", "普工"),
        ("pg", "普工"),
        ("hangong", "焊工"),
        ("hanggong", "焊工"),
        ("cangguan", "仓管"),
        ("kuaiji", "会计"),
        ("changanpugong", "长安 普工"),
        ("changan pugong", "长安 普工"),
        ("caigou", "采购"),
        ("pyhton", "python"),
        ("电悍工", "电焊工"),
        ("含工", "焊工"),
        ("保按", "保安"),
        ("叉车事机", "叉车司机"),
        ("仓库管里员", "仓库管理员"),
        ("长白班操做工", "长白班操作工"),
        ("电焊工人", "电焊工人"),
        ("普工", "普工"),
    ],
)
def test_typed_and_meant(lexicon: Lexicon, typed: str, meant: str) -> None:
    assert _meant(typed, lexicon) == meant


@pytest.mark.parametrize("typed", ["景点", "asdfgh", "qwerty", "火箭", "量子计算机研究员火星", "x", "xq", "5000"])
def test_what_is_a_word_of_its_own_or_nothing_at_all_is_left_alone(lexicon: Lexicon, typed: str) -> None:
    assert mended(typed, lexicon, lambda word: COUNTS.get(word, 0)) == {}


def test_longer_chunk_that_sounds_like_a_word_of_the_trade_is_surely_meant(lexicon: Lexicon) -> None:
    assert is_doubtful("插车司机")
    assert not is_doubtful("叉车司机")
    chunks = ["插车司机", "鑫华盛", "小化妆"]
    assert surely_mended(chunks, lexicon, lambda word: COUNTS.get(word, 0)) == {"插车司机": "叉车司机"}


def test_sounds() -> None:
    assert pinyin.full("长班") == {"changban", "zhangban"}
    assert pinyin.initials("普工") == {"pg"}
    assert pinyin.full("\u3400") == set()
    assert pinyin.careless("hanggong") == pinyin.careless("hangong")
    assert pinyin.is_latin("pugong")
    assert not pinyin.is_latin("a2")


def test_lexicon_goes_on_from_where_it_was() -> None:
    titles = Catalogue()
    assert "镭雕师" not in lexicon_of(titles).words
    titles.number_all(["镭雕师傅"])
    assert any("镭" in word or "师傅" in word for word in lexicon_of(titles).words)


@given(st.text(alphabet="普工电焊悍abcgnpuo 长安景点5-", max_size=16))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_mended_and_only_its_own_chunks_are(typed: str) -> None:
    lexicon = Lexicon()
    lexicon.add(COUNTS)
    better = mended(typed, lexicon, lambda word: COUNTS.get(word, 0))
    assert set(better) <= set(typed.split())
    assert all(COUNTS.get(chunk, 0) == 0 for chunk in better)
