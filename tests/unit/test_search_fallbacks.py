"""What is looked for when a query as it stands finds nothing: in which order, and how it is said."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.contract import Reader
from search.requests import SearchRequest, SearchResult
from tests.unit.search_samples import TODAY, new_engine, posting

QUIET = {"description": "", "address": "", "occupation_name": "", "industry_name": "", "benefits": ()}
SAMPLES = (
    posting("worker", title="普工", employer="东莞市金源物流有限公司", **QUIET),
    posting("operator", title="作业员", division="441900121", **QUIET),
    posting("welder", title="电焊工", division="440205", direction="sg-dg", openings=3, experience_min=2, **QUIET),
    posting("forklift", title="叉车司机", division="440229", direction="sg-dg", experience_min=5, **QUIET),
    posting(
        "driver", title="配送司机", division="440204", direction="sg-dg", salary_min=3000, salary_max=4000, **QUIET
    ),
    posting("installer", title="家具安装", **(QUIET | {"description": "安装简单，有夜班补贴。"})),
    posting("clerk", title="行政文员", employer="韶关市长安汽车销售有限公司", division="440203", **QUIET),
    posting("scientist", title="经典音乐教师", **QUIET),
    posting("unknown", title="美甲师", employer="鑫琪美甲店", **QUIET),
    posting("apart", title="店长", employer="琪美饰品鑫城店", **QUIET),
    posting("hourly", title="派单员", employment_type="part_time", salary_counts=False, **QUIET),
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    reader, writer = new_engine(tmp_path_factory.mktemp("index"))
    writer.apply(SAMPLES, [], 1)
    return reader


def search(reader: Reader, q: str, **filters: str) -> SearchResult:
    return reader.search(SearchRequest(TODAY, q=q, filters={name: (value,) for name, value in filters.items()}))


def ids(result: SearchResult) -> set[str]:
    return {hit.id for hit in result.hits}


def test_words_of_the_same_meaning_are_found_after_the_word_itself(reader: Reader) -> None:
    result = search(reader, "普工")
    assert [hit.id for hit in result.hits] == ["worker", "operator"]
    assert result.relaxed == ()


def test_it_is_said_when_only_words_of_the_same_meaning_are_there(reader: Reader) -> None:
    result = search(reader, "焊接工")
    assert ids(result) == {"welder"}
    assert result.relaxed == ("没有岗位写有“焊接工”，以下是意思相近的“焊工”“电焊工”等岗位。",)


@pytest.mark.parametrize(
    ("typed", "found", "meant"),
    [
        ("pugong", {"worker", "operator"}, "普工"),
        ("pg", {"worker", "operator"}, "普工"),
        ("电悍工", {"welder"}, "电焊工"),
        ("插车司机", {"forklift"}, "叉车司机"),
        ("chachesiji", {"forklift"}, "叉车司机"),
    ],
)
def test_pinyin_and_wrong_characters_are_mended_when_nobody_has_them(
    reader: Reader, typed: str, found: set[str], meant: str
) -> None:
    result = search(reader, typed)
    assert (ids(result), result.suggestion) == (found, meant)
    assert result.relaxed[0] == f"没有找到“{typed}”，以下按“{meant}”查找。"


def test_what_was_mended_is_understood_and_its_chip_names_what_was_typed(reader: Reader) -> None:
    result = search(reader, "ChangAn pugong")
    assert ids(result) == {"worker"}
    assert [(chip.kind, chip.text) for chip in result.understood] == [("division", "ChangAn")]


def test_a_word_is_never_taken_for_another_of_its_sound(reader: Reader) -> None:
    assert search(reader, "景点").total == 0
    assert ids(search(reader, "经典")) == {"scientist"}


def test_part_of_a_name_is_found_and_said(reader: Reader) -> None:
    result = search(reader, "具安")
    assert ids(result) == {"installer"}
    assert result.relaxed == ("以下是名称里有“具安”的岗位。",)


def test_words_nobody_has_are_left_out_when_a_trade_is_left(reader: Reader) -> None:
    result = search(reader, "北京 普工")
    assert ids(result) == {"worker", "operator"}
    assert result.relaxed == ("没有岗位提到“北京”，以下岗位符合其余部分。",)


def test_characters_of_an_unknown_word_must_stand_together(reader: Reader) -> None:
    assert ids(search(reader, "鑫琪")) == {"unknown"}
    assert search(reader, "琪鑫").total == 0


@pytest.mark.parametrize("typed", ["asdfgh", "量子计算机研究员火星", "火箭发射", "比特币 律师"])
def test_nonsense_finds_nothing(reader: Reader, typed: str) -> None:
    result = search(reader, typed)
    assert (result.total, result.relaxed, result.suggestion) == (0, (), None)


def test_signs_alone_find_everything_and_it_is_said(reader: Reader) -> None:
    assert search(reader, "！？").relaxed == ("“！？”里没有可以查找的词。",)


def test_nearness_is_widened_before_it_is_let_go(reader: Reader) -> None:
    near = search(reader, "翁源附近 电焊工")
    assert ids(near) == {"welder"}
    assert near.relaxed == ("60 公里内没有符合的岗位，已放宽到 120 公里。",)
    assert near.understood[0].label == "翁源附近（120 公里内）"
    assert "不再要求“翁源附近5公里”" in search(reader, "翁源附近5公里 普工").relaxed[0]


def test_places_around_the_one_named_come_before_it_is_let_go(reader: Reader) -> None:
    assert ids(search(reader, "长安 作业员")) == {"worker"}, "a 普工 in Chang'an is one"
    result = search(reader, "大岭山 普工")
    assert ids(result) == {"worker"}
    assert result.relaxed == ("“大岭山”没有符合的岗位，以下是附近 15 公里内的。",)
    assert [(chip.kind, chip.text) for chip in result.understood] == [("near", "大岭山")]


def test_near_finds_what_lies_around(reader: Reader) -> None:
    assert ids(search(reader, "离韶关近")) == {"welder", "driver", "clerk"}
    assert ids(search(reader, "", near="441900119-15")) >= {"worker", "operator"}
    assert search(reader, "离韶关近").relaxed == ()


def test_names_of_organisations_are_looked_for_as_they_stand(reader: Reader) -> None:
    result = search(reader, "长安汽车")
    assert (ids(result), result.understood) == ({"clerk"}, ())


def test_excluded_words_and_phrases_are_chips_and_stay_in_force(reader: Reader) -> None:
    assert "installer" not in ids(search(reader, "-夜班"))
    result = search(reader, "“安装简单” -普工")
    assert ids(result) == {"installer"}
    assert [(chip.kind, chip.label, chip.text) for chip in result.understood] == [
        ("phrase", "原话“安装简单”", "“安装简单”"),
        ("excluded", "不含“普工”", "-普工"),
    ]
    assert ids(search(reader, "普工 -普工")) == {"operator"}


def test_quotes_are_let_go_when_nobody_says_it_like_that(reader: Reader) -> None:
    result = search(reader, "“简单安装”")
    assert ids(result) == {"installer"}
    assert (result.relaxed, result.understood) == (("没有岗位写有引号里的原话，以下岗位包含其中的词。",), ())


def test_hourly_pay_goes_before_part_time(reader: Reader) -> None:
    result = search(reader, "时薪20 兼职")
    assert ids(result) == {"hourly"}
    assert [chip.kind for chip in result.understood] == ["employment_type"]


def test_figures_of_a_query_act_as_filters(reader: Reader) -> None:
    assert "welder" not in ids(search(reader, "招10人以上"))
    assert ids(search(reader, "3年经验 电焊工")) == {"welder"}
    assert ids(search(reader, "4000以下 司机")) == {"driver"}
    assert "forklift" not in ids(search(reader, "3年经验"))


def test_age_is_left_out_and_said(reader: Reader) -> None:
    result = search(reader, "45岁 普工")
    assert ids(result) == {"worker", "operator"}
    assert result.relaxed == ("“45岁”没有作为条件：平台的岗位不按年龄查找。",)


def test_questions_are_read_without_their_fillers(reader: Reader) -> None:
    assert ids(search(reader, "想找一份普工的工作")) == {"worker", "operator"}
    assert search(reader, "想找一份普工的工作").relaxed == ()


@given(st.text(alphabet="长安普工焊悍5000以上-“”包住附近离 pugonchaABC12", max_size=18))
@settings(max_examples=120, deadline=None)
def test_every_chip_can_be_taken_off(reader: Reader, typed: str) -> None:
    result = search(reader, typed)
    assert all(chip.text and chip.text in " ".join(typed.split()) for chip in result.understood)


def test_index_is_found_by_synonyms_that_came_later(tmp_path: Path) -> None:
    """Synonyms live in queries: the index only has to keep their words whole."""
    reader, writer = new_engine(tmp_path)
    writer.apply([posting("cleaner", title="清洁工", **QUIET)], [], 1)
    assert ids(search(reader, "保洁")) == {"cleaner"}
