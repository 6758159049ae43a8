"""What is read out of a query, and what is left as words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.catalogue import Catalogue
from search.understanding import read_query
from search.understanding.employers import KnownEmployers, employers_of, short_names

CHANGAN, WENGYUAN = "441900119", "440229"


@pytest.mark.parametrize(
    ("typed", "understood", "left"),
    [
        ("长安 普工 5000以上 包住", {"division": CHANGAN, "salary_min": "5000", "benefit": "包住"}, "普工"),
        ("长安普工", {"division": CHANGAN}, "普工"),
        ("长安镇普工5000+", {"division": CHANGAN, "salary_min": "5000"}, "普工"),
        ("东莞长安 文员", {"division": CHANGAN}, "文员"),
        ("东莞市长安镇 电工", {"division": CHANGAN}, "电工"),
        ("广东省东莞市长安镇 电工", {"division": CHANGAN}, "电工"),
        ("東莞長安鎮 普工", {"division": CHANGAN}, "普工"),
        ("长安电子厂普工", {"division": CHANGAN}, "电子厂普工"),
        ("翁源 采茶工", {"division": WENGYUAN}, "采茶工"),
        ("韶关翁源县 电工", {"division": WENGYUAN}, "电工"),
        ("乳源 导游", {"division": "440232"}, "导游"),
        ("韶关 司机", {"division": "440200"}, "司机"),
        ("东莞 普工", {"division": "441900"}, "普工"),
        ("马坝镇 保安", {"division": "440205"}, "保安"),
        ("坪石 叉车", {"division": "440281"}, "叉车"),
        ("沙田镇 普工", {"division": "441900123"}, "普工"),
        ("松山湖区 工程师", {"division": "441900401"}, "工程师"),
        ("南城区 前台", {"division": "441900004"}, "前台"),
        ("大桥镇 普工", {}, "大桥镇 普工"),
        ("新华书店 营业员", {}, "新华书店 营业员"),
        ("东莞华盛电子有限公司", {}, "东莞华盛电子有限公司"),
        ("东莞农商银行 柜员", {}, "东莞农商银行 柜员"),
        ("韶关学院 教师", {}, "韶关学院 教师"),
        ("5-8千 焊工", {"salary_min": "5000"}, "焊工"),
        ("6000-8000 叉车", {"salary_min": "6000"}, "叉车"),
        ("6k 文员", {"salary_min": "6000"}, "文员"),
        ("5000 普工", {"salary_min": "5000"}, "普工"),
        ("月薪5000 普工", {"salary_min": "5000"}, "普工"),
        ("一万以上 销售", {"salary_min": "10000"}, "销售"),
        ("1.5万 工程师", {"salary_min": "15000"}, "工程师"),
        ("３千起 保洁", {"salary_min": "3000"}, "保洁"),
        ("日结 200元/天", {"salary_min": "4350"}, ""),
        ("20-25元/小时 普工", {"salary_min": "3480"}, "普工"),
        ("5000以下 普工", {"salary_max": "5000"}, "普工"),
        ("18-45岁 普工", {}, "普工"),
        ("2026 校招", {}, "2026 校招"),
        ("13薪 财务", {}, "13薪 财务"),
        ("C1驾照 司机", {}, "c1驾照 司机"),
        ("大专 文员", {"education": "college"}, "文员"),
        ("本科以上学历 会计", {"education": "bachelor"}, "会计"),
        ("高中学历 保安", {"education": "senior_high"}, "保安"),
        ("高中数学老师", {}, "高中数学老师"),
        ("包吃包住 普工", {"benefit": "包吃住"}, "普工"),
        ("五险一金 会计", {"benefit": "五险一金"}, "会计"),
        ("常白班 车位工", {"benefit": "长白班"}, "车位工"),
        ("去东莞 普工", {"direction": "dg-sg"}, "普工"),
        ("到韶关上班", {"direction": "sg-dg"}, ""),
        ("无经验 学徒", {"experience": "none"}, "学徒"),
        ("兼职 客服", {"employment_type": "part_time"}, "客服"),
        ("实习 会计", {"employment_type": "internship"}, "会计"),
        ("临时工", {"employment_type": "temporary"}, ""),
        ("翁源附近 普工", {"near": "440229-60"}, "普工"),
        ("离韶关近 有宿舍 焊工", {"near": "440200-60", "benefit": "包住"}, "焊工"),
        ("靠近长安 文员", {"near": "441900119-15"}, "文员"),
        ("东莞 附近 保安", {"near": "441900-30"}, "保安"),
        ("虎门周边20公里 司机", {"near": "441900121-20"}, "司机"),
        ("距离丹霞山30公里以内 导游", {"near": "440224-30"}, "导游"),
        ("长安5公里内 普工", {"near": "441900119-5"}, "普工"),
        ("离家近 保安", {}, "离家近 保安"),
        ("日结300", {"salary_min": "6525"}, ""),
        ("一天200 搬运", {"salary_min": "4350"}, "搬运"),
        ("时薪20 普工", {"salary_min": "3480"}, "普工"),
        ("每天8小时 文员", {}, "每天8小时 文员"),
        ("8小时工作制", {}, "8小时工作制"),
        ("五六千 文员", {"salary_min": "5000"}, "文员"),
        ("三千五 保洁", {"salary_min": "3500"}, "保洁"),
        ("一万五 工程师", {"salary_min": "15000"}, "工程师"),
        ("普工 6000", {"salary_min": "6000"}, "普工"),
        ("月入过万 销售", {"salary_min": "10000"}, "销售"),
        ("4000-5000以下 保安", {"salary_max": "5000"}, "保安"),
        ("招10人以上 普工", {"openings_min": "10"}, "普工"),
        ("20人以上 电子厂", {"openings_min": "20"}, "电子厂"),
        ("500人以上的公司 文员", {}, "500人以上的公司 文员"),
        ("四人间 普工", {}, "四人间 普工"),
        ("3年经验 焊工", {"experience": "3"}, "焊工"),
        ("三年以上工作经验 会计", {"experience": "3"}, "会计"),
        ("经验5年 厨师", {"experience": "5"}, "厨师"),
        ("从韶关到东莞 普工", {"direction": "dg-sg"}, "普工"),
        ("不包住 普工", {}, "不包住 普工"),
        ("没有宿舍 普工", {}, "没有宿舍 普工"),
        ("焊工类 长安", {"occupation": "6-18-02", "division": CHANGAN}, ""),
        ("司机类岗位", {"occupation": "4-02-02"}, ""),
        ("道路运输服务人员", {"occupation": "4-02-02"}, ""),
        ("6-18-02", {"occupation": "6-18-02"}, ""),
        ("9-99-99", {}, "9-99-99"),
        ("各类 普工", {}, "各类 普工"),
        ("焊工 普工", {}, "焊工 普工"),
        ("小时工", {"employment_type": "part_time"}, ""),
    ],
)
def test_query_is_read(typed: str, understood: dict[str, str], left: str) -> None:
    reading = read_query(typed)
    assert {piece.span.parameter: piece.span.value for piece in reading.pieces} == understood
    assert reading.text == left


EMPLOYERS = (
    "东莞市华盛电子有限公司",
    "东莞市鑫达五金制品有限公司",
    "韶关市鑫达五金制品有限公司",
    "翁源县恒昌茶业有限公司",
    "东莞市宏泰五金有限公司",
    "东莞市宏泰塑胶有限公司",
    "东莞市小米家居有限公司",
)


@pytest.fixture(scope="module")
def known() -> KnownEmployers:
    catalogue = Catalogue()
    catalogue.number_all(EMPLOYERS)
    return employers_of(catalogue)


@pytest.mark.parametrize(
    ("typed", "employer", "left"),
    [
        ("东莞市华盛电子有限公司", EMPLOYERS[0], ""),
        ("东莞市华盛电子有限公司 文员", EMPLOYERS[0], "文员"),
        ("华盛电子普工", EMPLOYERS[0], "普工"),
        ("华盛電子 文员", EMPLOYERS[0], "文员"),
        ("恒昌茶业", EMPLOYERS[3], ""),
        ("宏泰塑胶 普工", EMPLOYERS[5], "普工"),
        ("鑫达五金制品", None, "鑫达五金制品"),
        ("宏泰 普工", None, "宏泰 普工"),
        ("小米 店员", None, "小米 店员"),
        ("电子 文员", None, "电子 文员"),
    ],
)
def test_employer_is_read_when_only_one_is_called_so(
    known: KnownEmployers, typed: str, employer: str | None, left: str
) -> None:
    reading = read_query(typed, known)
    found = {piece.span.parameter: piece.span.value for piece in reading.pieces}
    assert (found.get("employer"), reading.text) == (employer, left)


def test_employers_that_come_later_are_known_as_well() -> None:
    catalogue = Catalogue()
    catalogue.number_all(EMPLOYERS[:1])
    assert not read_query("恒昌茶业", employers_of(catalogue)).pieces
    catalogue.number_all(EMPLOYERS)
    assert read_query("恒昌茶业", employers_of(catalogue)).pieces
    catalogue.number_all(["韶关市华盛电子厂"])
    assert not read_query("华盛电子", employers_of(catalogue)).pieces, "now there are two"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        (EMPLOYERS[0], ["华盛电子"]),
        ("长安保安服务有限公司", []),
        ("韶关市华盛电子科技股份有限公司（东莞）", ["华盛电子科技", "华盛电子"]),
    ],
)
def test_short_name_is_what_is_the_employers_own(name: str, short: list[str]) -> None:
    assert list(dict.fromkeys(short_names(name)[0])) == short


@pytest.mark.parametrize(
    ("typed", "left", "noted"),
    [
        ("45岁 保安", "保安", ["45岁"]),
        ("18-45岁 普工 男", "普工", ["18-45岁", "男"]),
        ("女工 手袋厂", "手袋厂", ["女工"]),
        ("女装 导购", "女装 导购", []),
        ("！？", "！？".replace("！", "!").replace("？", "?"), ["！？"]),
    ],
)
def test_what_no_posting_is_searched_by_is_left_out_and_said(typed: str, left: str, noted: list[str]) -> None:
    reading = read_query(typed)
    assert reading.text == left
    assert [note.split("”")[0].removeprefix("“") for note in reading.notes] == noted


def test_words_of_an_organisation_are_looked_for_together() -> None:
    assert read_query("长安汽车 销售").together == (("长安", "汽车"),)
    assert read_query("长安电子厂 普工").together == ()


def test_two_benefits_are_two_pieces() -> None:
    assert [piece.span.value for piece in read_query("五险一金双休").pieces] == ["五险一金", "双休"]


def test_words_are_given_back_as_they_were_typed() -> None:
    assert [piece.typed for piece in read_query("長安鎮 普工 ５０００以上").pieces] == ["長安鎮", "５０００以上"]


@pytest.mark.parametrize(
    ("typed", "left", "phrases", "excluded"),
    [
        ("普工 -夜班", "普工", (), (("夜班",),)),
        ("普工 －电话销售", "普工", (), (("电话销售",),)),
        ("普工不要夜班", "普工", (), (("夜班",),)),
        ("除了保安以外 长安", "", (), (("保安",),)),
        ("“写周报” 文员", "写周报 文员", (("写", "周报"),), ()),
        ('"安装简单"', "安装简单", (("安装", "简单"),), ()),
        ("「包吃住」普工", "包吃住 普工", (("包吃住",),), ()),
        ("-“电话 销售” 客服", "客服", (), (("电话", "销售"),)),
        ("不要经验 普工", "普工", (), ()),
        ("不要 夜班 普工", "普工", (), (("夜班",),)),
        ("不去东莞 普工", "普工", (), (("东莞",),)),
        ("5-8千 普工", "普工", (), ()),
        ("销售-5000", "销售-5000", (), ()),
        ("“ 普工", "“ 普工", (), ()),
        ("-", "-", (), ()),
    ],
)
def test_marks_are_read(
    typed: str, left: str, phrases: tuple[tuple[str, ...], ...], excluded: tuple[tuple[str, ...], ...]
) -> None:
    reading = read_query(typed)
    assert (reading.text, reading.phrases, reading.excluded) == (left, phrases, excluded)
    assert all(marked.typed in typed for marked in reading.marks)


@given(st.text(alphabet='长安东莞普工包吃住5000以上千k-+ 大专无经验ａ①㎡“”"「」不要夜班', max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_read_and_pieces_come_from_it(typed: str) -> None:
    reading = read_query(typed)
    chips = [piece.typed for piece in reading.pieces] + [marked.typed for marked in reading.marks]
    assert all(chip and chip in " ".join(typed.split()) for chip in chips)
    assert len(reading.phrases) + len(reading.excluded) == len(reading.marks)


@given(st.text(alphabet="长安普工包住5000以上- “”焊员", max_size=20))
@settings(max_examples=200, deadline=None)
def test_what_is_not_understood_keeps_its_words(typed: str) -> None:
    """Taking all chips out of the query leaves the words that were left, in their order."""
    reading = read_query(typed)
    assert "".join(reading.text.split()) in "".join(reading.literal.split()) or reading.pieces
    assert set("".join(reading.text.split())) <= set(typed)
