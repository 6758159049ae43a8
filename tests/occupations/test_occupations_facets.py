"""Facets as trees: everything below is counted, the order is that of the tree, a code or its beginning chooses."""

from pathlib import Path

import pytest

from search.engines.contract import Reader
from search.engines.whoosh import schema
from search.filters import FACETS
from search.opening import open_engine
from search.requests import SearchRequest, UnknownValue
from tests.unit.search_samples import TODAY, posting

WELDER, TURNER, GUARD = "6-18-02-04", "6-18-01-01", "4-07-05-01"
SAMPLES = (
    posting(
        "w1", occupation=WELDER, occupation_name="焊工", division="441900119", industry="C33", industry_name="五金"
    ),
    posting(
        "w2", occupation=WELDER, occupation_name="焊工", division="441900121", industry="C39", industry_name="电子厂"
    ),
    posting("t1", occupation=TURNER, occupation_name="车工", division="441900119", industry="C", industry_name="制造"),
    posting("g1", occupation=GUARD, occupation_name="保安员", division="440229", direction="sg-dg", industry=""),
    posting("g2", occupation="", occupation_name="", division="441900", industry="K70", industry_name="房产"),
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    reader, writer = open_engine(tmp_path_factory.mktemp("index"))
    writer.rebuild(iter(SAMPLES), 1)
    return reader


def _counted(reader: Reader, facet: str, **filters: str) -> list[tuple[str, str, int]]:
    chosen = {name: (value,) for name, value in filters.items()}
    result = reader.search(SearchRequest(TODAY, filters=chosen, facets=(facet,)))
    return [(count.value, count.label, count.count) for count in result.facets[facet]]


def test_occupations_down_to_the_small_classes(reader: Reader) -> None:
    assert _counted(reader, "occupation") == [
        ("6", "生产制造及有关人员", 3),
        ("6-18", "机械制造基础加工人员", 3),
        ("6-18-02", "机械热加工人员", 2),
        ("6-18-01", "机械冷加工人员", 1),
        ("4", "社会生产服务和生活服务人员", 1),
        ("4-07", "租赁和商务服务人员", 1),
        ("4-07-05", "安全保护服务人员", 1),
    ]


def test_a_city_stands_before_its_towns(reader: Reader) -> None:
    assert [(value, count) for value, _, count in _counted(reader, "division")] == [
        ("441900", 4), ("441900119", 2), ("441900121", 1), ("440200", 1), ("440229", 1),
    ]  # fmt: skip


def test_industries_have_the_names_of_the_standard(reader: Reader) -> None:
    assert _counted(reader, "industry") == [
        ("C", "制造业", 3),
        ("C33", "金属制品业", 1),
        ("C39", "计算机、通信和其他电子设备制造业", 1),
        ("K", "房地产业", 1),
        ("K70", "房地产业", 1),
    ]


@pytest.mark.parametrize(
    ("value", "total"), [("6", 3), ("6-18", 3), ("6-18-02", 2), (WELDER, 2), ("6-1", 3), ("4-07-05", 1), ("5", 0)]
)
def test_a_class_finds_everything_below_it(reader: Reader, value: str, total: int) -> None:
    assert reader.search(SearchRequest(TODAY, filters={"occupation": (value,)})).total == total


@pytest.mark.parametrize("value", ["9", "6-77", "C33", "焊工"])
def test_a_code_that_is_no_class_is_refused(reader: Reader, value: str) -> None:
    with pytest.raises(UnknownValue):
        reader.search(SearchRequest(TODAY, filters={"occupation": (value,)}))


def test_choosing_a_class_leaves_its_own_facet_whole(reader: Reader) -> None:
    assert _counted(reader, "occupation", occupation="6-18-02") == _counted(reader, "occupation")


def test_what_lies_above_a_value() -> None:
    assert FACETS["occupation"].parent("6-18-02") == "6-18"
    assert FACETS["occupation"].parent("6") == ""
    assert FACETS["division"].parent("441900119") == "441900"
    assert FACETS["division"].parent("441900") == ""
    assert FACETS["industry"].parent("C33") == "C"
    assert FACETS["education"].parent("college") == ""


def test_other_words_of_occupations_ask_for_a_rebuild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = open_engine(tmp_path)
    writer.rebuild(iter(SAMPLES), 1)
    assert reader.status().healthy
    monkeypatch.setattr(schema, "occupations_version", lambda: "another!")
    other, _ = open_engine(tmp_path)
    assert not other.status().healthy
