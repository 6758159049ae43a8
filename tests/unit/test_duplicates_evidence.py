"""What makes two rows one job: duties without boilerplate, points for what agrees, what speaks against it outright."""

from dataclasses import replace

import pytest

from config.words import Education, EmploymentType
from exchange.content import Content, Salary
from ingest.duplicates import Match, Verdict, job_key, judge, side_of, wording_key
from ingest.duplicates.duties import compare_duties, duty_sentences
from ingest.duplicates.looking import shared_sentences
from ingest.duplicates.matching import Standing, choose
from ingest.duplicates.rules import rules

DUTIES = "将线路板插件放入治具并压紧；按作业指导书完成产品组装；下线前检查外壳有无划痕。"
OTHER_DUTIES = "收货时核对送货单和实物；每月盘点并追查差异；在系统里录入出入库。"
ONE = Content(
    title="普工",
    employer="东莞市华盛电子有限公司",
    division="441900119",
    salary=Salary("5000-6000", 5000, 6000),
    description=DUTIES,
    openings=10,
    education=Education.JUNIOR_HIGH,
)


def verdict(one: Content, other: Content, shared: frozenset[str] = frozenset()) -> Verdict | None:
    found = judge(side_of(one), side_of(other), shared)
    assert found == judge(side_of(other), side_of(one), shared)  # it does not matter who comes first
    return found


def is_one(one: Content, **changes: object) -> bool:
    found = verdict(one, replace(one, **changes))  # type: ignore[arg-type]
    return found is not None and found.is_duplicate


def test_boilerplate_labels_and_numbers_say_nothing_about_the_work() -> None:
    text = "岗位职责：\n1、负责焊接机架；2、打磨焊缝。\n包吃包住，五险一金。\n任职要求：初中以上，能看图纸"
    assert duty_sentences(text) == ("负责焊接机架", "打磨焊缝")


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (DUTIES, DUTIES, "same"),
        (DUTIES, f"岗位职责：\n1、{DUTIES}包吃包住。", "same"),
        (DUTIES, DUTIES[:26], "agree"),
        (DUTIES, OTHER_DUTIES, "differ"),
        (DUTIES, "", "unknown"),
        ("包吃包住，五险一金。", "包吃包住，五险一金。", "unknown"),
    ],
)
def test_how_far_duties_agree(one: str, other: str, level: str) -> None:
    assert compare_duties(one, other) == level
    assert compare_duties(other, one) == level


def test_what_stands_under_the_employers_other_jobs_is_boilerplate() -> None:
    texts = [("仓管员", DUTIES), ("生产普工", OTHER_DUTIES)]  # 生产普工 is 普工 again and says nothing
    shared = shared_sentences(side_of(ONE), texts)
    assert shared == frozenset(duty_sentences(DUTIES))
    assert compare_duties(DUTIES, DUTIES, shared) == "unknown"


def test_another_form_of_the_name_is_enough_when_the_rest_agrees() -> None:
    assert is_one(ONE, employer="华盛电子（东莞）有限公司")
    assert is_one(ONE, employer="华盛电子", description="", openings=None)
    assert not is_one(ONE, employer="华盛电子", description="", salary=Salary("8000-9000", 8000, 9000))
    assert not is_one(ONE, employer="东莞市华盛五金有限公司")


def test_another_name_of_the_trade_needs_the_duties() -> None:
    assert is_one(ONE, title="操作工")
    assert not is_one(ONE, title="操作工", description="")
    assert not is_one(ONE, title="操作工", description=OTHER_DUTIES)


def test_a_nearly_equal_name_needs_the_very_same_text() -> None:
    assert is_one(ONE, employer="东莞市华胜电子有限公司")
    assert not is_one(ONE, employer="东莞市华胜电子有限公司", description=DUTIES[:26])
    assert not is_one(ONE, employer="东莞市华胜电子有限公司", salary=Salary("5000-7000", 5000, 7000), openings=3)


def test_an_agency_meets_its_client_only_when_it_names_it() -> None:
    agency = "东莞市聚才人力资源有限公司"
    assert is_one(ONE, employer=agency, description=f"用工单位：东莞市华盛电子有限公司。{DUTIES}")
    assert not is_one(ONE, employer=agency)
    assert not is_one(ONE, employer=agency, description=f"用工单位：东莞市永昌五金有限公司。{DUTIES}")


def test_two_agencies_meet_in_the_same_telling_text() -> None:
    first = replace(ONE, employer="东莞市聚才人力资源有限公司")
    assert is_one(first, employer="东莞市众诚劳务派遣有限公司")
    assert not is_one(replace(first, description="服从安排。"), employer="东莞市众诚劳务派遣有限公司")


@pytest.mark.parametrize(
    "changes",
    [
        {"division": "441900121"},
        {"division": "440229"},
        {"title": "普工组长"},
        {"employment_type": EmploymentType.PART_TIME},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_speaks_against_it_outright(changes: dict[str, object]) -> None:
    assert verdict(ONE, replace(ONE, **changes)) is None  # type: ignore[arg-type]


def test_credit_codes_decide_about_names() -> None:
    coded = replace(ONE, uscc="91441900MA4W0000XX")
    assert is_one(coded, employer="东莞新名电子有限公司")
    assert verdict(coded, replace(coded, uscc="91441900MA4W1111XX")) is None


def test_a_row_that_names_only_the_city_needs_pay_or_duties() -> None:
    assert is_one(ONE, division="441900")
    assert not is_one(ONE, division="441900", description="", salary=Salary("5500-6800", 5500, 6800))


@pytest.mark.parametrize(
    ("salary", "level"),
    [
        (Salary("5000-6000", 5000, 6000), "same"),
        (Salary("5000-6500", 5000, 6500), "near"),
        (Salary("5800-8000", 5800, 8000), "partly"),
        (Salary("6500-8000", 6500, 8000), "apart"),
        (Salary("面议", negotiable=True), "unknown"),
        (Salary("5000以上", 5000), "near"),
    ],
)
def test_how_far_pay_agrees(salary: Salary, level: str) -> None:
    found = verdict(ONE, replace(ONE, salary=salary))
    assert found is not None
    assert found.levels["pay"] == level


def test_reasons_are_told_in_chinese_and_only_what_speaks_for_it() -> None:
    found = verdict(ONE, replace(ONE, employer="华盛电子", openings=3, description=""))
    assert found is not None
    assert found.reasons == (
        "单位名称相同（不计地区和“有限公司”等字样）",
        "岗位名称相同（“急聘”“（包吃住）”等修饰不算）",
        "工作地点相同",
        "薪资相同",
        "学历要求相同",
    )


def test_rows_that_may_be_one_share_a_key() -> None:
    assert job_key(ONE) == job_key(replace(ONE, employer="华盛电子", title="操作工", division="441900"))
    assert job_key(ONE) != job_key(replace(ONE, title="仓管员"))
    assert wording_key(ONE) == wording_key(replace(ONE, employer="东莞市聚才人力资源有限公司"))
    assert wording_key(replace(ONE, salary=Salary("面议", negotiable=True))) == ""


def test_every_level_has_its_points() -> None:
    told = {kind: set(levels) for kind, levels in rules().points.items()}
    assert told.keys() == {"employer", "title", "place", "pay", "openings", "education", "duties"}
    best = sum(max(level.points for level in levels.values()) for levels in rules().points.values())
    assert best > rules().threshold > max(level.points for level in rules().points["employer"].values())


def test_the_best_pair_goes_together_and_each_posting_takes_one_row() -> None:
    rows = {1: side_of(replace(ONE, title="操作工")), 2: side_of(replace(ONE, employer="华盛电子"))}
    standing = Standing("P1", side_of(ONE), "长安分局")
    matches = choose(rows, [(1, standing), (2, standing)])
    assert {position: match.posting_id for position, match in matches.items()} == {2: "P1"}
    assert matches[2].organisation == "长安分局"


def test_a_row_of_the_city_that_fits_two_towns_joins_neither() -> None:
    row = side_of(replace(ONE, division="441900"))
    towns = [Standing(town, side_of(replace(ONE, division=town)), "") for town in ("441900119", "441900121")]
    assert choose({1: row}, [(1, towns[0])])[1].posting_id == "441900119"
    assert choose({1: row}, [(1, town) for town in towns]) == {}


def test_a_match_survives_the_store() -> None:
    match = Match("P1", "普工", "华盛", "长安分局", ("单位名称相同",), 120)
    assert Match.from_json(match.as_json()) == match
