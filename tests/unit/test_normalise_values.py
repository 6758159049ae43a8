"""Openings, education, experience, age, employment type, benefits and industry as offices write them."""

import pytest

from config.words import Education, EmploymentType
from ingest.normalise.age import read_age, read_age_bounds
from ingest.normalise.benefits import known_benefits, read_benefits
from ingest.normalise.education import read_education
from ingest.normalise.employment import read_employment
from ingest.normalise.experience import read_experience
from ingest.normalise.industry import read_industry
from ingest.normalise.openings import is_some, read_openings


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        ("2", 2),
        ("2人", 2),
        ("招2人", 2),
        ("５", 5),
        ("5.0", 5),
        ("二十人", 20),
        ("5-8人", 5),
        ("10名以上", 10),
        ("约10人", 10),
        ("男女各5名", 10),
        ("男3女2", 5),
        ("男5名，女3名", 8),
        ("1,000", 1000),
    ],
)
def test_openings(text, openings):
    reading = read_openings(text)
    assert (reading.openings, reading.code) == (openings, "")


@pytest.mark.parametrize("text", ["若干", "招若干人", "若干名", "多名", "数名"])
def test_several_openings_are_no_problem_and_no_number(text):
    assert is_some(text)
    assert read_openings(text) == read_openings("若干")
    assert read_openings(text).code == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "openings.missing"),
        ("—", "openings.missing"),
        ("0", "openings.unreadable"),
        ("20000", "openings.unreadable"),
        ("见附件", "openings.unreadable"),
        ("13812345678", "openings.unreadable"),
    ],
)
def test_openings_that_are_none(text, code):
    reading = read_openings(text)
    assert (reading.openings, reading.code) == (None, code)
    assert not is_some(text)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("不限", "unlimited"),
        ("学历不限", "unlimited"),
        ("", "unlimited"),
        ("无要求", "unlimited"),
        ("小学以上", "unlimited"),
        ("初中", "junior_high"),
        ("初中及以上", "junior_high"),
        ("初中及以下", "unlimited"),
        ("高中", "senior_high"),
        ("高中/中专", "senior_high"),
        ("中技/中专", "vocational"),
        ("技校", "vocational"),
        ("职业高中", "vocational"),
        ("中专及以上", "vocational"),
        ("大专", "college"),
        ("专科", "college"),
        ("高职高专", "college"),
        ("大专以上，本科优先", "college"),
        ("统招本科", "bachelor"),
        ("大学", "bachelor"),
        ("研究生", "master"),
        ("硕士", "master"),
        ("博士研究生", "doctor"),
        ("bachelor", "bachelor"),
        ("21", "bachelor"),
        ("61", "senior_high"),
    ],
)
def test_education_is_the_lowest_accepted(text, level):
    reading = read_education(text)
    assert (reading.education, reading.code) == (Education(level), "")


@pytest.mark.parametrize("text", ["见附件", "应届", "abc"])
def test_unreadable_education_asks_for_nothing_and_says_so(text):
    reading = read_education(text)
    assert (reading.education, reading.code) == (Education.UNLIMITED, "education.unreadable")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3-5年", 3, 5),
        ("1-3", 1, 3),
        ("2年", 2, None),
        ("3年以上", 3, None),
        ("三年以上", 3, None),
        ("10年及以上", 10, None),
        ("1年以下", 0, 1),
        ("半年以上", 0, None),
        ("18个月", 1, None),
        ("不限", None, None),
        ("无需经验", None, None),
        ("0-99", None, None),
        ("应届毕业生", None, None),
        ("经验3-5年 / 本科", 3, 5),
        ("有相关经验优先", None, None),
        ("", None, None),
    ],
)
def test_experience(text, low, high):
    reading = read_experience(text)
    assert (reading.low, reading.high, reading.code) == (low, high, "")


@pytest.mark.parametrize("text", ["abc", "见附件"])
def test_unreadable_experience(text):
    assert read_experience(text).code == "experience.unreadable"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("18-45岁", 18, 45),
        ("18-45", 18, 45),
        ("18至45周岁", 18, 45),
        ("45岁以下", None, 45),
        ("18周岁以上", 18, None),
        ("18周岁以上，45周岁以下", 18, 45),
        ("男18-50，女18-45", 18, 50),
        ("不限", None, None),
        ("", None, None),
    ],
)
def test_age(text, low, high):
    reading = read_age(text)
    assert (reading.low, reading.high, reading.code) == (low, high, "")


def test_age_in_two_columns_and_age_that_is_none():
    assert (read_age_bounds("18", "45岁").low, read_age_bounds("18", "45岁").high) == (18, 45)
    assert read_age("若干").code == "age.unreadable"
    assert read_age_bounds("45", "18").code == "age.unreadable"


@pytest.mark.parametrize(
    ("text", "title", "kind"),
    [
        ("", "普工", "full_time"),
        ("全职", "普工", "full_time"),
        ("劳动合同制", "普工", "full_time"),
        ("兼职", "普工", "part_time"),
        ("", "兼职服务员", "part_time"),
        ("", "会计实习生", "internship"),
        ("劳务派遣", "", "dispatch"),
        ("学徒", "", "apprenticeship"),
        ("短期工", "", "temporary"),
        ("", "暑假工", "temporary"),
        ("外包", "", "other"),
        ("", "实习管理老师", "full_time"),
    ],
)
def test_employment_type(text, title, kind):
    assert read_employment(text, title) is EmploymentType(kind)


@pytest.mark.parametrize(
    ("text", "benefits"),
    [
        ("包吃住、五险一金、有夫妻房", ("包吃住", "五险一金", "夫妻房")),
        ("提供食宿", ("包吃住",)),
        ("不包吃住", ()),
        ("'3-4年', '本科', '五险一金', '员工旅游'", ("五险一金", "员工旅游")),
        ("周末双休 全勤奖", ("双休", "全勤奖")),
        ("包吃住，下午茶歇", ("包吃住", "下午茶歇")),
        ("", ()),
    ],
)
def test_benefits_by_their_canonical_names(text, benefits):
    assert read_benefits(text)[: len(benefits)] == benefits
    assert len(read_benefits(text)) <= max(len(benefits), 2)


def test_known_benefits_leave_out_what_is_denied():
    assert known_benefits("工资不含五险一金，包住") == ("包住",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("制造业", "C"),
        ("C39", "C39"),
        ("39", "C39"),
        ("3911", "C39"),
        ("农业", "A01"),
        ("电子厂", "C39"),
        ("五金模具", "C33"),
        ("家具制造业", "C21"),
        ("酒店", "H61"),
        ("餐饮业", "H62"),
        ("物流", "G58"),
        ("软件和信息技术服务业", "I65"),
        ("其他", ""),
        ("", ""),
    ],
)
def test_industry_codes(text, code):
    assert read_industry(text) == code
