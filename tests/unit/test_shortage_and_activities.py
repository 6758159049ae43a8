"""Pure rules: who is short of workers and why, when an activity may count, and what is personal in a text."""

from dataclasses import replace
from datetime import date

import pytest

from exchange.activities import ActivityKind, Figure, Holding, missing_for_holding
from exchange.personal_words import find_personal
from exchange.shortage import Vacancies, rank, shortage_of

PLAIN = Vacancies("甲厂", "", "440229", 2, 40, 40 * 60, 60, 0, 0)


def test_few_openings_or_young_ones_are_no_shortage() -> None:
    assert shortage_of(PLAIN) is not None
    assert shortage_of(replace(PLAIN, openings=19, opening_days=19 * 60)) is None
    assert shortage_of(replace(PLAIN, opening_days=40 * 29)) is None
    assert shortage_of(replace(PLAIN, openings=0, opening_days=0, moved_on=date(2024, 5, 1))) is None


def test_a_relocated_employer_is_listed_from_the_first_opening_and_weighs_double() -> None:
    moved = replace(PLAIN, moved_on=date(2024, 5, 1))
    one, both = shortage_of(replace(moved, openings=1, opening_days=3)), shortage_of(moved)
    assert one is not None
    assert both is not None
    assert (one.score, both.score) == (1, 160)  # 80 person-months


def test_what_did_not_fill_it_weighs_more_and_is_said() -> None:
    tried = shortage_of(replace(PLAIN, reopened=1, after_activities=2))
    assert tried is not None
    assert tried.score == 140
    assert tried.reasons == (
        "2 个岗位缺 40 人，平均已招 60 天，相当于空缺 80 人月",
        "1 个岗位结束后又重新开招",
        "参加过 2 场活动后仍未招满",
    )


def test_the_worst_come_first() -> None:
    worse = replace(PLAIN, employer="乙厂", opening_days=40 * 90)
    small = replace(PLAIN, employer="丙厂", openings=3)
    assert [one.vacancies.employer for one in rank([PLAIN, small, worse])] == ["乙厂", "甲厂"]


HELD = Holding(ActivityKind.NAMED_CLASS, date(2026, 3, 1), 40, {"students": 38}, 1, ["韶关市技师学院"], ["甲厂"])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends_on": date(2026, 3, 13)}, "还没有结束"),
        ({"participants": None}, "参加人数"),
        ({"figures": {"students": 0}}, "开设班级、学生"),
        ({"evidence": 0}, "佐证材料"),
        ({"schools": []}, "合作院校"),
        ({"employers": []}, "冠名企业"),
    ],
)
def test_what_an_activity_lacks_to_count_is_said(changes: dict[str, object], said: str) -> None:
    assert missing_for_holding(HELD, date(2026, 3, 12)) == []
    (complaint,) = missing_for_holding(replace(HELD, **changes), date(2026, 3, 12))  # type: ignore[arg-type]
    assert said in complaint


def test_every_kind_reports_figures_with_a_unit() -> None:
    for kind in ActivityKind:
        assert kind.label
        assert kind.figures
    assert {figure for kind in ActivityKind for figure in kind.figures} == set(Figure)
    assert all(figure.label and figure.unit for figure in Figure)


@pytest.mark.parametrize(
    "words",
    [
        "手机13800138000",
        "138-0013-8000",
        "０７５１－８５５５２０１",
        "138.0013.8000",
        "139 0013 80 00",
        "+8613800138000",
        "打一三八零零一三八零零零",
        "440229199001011234",
        "44022919900101123X",
        "a.b@qq.com",
        "微信：wy_2026x",
        "张先生带队",
        "李师傅会焊",
        "联系人：欧阳芳",
        "王小明、李建国",
        "陈芳，吴磊，周强",
    ],
)
def test_persons_are_found(words: str) -> None:
    assert "不写任何人的姓名" in find_personal(words)


@pytest.mark.parametrize(
    "words",
    [
        "普工、焊工、电工",
        "文员、保安",
        "高压电工、安装工",
        "十人有焊工证，五人会开叉车",
        "4000-5000元",
        "车工、钳工、铣工",
        "高中、中专",
        "2026-03-15",
        "白班、夜班",
        "江边、石排、黄江",
        "28 人，其中女 12 人",
        "叉车司机、装卸工",
        "马上到岗",
        "包吃住，周末双休",
        "夫妻工 6 对",
        "何时到岗面议",
        "陈列员、陶瓷工",
        "服从安排、万能工",
        "招150 2026-03-15到岗",
        "4500 5000 6500",
    ],
)
def test_trades_and_numbers_of_people_are_no_persons(words: str) -> None:
    assert find_personal(words) == ""


def test_fairs_that_did_not_fill_it_weigh_as_activities_do() -> None:
    after = shortage_of(replace(PLAIN, after_fairs=2))
    assert after is not None
    assert after.score == 120  # 80 person-months and a half more
    assert "参加过 2 场对接会后仍未招满" in after.reasons
