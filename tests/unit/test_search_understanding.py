"""What is read out of a query, and what is left as words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.understanding import read_query

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
    ],
)
def test_query_is_read(typed: str, understood: dict[str, str], left: str) -> None:
    reading = read_query(typed)
    assert {piece.span.parameter: piece.span.value for piece in reading.pieces} == understood
    assert reading.text == left


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
