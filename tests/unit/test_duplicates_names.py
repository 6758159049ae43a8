"""Names of employers and jobs, taken apart: what may be one, and what never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.duplicates.employers import client_core, employer_name, is_close
from ingest.duplicates.titles import compare_titles, title_name


@pytest.mark.parametrize(
    "written",
    [
        "华盛电子有限公司",
        "东莞华盛电子有限公司",
        "广东省东莞市华盛电子有限责任公司",
        "华盛电子（东莞）有限公司",
        "东莞市长安镇华盛电子有限公司",
        "东莞市长安华盛电子有限公司",
        "华盛电子（中国）股份有限公司",
        "华盛电子集团有限公司",
        "华盛电子有限公司东莞分公司",
        "华盛电子",
    ],
)
def test_region_and_form_do_not_tell_companies_apart(written: str) -> None:
    assert employer_name(written).core == "华盛电子"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("东莞市华盛电子有限公司", "东莞市华盛五金有限公司"),
        ("东莞市华盛电子有限公司", "东莞市华盛电子厂"),
        ("东莞市电子科技有限公司", "韶关市电子科技有限公司"),
        ("东莞有限公司", "韶关有限公司"),
        ("华盛电子（深圳）有限公司", "华盛电子（东莞）有限公司"),
        ("华盛电子有限公司第二分公司", "华盛电子有限公司"),
    ],
)
def test_what_tells_companies_apart_stays(one: str, other: str) -> None:
    assert employer_name(one).core != employer_name(other).core


def test_a_name_keeps_where_it_is_registered() -> None:
    assert employer_name("东莞市华盛电子有限公司").region == "东莞"
    assert employer_name("华盛电子（韶关）有限公司").region == "韶关"
    assert employer_name("华盛电子有限公司").region == ""


def test_agencies_are_known_by_their_names_and_say_whom_they_hire_for() -> None:
    assert employer_name("东莞市聚才人力资源有限公司").is_agency
    assert employer_name("韶关众诚劳务派遣有限公司").is_agency
    assert not employer_name("东莞市华盛电子有限公司").is_agency
    assert client_core("用工单位：东莞市华盛电子有限公司。负责组装。") == "华盛电子"
    assert client_core("派往华盛电子（东莞）有限公司上班") == "华盛电子"
    assert client_core("负责组装，服从安排") == ""


def test_a_slip_of_the_pen_is_close_and_another_trade_is_not() -> None:
    def close(one: str, other: str) -> bool:
        return is_close(employer_name(one), employer_name(other))

    assert close("东莞市华盛电子有限公司", "东莞市华胜电子有限公司")
    assert close("东莞市华盛电子科技有限公司", "华盛电子有限公司")
    assert not close("东莞市华盛电子有限公司", "东莞市华盛五金有限公司")
    assert not close("东莞市华为有限公司", "东莞市华伟有限公司")  # too short to be sure


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("普工", "急聘普工（包吃住）5名", "same"),
        ("普工", "生产普工", "reworded"),
        ("仓管员", "仓库管理员", "reworded"),
        ("业务员（外贸）", "外贸业务员", "reworded"),
        ("人事行政专员", "行政人事专员", "reworded"),
        ("焊工/电工", "电工、焊工", "reworded"),
        ("普工", "操作工", "alike"),
        ("普工", "普工/操作员", "alike"),
        ("包装员", "包装工", "alike"),
        ("质检员", "QC检验员", "alike"),
    ],
)
def test_titles_that_may_be_one_job(one: str, other: str, level: str) -> None:
    assert compare_titles(title_name(one), title_name(other)) == level
    assert compare_titles(title_name(other), title_name(one)) == level


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PE工程师", "IE工程师"),
        ("普工（白班）", "普工（夜班）"),
        ("普工", "仓库普工"),
        ("生产主管", "生产组长"),
        ("初级电工", "高级电工"),
        ("电焊工", "氩弧焊工"),
        ("厨师", "厨工"),
        ("焊工/电工", "焊工"),
        ("外贸业务员", "内贸业务员"),
        ("销售经理（东莞）", "销售经理（韶关）"),
        ("C++工程师", "C#工程师"),
        ("C工程师", "C++工程师"),
        ("人事专员", "专员"),
        ("会计", "出纳"),
    ],
)
def test_titles_of_two_jobs(one: str, other: str) -> None:
    assert compare_titles(title_name(one), title_name(other)) == ""


@given(st.text(min_size=1, max_size=30).filter(str.strip))
def test_any_title_is_the_same_as_itself_and_every_reading_has_words(title: str) -> None:
    name = title_name(title)
    assert compare_titles(name, name) == "same"
    assert name.wording
    assert name.family


@given(st.text(alphabet="东莞韶关市镇长安()（）有限公司集团电子华盛", min_size=1, max_size=16))
def test_any_employer_keeps_a_core(name: str) -> None:
    assert employer_name(name).core
