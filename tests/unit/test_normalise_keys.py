"""Keys meet where two records speak of one job, and part where they do not."""

from dataclasses import replace

import pytest

from exchange.content import Content, Salary
from ingest.normalise.keys import employer_key, identity_key, title_key


@pytest.mark.parametrize(
    "dressed",
    [
        "普工",
        "急聘普工",
        "急招普工",
        "诚聘普工",
        "高薪诚聘普工",
        "招聘普工",
        "普工（急）",
        "普工（包吃住）",
        "普工(包吃住、五险一金)",
        "普工 （男女不限，包吃住）",
        "普工5名",
        "普工（10人）",
        "普工 若干名",
        "【急招】普工",
        " 普 工 ",
        "普工/包吃住",
        "普工（5000-7000元/月）",
    ],
)
def test_dress_comes_off(dressed):
    assert title_key(dressed) == title_key("普工")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("招聘专员", "专员"),
        ("C++工程师", "C#工程师"),
        ("普工A", "普工B"),
        ("普工（长白班）", "普工（夜班）"),
        ("1号线电工", "11号线电工"),
        ("初级工程师", "高级工程师"),
        ("急诊护士", "诊护士"),
        ("招商经理", "商经理"),
        ("招生老师", "生老师"),
        ("外贸业务员（英语）", "外贸业务员"),
        ("2D设计师", "3D设计师"),
        ("电工（高压）", "电工（低压）"),
        ("急救员", "救员"),
        ("普工", "普工组长"),
        ("10级技工", "技工"),
    ],
)
def test_different_jobs_keep_different_keys(one, other):
    assert title_key(one) != title_key(other)


@pytest.mark.parametrize("title", ["诚聘", "急招", "（急）", "包吃住", "５人", "!!!"])
def test_a_title_of_nothing_but_dress_still_has_a_key(title):
    assert title_key(title)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("晨曜（东莞）有限公司", "晨曜(东莞)有限公司"),
        ("晨曜有限责任公司", "晨曜有限公司"),
        ("ＡＢＣ电子", "abc 电子"),
        (" 晨曜 ", "晨曜"),
    ],
)
def test_one_employer_written_in_two_ways(one, other):
    assert employer_key(one) == employer_key(other)


def test_two_employers_stay_two():
    assert employer_key("晨曜电子有限公司") != employer_key("晨曜电子")


def test_identity_is_employer_title_and_place_but_never_pay():
    content = Content("急聘普工", "晨曜（东莞）有限公司", "441900119", Salary(min=5000, max=6000))
    assert len(identity_key(content)) == 32
    assert identity_key(content) == identity_key(replace(content, title="普工", salary=Salary(min=9000)))
    assert identity_key(content) != identity_key(replace(content, division="441900121"))
