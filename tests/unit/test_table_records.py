"""JSON items of feeds and of the API become rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.words import Severity
from ingest.fields import Field
from ingest.table import read_records


def test_a_mapping_reaches_into_nested_items() -> None:
    item = {"id": 7, "job": {"name": "普工", "pay": {"low": 4500, "high": 6000}}, "firm": {"fullName": "晨曜电子厂"}}
    mapping = {
        "id": Field.REFERENCE,
        "job.name": Field.TITLE,
        "job.pay.low": Field.SALARY_MIN,
        "job.pay.high": Field.SALARY_MAX,
        "firm.fullName": Field.EMPLOYER,
    }
    [row], problems = read_records([item], mapping)
    assert row.cells == {
        Field.REFERENCE: "7",
        Field.TITLE: "普工",
        Field.SALARY_MIN: "4500",
        Field.SALARY_MAX: "6000",
        Field.EMPLOYER: "晨曜电子厂",
    }
    assert row.headings[Field.TITLE] == "job.name"
    assert (row.row, row.sheet, problems) == (1, None, [])


def test_keys_nobody_mapped_are_understood_like_headings() -> None:
    items = [{"aca112": "普工", "aab004": "晨曜电子厂", "acb240": 5.0, "acb202": "长安镇", "星座": "双鱼"}]
    [row], problems = read_records(items)
    assert row.cells == {
        Field.TITLE: "普工",
        Field.EMPLOYER: "晨曜电子厂",
        Field.OPENINGS: "5",
        Field.DIVISION: "长安镇",
    }
    assert row.other == {"星座": "双鱼"}
    assert [(problem.code, problem.column, problem.severity) for problem in problems] == [
        ("column.unknown", "星座", Severity.WARNING)
    ]


def test_a_mapped_feed_is_not_blamed_for_its_other_keys() -> None:
    [row], problems = read_records([{"t": "普工", "hits": 12, "title": "别的"}], {"t": Field.TITLE})
    assert row.cells == {Field.TITLE: "普工"}
    assert row.other == {"hits": "12", "title": "别的"}
    assert problems == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["包吃", "包住"], "包吃、包住"),
        ([{"label": "包吃"}, {"label": "包住"}], "包吃、包住"),
        ([], None),
        (None, None),
        ("", None),
        (12, "12"),
        (12.0, "12"),
        (True, "TRUE"),
        ("a\ud800b", "ab"),
    ],
)
def test_values_of_every_shape(value: object, text: str | None) -> None:
    [row], _ = read_records([{"福利": value}])
    assert row.cells.get(Field.BENEFITS) == text


def test_a_list_of_objects_is_reached_by_its_path() -> None:
    [row], _ = read_records([{"tags": [{"name": "包吃"}, {"name": "包住"}]}], {"tags.name": Field.BENEFITS})
    assert row.cells[Field.BENEFITS] == "包吃、包住"


def test_the_stronger_of_two_keys_wins_and_the_other_is_kept() -> None:
    [row], _ = read_records([{"title": "标题", "岗位名称": "普工"}])
    assert row.cells[Field.TITLE] == "普工"
    assert row.other == {"title": "标题"}


def test_places_and_prose_of_several_keys_are_joined() -> None:
    [row], _ = read_records([{"city": "东莞市", "district": "长安镇", "岗位职责": "装配", "工作内容": "打包"}])
    assert row.cells[Field.DIVISION] == "东莞市 长安镇"
    assert row.cells[Field.DUTIES] == "装配\n打包"


def test_an_item_that_is_no_object_is_counted_and_named() -> None:
    rows, problems = read_records([{"title": "普工"}, "普工", None])
    assert [row.row for row in rows] == [1, 2, 3]
    assert {problem.code for problem in problems} == {"file.item_unreadable"}
    assert [problem.row for problem in problems] == [2, 3]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=12,
)


@given(st.lists(ANYTHING, max_size=4))
def test_any_json_becomes_one_row_an_item(items: list[object]) -> None:
    rows, _ = read_records(items, {"a.b": Field.TITLE})
    assert [row.row for row in rows] == list(range(1, len(items) + 1))
