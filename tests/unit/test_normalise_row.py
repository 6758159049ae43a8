"""A whole row: what it becomes, which problems it has, and that nothing makes the reader fail."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.words import City, Education, EmploymentType, Severity
from ingest.fields import Field, Row
from ingest.normalise import Context, normalise_row
from ingest.normalise.problems import codes

TODAY = date(2026, 3, 2)
CONTEXT = Context(TODAY, None, "")
CELLS = {
    Field.TITLE: "普工",
    Field.EMPLOYER: "东莞市晨曜电子有限公司",
    Field.DIVISION: "东莞市长安镇",
    Field.SALARY: "5000-7000元/月",
    Field.OPENINGS: "10人",
    Field.EDUCATION: "初中及以上",
    Field.VALIDITY: "2026年6月30日",
}


def read(context=CONTEXT, hint="", headings=None, **changes):
    cells = CELLS | {Field[name.upper()]: text for name, text in changes.items()}
    return normalise_row(Row("Sheet1", 5, cells, headings or {}, hint), context)


def problem_codes(reading):
    return [problem.code for problem in reading.problems]


def test_a_good_row_has_content_and_no_problem():
    reading = read(contact="陈小姐", phone="0769-85551234", reference="A-7", platform_id="p1", employment_type="全职")
    content = reading.content
    assert reading.problems == ()
    assert (content.title, content.employer, content.division) == ("普工", "东莞市晨曜电子有限公司", "441900119")
    assert (content.salary.min, content.openings, content.education) == (5000, 10, Education.JUNIOR_HIGH)
    assert (content.valid_through, content.employment_type) == (date(2026, 6, 30), EmploymentType.FULL_TIME)
    assert (reading.contact.person, reading.contact.phone) == ("陈小姐", "0769-85551234")
    assert (reading.reference, reading.platform_id) == ("A-7", "p1")


REFUSED = [
    ("title", "", "title.missing"),
    ("title", "——", "title.missing"),
    ("employer", "", "employer.missing"),
    ("employer", "——", "employer.missing"),
    ("employer", "某公司", "employer.anonymous"),
    ("employer", "某知名企业", "employer.anonymous"),
    ("employer", "XX有限公司", "employer.anonymous"),
    ("employer", "保密", "employer.anonymous"),
    ("division", "广州市天河区", "division.outside"),
    ("division", "", "division.missing"),
    ("division", "工业园3号", "division.missing"),
    ("salary", "见附件", "salary.unreadable"),
]
WARNED = [
    ("salary", "", "salary.missing"),
    ("openings", "", "openings.missing"),
    ("openings", "见通知", "openings.unreadable"),
    ("validity", "2026-01-05", "validity.past"),
    ("validity", "见通知", "validity.unreadable"),
    ("education", "见通知", "education.unreadable"),
    ("experience", "见通知", "experience.unreadable"),
    ("age", "见通知", "age.unreadable"),
]


@pytest.mark.parametrize(("field", "text", "code"), REFUSED)
def test_rows_that_are_refused(field, text, code):
    reading = read(**{field: text})
    assert reading.content is None
    assert problem_codes(reading) == [code]
    assert reading.problems[0].severity is Severity.ERROR


@pytest.mark.parametrize(("field", "text", "code"), WARNED)
def test_rows_that_are_published_with_a_warning(field, text, code):
    reading = read(**{field: text})
    assert reading.content is not None
    assert problem_codes(reading) == [code]
    assert reading.problems[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    "name", ["东莞市晨曜电子有限公司", "知名度装饰有限公司", "公司街早餐店", "个人护理用品厂", "本真食品有限公司"]
)
def test_names_that_only_look_anonymous(name):
    assert read(employer=name).employer == name
    assert problem_codes(read(employer=name)) == []


def test_every_kind_of_problem_is_shown_by_a_row_above():
    shown = {code for _, _, code in [*REFUSED, *WARNED]} | {"division.inherited"}
    assert shown == codes()


def test_a_problem_says_where_it_is_and_what_to_do():
    problem = read(salary="见附件", headings={Field.SALARY: "薪资待遇(元/月)"}).problems[0]
    assert (problem.sheet, problem.row, problem.column, problem.field) == ("Sheet1", 5, "薪资待遇(元/月)", "salary")
    assert problem.evidence == "见附件"
    assert "见附件" in problem.message
    assert "请" in problem.message


@pytest.mark.parametrize(
    ("hint", "organisation", "code"),
    [
        ("长安镇2026年第一季度企业招聘岗位信息汇总表 填报单位：长安镇人力资源和社会保障分局", "", "441900119"),
        ("", "441900119", "441900119"),
        ("", "440229", "440229"),
        ("", "440229109", "440229"),
        ("东莞市企业招聘岗位汇总表", "441900119", "441900119"),
        ("虎门镇用工需求表", "441900", "441900121"),
        ("东莞韶关劳务协作岗位表", "440229", "440229"),
        ("填报单位：翁源县人力资源和社会保障局", "440200", "440229"),
    ],
)
@pytest.mark.parametrize("place", ["", "工业园3号"])
def test_a_place_left_out_comes_from_the_sheet_or_the_organisation(hint, organisation, code, place):
    reading = read(Context(TODAY, None, organisation), hint=hint, division=place)
    assert reading.content.division == code
    assert reading.content.address == place
    assert problem_codes(reading) == ["division.inherited"]
    assert reading.problems[0].evidence


def test_only_the_city_is_enough():
    assert read(division="东莞").content.division == "441900"


def test_the_address_makes_a_city_finer_and_stands_in_for_a_blank_place():
    assert read(division="东莞", address="长安镇振安路8号").content.division == "441900119"
    assert read(division="", address="东莞市虎门镇太宝路1号").content.division == "441900121"
    assert problem_codes(read(division="", address="深圳市南山区科苑路1号")) == ["division.outside"]


def test_a_place_that_says_more_than_its_division_is_kept_as_the_address():
    assert read(division="翁源县官渡镇").content.address == "翁源县官渡镇"
    assert read(division="东莞市长安镇").content.address == ""


def test_the_batch_decides_between_places_of_one_name():
    assert read(Context(TODAY, City.SHAOGUAN, ""), division="沙田镇").content.division == "440233"


def test_several_openings_keep_their_words():
    content = read(openings="若干").content
    assert (content.openings, content.openings_text) == (None, "若干")


def test_pay_in_two_columns():
    salary = read(salary="", salary_min="5000", salary_max="7000").content.salary
    assert (salary.min, salary.max) == (5000, 7000)


def test_title_and_employer_are_kept_as_written():
    content = read(title="  急聘  普工（包吃住） ", employer=" 晨曜（东莞）　有限公司").content
    assert (content.title, content.employer) == ("急聘 普工（包吃住）", "晨曜（东莞） 有限公司")
    assert "包吃住" in content.benefits


def test_duties_and_requirements_are_labelled_only_together():
    assert read(duties="装配").content.description == "装配"
    both = read(duties="装配", requirements="任职要求：吃苦耐劳", remarks="坐班").content.description
    assert both == "岗位职责：装配\n任职要求：吃苦耐劳\n备注：坐班"


def test_contacts_reach_no_public_text():
    reading = read(
        title="普工13812345678",
        duties="电话13912345678",
        benefits="包住，微信：abc12345",
        division="东莞市长安镇振安路8号13712345678",
    )
    content = reading.content
    public = " ".join([content.title, content.description, content.address, *content.benefits])
    assert not any(word in public for word in ("13812345678", "13912345678", "abc12345", "13712345678"))
    assert "13812345678" in reading.contact.phone


def test_links_are_kept_only_when_they_are_links():
    assert read(url="https://example.com/1").content.url == "https://example.com/1"
    assert read(url="javascript:alert(1)").content.url == ""


TEXT = st.text(max_size=40) | st.text(
    "0123456789-~.元千万Kk月年天时以上下起薪综合面议东莞韶关长安镇市区/，（）男女岁人各若干", max_size=24
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(list(Field)), TEXT, max_size=12), TEXT)
def test_no_text_makes_the_reader_fail(cells, hint):
    reading = normalise_row(Row(None, 2, cells, {}, hint), CONTEXT)
    errors = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    assert (reading.content is None) == bool(errors)
    if reading.content:
        salary = reading.content.salary
        assert salary.min is None or salary.max is None or 0 < salary.min <= salary.max
        assert reading.content.openings is None or 0 < reading.content.openings <= 10_000
        assert reading.content.title
        assert reading.content.employer
