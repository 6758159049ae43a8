"""Unlawful words hold a record and are quoted; lawful look-alikes never do."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.words import EmploymentType, SalaryPeriod, Severity
from exchange.content import Content, Salary
from ingest.compliance import find_breaches
from ingest.compliance.rules import rules
from ingest.compliance.wages import minimum_wage
from ingest.fields import Field

TODAY = date(2026, 3, 2)
GOOD_PAY = Salary(text="5000-7000", min=5000, max=7000, period=SalaryPeriod.MONTH, original_min=5000, original_max=7000)
CONTENT = Content("普工", "晨曜电子有限公司", "441900119", GOOD_PAY)


def breaches(text, field=Field.REQUIREMENTS, content=CONTENT, **others):
    texts = {field: text} | {Field[name.upper()]: other for name, other in others.items()}
    return find_breaches(texts, content, TODAY)


def errors(text, field=Field.REQUIREMENTS, **others):
    return [problem.code for problem in breaches(text, field, **others) if problem.severity is Severity.ERROR]


def sentences(text):
    """Sentences written one after the other, parted by | or a line's end."""
    return [part for line in text.splitlines() for part in line.strip().split("|") if part]


UNLAWFUL = {
    "compliance.sex": sentences("""
        限男性|仅招女生|男性优先|女士优先|只要男工|招女工10名|要求女性，能加班|限女|性别：男|性别要求女|女，18-35岁
        1、男，能上夜班|普工（男）|谢绝男士|不要女工|女生勿扰|仅限男|须男性|男5名|急招女普工|本岗位招收男员工
        限 男 性|ＯＫ，限男性
    """),
    "compliance.residence": sentences("""
        限本地户籍|仅限韶关籍|不要外省人|只招本地人|要求东莞户籍|限本省户口|外地人勿扰|不招河南人|谢绝外来务工人员
        必须是本地户口|需持有本市户口|本地户籍，吃苦耐劳|外省人免谈|不招农民工|限广东籍
    """),
    "compliance.health": sentences("""
        无乙肝|两对半检查合格|无传染病史|乙肝携带者勿扰|肝功能正常|无任何传染性疾病|不得有传染病|入职须做乙肝五项
        无重大疾病史和传染病|残疾人勿扰|不招残疾人
    """),
    "compliance.fee": sentences("""
        入职交押金200元|需交服装费150元|培训费自理，入职前缴纳|押金300元，离职退还|收取保证金|扣押身份证|报名费50元
        体检费自付|须缴纳中介费|上岗前交工衣费|宿舍押金100元|工服费80元从工资扣|先交建档费
    """),
    "compliance.ethnicity": sentences("""
        限汉族|汉族优先|不要少数民族|少数民族勿扰|不招彝族|民族：汉族
    """),
    "compliance.religion": sentences("""
        无宗教信仰|信教者勿扰|限佛教徒|不得有宗教信仰|基督徒优先
    """),
    "compliance.marriage": sentences("""
        已婚已育优先|未婚未育|限已婚|两年内不得怀孕|入职需做孕检|单身优先|近期无生育计划|婚育状况：已育|怀孕者勿扰
        一年内不准结婚
    """),
    "compliance.bait": sentences("""
        保录用，交钱上岗|面试包过|内部指标，名额有限|刷单兼职，躺赚
    """),
}
LAWFUL = sentences("""
    男女不限|男女均可|男女各5名|男女各5名均可|不限男女|性别不限|男、女均可|男/女不限|无论男女|男3名，女2名
    女装门店优先有经验者|有女装销售经验优先|男装设计经验|熟悉女鞋工艺|有妇科护理经验者优先|负责女生宿舍管理
    男女同工同酬|男18-50，女18-45|负责女性用品销售|服务男士理发|女职工权益保护工作|接待女士顾客
    女160cm以上，男170cm以上|户籍不限|不限户籍|户口不限，外地人也欢迎|韶关籍员工可享补贴|韶关户籍可申领就业补贴
    协助办理入户|熟悉国籍、学籍档案|本地外地均可|熟悉本地路线|负责本地市场开发|管理书籍和典籍|持户口本复印件报到
    会讲本地话|18-45岁，身体健康|持有效健康证|食品岗位需健康证|身体健康，无不良嗜好|不查乙肝|负责传染病防治宣传
    传染病医院护士|乙肝疫苗接种工作|熟悉乙肝两对半检测操作|欢迎残疾人应聘|安置残疾人就业|不收取任何押金、中介费
    不收押金|免押金|无需缴纳任何费用|免费培训|公司承担体检费|体检费公司报销|培训费由公司承担|负责收取租户押金
    办理投标保证金|带身份证原件面试|携带有效身份证|核对客户保证金|负责学员报名费登记|谨防收取押金的骗局|民族不限
    乳源瑶族自治县工作|各民族平等|不要啃老族|少数民族优先|有家族企业经验|宗教信仰不限|无宗教信仰限制|理想信仰坚定
    宗教场所安保|婚姻状况不限|已婚未婚均可|有夫妻房|享受婚假产假|缴纳生育保险|结婚礼金|婚庆策划|为单身会员牵线
    照顾怀孕母猪|严禁刷单|拒绝刷单诈骗|待遇优厚，多劳多得|高薪诚聘|维护公司形象|工作态度端正|服从安排|吃苦耐劳
""")


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in UNLAWFUL.items() for text in texts])
def test_unlawful_words_hold_the_record(code, text):
    assert code in errors(text)


@pytest.mark.parametrize("text", LAWFUL)
@pytest.mark.parametrize("field", [Field.REQUIREMENTS, Field.DUTIES])
def test_lawful_look_alikes_are_never_held(text, field):
    assert errors(text, field) == []


@pytest.mark.parametrize("title", ["女服务员", "男保安", "保安（男）", "文员/女", "美女主播", "急招女普工", "女普工"])
def test_sex_in_a_title(title):
    assert errors(title, Field.TITLE) == ["compliance.sex"]


@pytest.mark.parametrize(
    "title",
    [
        "女装导购",
        "男装设计师",
        "妇科护士",
        "女鞋针车工",
        "女子监狱文员",
        "普工（男女不限）",
        "女生宿舍管理员",
        "男科医生",
        "女童装设计",
        "女包设计",
    ],
)
def test_titles_about_something_for_one_sex(title):
    assert errors(title, Field.TITLE) == []


@pytest.mark.parametrize("text", ["男", "女", "限男", "仅女", "男性", "男性优先", " 女 "])
def test_a_sex_column_that_limits(text):
    assert errors(text, Field.SEX) == ["compliance.sex"]


@pytest.mark.parametrize("text", ["不限", "男女不限", "男女均可", "男/女", "男女", "", "—"])
def test_a_sex_column_that_does_not(text):
    assert errors(text, Field.SEX) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("韶关籍优先", "compliance.residence"),
        ("本地户口优先", "compliance.residence"),
        ("35岁以下", "compliance.age"),
        ("18-35岁", "compliance.age"),
        ("15岁以上", "compliance.age"),
        ("五官端正", "compliance.looks"),
        ("形象气质佳", "compliance.looks"),
        ("身高165cm以上", "compliance.looks"),
        ("轻松月入过万", "compliance.bait"),
    ],
)
def test_doubtful_words_only_warn(text, code):
    found = breaches(text)
    assert [problem.code for problem in found] == [code]
    assert found[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    "text", ["18-45岁", "18-50周岁，男女不限", "45岁以下", "负责3-6岁幼儿教学", "企业形象设计", "身高不限"]
)
def test_ordinary_age_and_image_words_do_not_even_warn(text):
    assert breaches(text) == ()


def test_the_words_found_are_quoted_as_written():
    assert breaches("吃苦耐劳，限 男 性，能加班")[0].evidence == "限 男 性"
    assert breaches("入职交押金２００元")[0].evidence == "入职交押金２００元"


def test_a_finding_names_its_field_its_law_and_what_to_do():
    problem = breaches("限男性")[0]
    assert problem.field == "requirements"
    assert "限男性" in problem.message
    assert "就业促进法" in problem.message
    assert "请" in problem.message


def test_underground_mining_is_held_with_the_exception_named():
    problem = breaches("限男性", duties="矿山井下采掘作业")[0]
    assert problem.severity is Severity.ERROR
    assert "女职工禁忌" in problem.message
    assert "女职工禁忌" not in breaches("限男性", duties="装配")[0].message


@pytest.mark.parametrize("post", ["公益性岗位，面向就业困难人员", "残疾人专岗"])
def test_posts_for_people_in_need_only_warn(post):
    problem = breaches("限本地户籍", duties=post)[0]
    assert (problem.code, problem.severity) == ("compliance.residence", Severity.WARNING)


def test_several_breaches_come_errors_first():
    found = breaches("形象气质佳，女，未婚未育，交押金200元")
    assert [problem.code for problem in found if problem.severity is Severity.ERROR] == [
        "compliance.sex",
        "compliance.fee",
        "compliance.marriage",
    ]
    assert found[-1].code == "compliance.looks"


def content_with(division="441900119", kind=EmploymentType.FULL_TIME, **salary):
    return Content("普工", "晨曜", division, Salary(text="如表", **salary), employment_type=kind)


@pytest.mark.parametrize(
    ("content", "below"),
    [
        (content_with(min=2000, max=2000, period=SalaryPeriod.MONTH), True),
        (content_with(min=2080, max=2500, period=SalaryPeriod.MONTH), False),
        (content_with("440229", min=2000, max=2000, period=SalaryPeriod.MONTH), False),
        (content_with("440229", min=1700, max=1700, period=SalaryPeriod.MONTH), True),
        (content_with("440200", max=1700, period=SalaryPeriod.MONTH), True),
        (content_with(min=3132, max=3132, period=SalaryPeriod.HOUR, original_min=18, original_max=18), True),
        (content_with(min=3480, max=3480, period=SalaryPeriod.HOUR, original_min=20, original_max=20), False),
        (content_with(min=1500, max=1500, period=SalaryPeriod.MONTH, kind=EmploymentType.PART_TIME), False),
        (content_with(negotiable=True), False),
        (content_with(period=SalaryPeriod.PIECE, original_min=1), False),
    ],
)
def test_pay_below_the_minimum_wage_warns(content, below):
    found = find_breaches({}, content, TODAY)
    assert [problem.code for problem in found] == (["salary.below_minimum"] if below else [])


def test_the_minimum_wage_is_the_one_in_force_on_the_day():
    assert minimum_wage("441900", date(2025, 2, 28)).monthly == 1900
    assert minimum_wage("441900", date(2025, 3, 1)).monthly == 2080
    assert minimum_wage("440200", date(2025, 3, 1)).monthly == 1750
    assert minimum_wage("441900", date(2000, 1, 1)) is None


def test_an_unconfirmed_minimum_wage_says_so():
    low = {"min": 1000, "max": 1000, "period": SalaryPeriod.MONTH}
    assert "待核实" in find_breaches({}, content_with("440229", **low), TODAY)[0].message
    assert "待核实" not in find_breaches({}, content_with(**low), TODAY)[0].message


def test_every_rule_states_its_article():
    assert all(rule.article and rule.triggers for rule in rules())
    assert {rule.code for rule in rules()} == {*UNLAWFUL, "compliance.age", "compliance.looks"}


@settings(max_examples=100, deadline=None)
@given(st.text("男女限招不优先，。（）1234岁户籍押金乙肝婚 \n", max_size=40))
def test_any_text_can_be_read_and_every_quote_stands_in_it(text):
    for problem in breaches(text):
        assert all(words in text for words in [problem.evidence] if "、" not in words)
