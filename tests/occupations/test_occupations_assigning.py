"""How a title is read: the head last, the trade before the rank, brackets and duties when the title is not enough."""

import pytest

from search.occupations import find_occupation, occupation_name, occupation_of, parent_of
from search.occupations.tree import at_level, occupations
from search.occupations.vocabulary import find_words, occupations_version


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("叉车司机", "6-30-05-01"),
        ("货车司机", "4-02-02-02"),
        ("龙门吊司机", "6-30-05-01"),
        ("焊工", "6-18-02-04"),
        ("急招电焊工（包吃住，6000起）", "6-18-02-04"),
        ("焊工/普工", "6-18-02-04"),
        ("注塑工", "6-14-02"),
        ("注塑工程师", "2-02-36-05"),
        ("模具师傅", "6-18-04-01"),
        ("模具设计师", "2-02-07-06"),
        ("机电工程师", "2-02-11"),  # not 电工 with 程师 behind it
        ("Java工程师", "2-02-10-03"),
        ("JAVA", "2-02-10-03"),
        ("保安队长", "4-07-05-01"),
        ("销售经理", "4-01-02-01"),
        ("焊接设备销售", "4-01-02-01"),
        ("采购助理", "4-01-01"),
        ("总经理助理", "3-01-02"),
        ("总经理", "1-06-01-02"),
        ("品质文员", "3-01-02"),
        ("电子厂保安", "4-07-05-01"),
        ("電工", "6-31-01-03"),
        ("ＣＮＣ操作员", "6-18-01-07"),
    ],
)
def test_the_title_alone_is_enough(title: str, code: str) -> None:
    assert occupation_of(title) == code


def test_what_stands_in_brackets_names_the_field() -> None:
    assert occupation_of("普工") == "6-99-00"
    assert occupation_of("普工（注塑）") == "6-14-02"


@pytest.mark.parametrize("title", ["", "急聘", "储备干部", "技术员", "学徒", "经理", "！！！", "QCY"])
def test_what_does_not_say_what_is_done_stays_open(title: str) -> None:
    assert occupation_of(title) == ""


@pytest.mark.parametrize(
    ("title", "duties", "code"),
    [
        ("普工", "负责注塑机开机、取件、包装", "6-14-02"),  # 包装 is what many do beside
        ("普工", "流水线作业，服从安排", "6-99-00"),
        ("普工", "操作冲床，或者看注塑机", "6-99-00"),  # two trades: neither
        ("学徒", "跟师傅学电焊", "6-18-02-04"),
        ("技术员", "负责生产设备的维修", "6-31-01-10"),
        ("保安", "协助焊工、电工", "4-07-05-01"),  # the title is enough
    ],
)
def test_duties_are_asked_when_the_title_is_not_enough(title: str, duties: str, code: str) -> None:
    assert occupation_of(title, duties) == code


def test_every_class_lies_in_a_class_of_the_tree() -> None:
    assert len(occupations()) > 2000
    assert [code for code in occupations() if parent_of(code) and parent_of(code) not in occupations()] == []


def test_names_and_levels() -> None:
    assert occupation_name("6-18-02-04") == "焊工"
    assert occupation_name("no such class") == ""
    small = find_occupation("6-18-02")
    assert small is not None
    assert small.level == 3
    assert at_level("6-18-02-04", 3) == "6-18-02"
    assert at_level("6", 3) == "6"


def test_every_word_leads_to_a_class_of_the_tree() -> None:
    from search.occupations import vocabulary

    codes = {trade.code for trade in vocabulary._trades().values()}
    codes |= {head.code for head in vocabulary._heads().values() if head.code}
    codes |= {code for field in vocabulary._fields().values() for code in field.values()}
    assert codes - set(occupations()) == set()


def test_every_head_a_field_names_exists() -> None:
    from search.occupations import vocabulary

    kinds = {head.kind for head in vocabulary._heads().values()}
    assert {kind for field in vocabulary._fields().values() for kind in field} - kinds == set()


def test_the_longest_word_is_taken() -> None:
    (word,) = find_words("总经理助理")
    assert word.trade is not None
    assert word.trade.code == "3-01-02"


def test_the_version_names_the_vocabulary() -> None:
    assert len(occupations_version()) == 8
