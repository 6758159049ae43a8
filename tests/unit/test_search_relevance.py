"""What comes first, what is let go when nothing is found, and what a half-typed word may become."""

from pathlib import Path

import pytest

from search.engines.contract import Reader
from search.requests import SearchRequest, SearchResult
from tests.unit.search_samples import TODAY, new_engine, posting

SAMPLES = (
    posting("title", title="焊工"),
    posting("body", title="操作工", description="协助焊工工作。"),
    posting("fresh", title="焊工", published_on=TODAY, division="441900121"),
    posting("driver", title="叉车司机", employer="韶关长安汽车销售有限公司", division="440204", direction="sg-dg"),
    posting("apart", title="司机（会叉车）", employer="东莞金源物流", benefits=()),
    posting("rich", title="销售经理", salary_min=20000, salary_max=30000, benefits=("五险一金",)),
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    reader, writer = new_engine(tmp_path_factory.mktemp("index"))
    writer.apply(SAMPLES, [], 1)
    return reader


def search(reader: Reader, q: str, **filters: str) -> SearchResult:
    return reader.search(SearchRequest(TODAY, q=q, filters={name: (value,) for name, value in filters.items()}))


def ids(result: SearchResult) -> list[str]:
    return [hit.id for hit in result.hits]


def test_title_beats_body_and_today_beats_last_week(reader: Reader) -> None:
    assert ids(search(reader, "焊工")) == ["fresh", "title", "body"]


def test_words_standing_together_beat_words_apart(reader: Reader) -> None:
    assert ids(search(reader, "叉车司机")) == ["driver", "apart"]


def test_no_query_gives_the_newest_first(reader: Reader) -> None:
    assert ids(search(reader, ""))[0] == "fresh"


def test_understood_place_is_a_filter_and_not_also_a_word(reader: Reader) -> None:
    result = search(reader, "虎门 焊工")
    assert ids(result) == ["fresh"]
    assert [(u.kind, u.value, u.label, u.text) for u in result.understood] == [
        ("division", "441900121", "虎门镇", "虎门")
    ]


def test_chosen_filter_wins_over_what_the_query_says(reader: Reader) -> None:
    result = search(reader, "虎门 焊工", division="441900119")
    assert (ids(result), result.understood, result.relaxed) == (["title", "body"], (), ())


def test_benefits_of_a_query_must_all_be_there(reader: Reader) -> None:
    assert search(reader, "包住 五险一金 销售").relaxed


def test_place_that_is_part_of_a_name_is_taken_literally_when_nothing_else_is_found(reader: Reader) -> None:
    result = search(reader, "长安 汽车 销售")
    assert (ids(result), result.understood) == (["driver"], ())
    assert "按原话" in result.relaxed[0]


def test_weakest_is_let_go_first_and_said(reader: Reader) -> None:
    result = search(reader, "长安 焊工 8000以上 双休")
    assert ids(result) == ["title", "body"]
    assert [u.kind for u in result.understood] == ["division"]
    assert result.relaxed == ("没有完全符合的岗位，已不再要求“8000以上”“双休”。",)


def test_any_of_the_words_when_not_all_are_there(reader: Reader) -> None:
    result = search(reader, "焊工 宇航员 长安")
    assert set(ids(result)) == {"title", "body"}
    assert result.relaxed[0] == "没有岗位提到“宇航员”，以下岗位符合其余部分。"
    assert [u.kind for u in result.understood] == ["division"]


def test_part_of_a_name_is_found_however_words_are_cut(reader: Reader) -> None:
    assert ids(search(reader, "金源物")) == ["apart"]
    assert sorted(ids(search(reader, "叉"))) == ["apart", "driver"]


def test_word_no_posting_has_finds_names_that_look_like_it_and_suggests_one(reader: Reader) -> None:
    result = search(reader, "售经理人")
    assert (ids(result), result.suggestion) == (["rich"], "销售经理")
    assert "相近" in result.relaxed[0]


def test_chosen_filters_are_never_let_go(reader: Reader) -> None:
    result = search(reader, "焊工 双休", division="440229")
    assert (result.total, result.relaxed) == (0, ())


def test_nonsense_finds_nothing_and_breaks_nothing(reader: Reader) -> None:
    for q in ("火箭", "💥", "%_\"'", "-" * 500, "a" * 500, "１" * 50, "\0", "…", "招聘"):
        assert search(reader, q).total >= 0


@pytest.mark.parametrize(
    ("typed", "kind", "text", "value"),
    [
        ("焊", "title", "焊工", "焊工"),
        ("东莞金", "employer", "东莞金源物流", "东莞金源物流"),
        ("长", "division", "长安", "441900119"),
        ("东莞", "division", "东莞", "441900"),
        ("长安 焊", "title", "长安 焊工", "焊工"),
    ],
)
def test_completion(reader: Reader, typed: str, kind: str, text: str, value: str) -> None:
    found = reader.complete(SearchRequest(TODAY, q=typed))
    assert (kind, text, value) in {(c.kind, c.text, c.value) for c in found}


def test_completion_counts_what_it_leads_to_under_the_filters_in_force(reader: Reader) -> None:
    assert {c.text: c.count for c in reader.complete(SearchRequest(TODAY, q="焊工"))} == {"焊工": 2}
    request = SearchRequest(TODAY, q="焊工", filters={"division": ("441900121",)})
    assert [c.count for c in reader.complete(request)] == [1]
    assert reader.complete(SearchRequest(TODAY, q="")) == ()


def test_completion_keeps_to_its_limit(reader: Reader, tmp_path: Path) -> None:
    assert len(reader.complete(SearchRequest(TODAY, q="东"), limit=1)) == 1
