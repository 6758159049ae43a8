"""Every filter: what it finds, what it refuses, what its facet counts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from search.engines.contract import Reader
from search.filters import FACETS, FILTERS
from search.opening import open_engine
from search.requests import SearchRequest, SearchResult, UnknownValue
from tests.unit.search_samples import TODAY, posting

SAMPLES = (
    posting("changan"),
    posting("city", division="441900", cluster="", title="操作工"),
    posting("wengyuan", division="440229", direction="sg-dg", cluster="c02", employer="翁源茶场", source="sg-upload"),
    posting("college", education="college", occupation="4-07-05", occupation_name="文员", industry="K70"),
    posting("negotiable", salary_min=None, salary_max=None, salary_counts=False),
    posting("hourly", salary_min=4350, salary_max=9000, salary_counts=False, employment_type="part_time"),
    posting("minimum-only", salary_min=8000, salary_max=None, experience_min=3),
    posting("fed", benefits=("包吃", "包住", "五险一金"), published_on=TODAY, experience_min=0),
    posting("housed", benefits=("包吃住",), published_on=date(2026, 3, 10), openings=None),
    posting("past", valid_through=date(2026, 3, 11)),
)
Search = Callable[..., SearchResult]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    reader, writer = open_engine(tmp_path_factory.mktemp("index"))
    writer.rebuild(iter(SAMPLES), 9)
    return reader


@pytest.fixture
def found(reader: Reader) -> Callable[..., set[str]]:
    def find(**filters: str) -> set[str]:
        split = {name: tuple(value.split(",")) for name, value in filters.items()}
        return {hit.id for hit in reader.search(SearchRequest(TODAY, filters=split)).hits}

    return find


ALL = {sample.id for sample in SAMPLES} - {"past"}


def test_posting_is_found_through_its_last_day_and_not_after(reader: Reader) -> None:
    for day, there in ((date(2026, 5, 1), True), (date(2026, 5, 2), False)):
        assert (reader.search(SearchRequest(day)).total > 0) is there


@pytest.mark.parametrize(
    ("parameter", "value", "expected"),
    [
        ("direction", "sg-dg", {"wengyuan"}),
        ("division", "440229", {"wengyuan"}),
        ("division", "440229100", {"wengyuan"}),
        ("division", "441900", ALL - {"wengyuan"}),
        ("division", "441900119,440200", ALL - {"city"}),
        ("cluster", "unassigned", {"city"}),
        ("cluster", "c02,unassigned", {"city", "wengyuan"}),
        ("occupation", "4", {"college"}),
        ("occupation", "4-07-05", {"college"}),
        ("industry", "K", {"college"}),
        ("education", "college", {"college"}),
        ("experience", "3-5", {"minimum-only"}),
        ("experience", "none", ALL - {"minimum-only"}),
        ("salary_min", "8000", {"minimum-only"}),
        ("salary_min", "6500", ALL - {"negotiable", "hourly"}),
        ("employment_type", "part_time", {"hourly"}),
        ("benefit", "包吃", {"fed", "housed"}),
        ("benefit", "包吃住", {"fed", "housed"}),
        ("benefit", "社保", {"fed"}),
        ("employer", "翁源茶场", {"wengyuan"}),
        ("source", "sg-upload", {"wengyuan"}),
        ("published_within", "1", {"fed"}),
        ("published_within", "3", {"fed", "housed"}),
    ],
)
def test_filter_finds(found: Callable[..., set[str]], parameter: str, value: str, expected: set[str]) -> None:
    assert found(**{parameter: value}) == expected


def test_filters_of_two_parameters_must_both_pass(found: Callable[..., set[str]]) -> None:
    assert found(benefit="包吃", published_within="1") == {"fed"}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("direction", "north"),
        ("division", "440100"),
        ("cluster", "不是代码"),
        ("occupation", "焊工"),
        ("industry", ""),
        ("education", "大专"),
        ("experience", "many"),
        ("salary_min", "-1"),
        ("salary_min", "五千"),
        ("employment_type", "robot"),
        ("benefit", "发金条"),
        ("employer", " "),
        ("source", "a b"),
        ("published_within", "0"),
        ("weather", "sunny"),
    ],
)
def test_unknown_value_is_named(found: Callable[..., set[str]], parameter: str, value: str) -> None:
    with pytest.raises(UnknownValue) as raised:
        found(**{parameter: value})
    assert raised.value.details == {"parameter": parameter, "value": value}
    named = FILTERS[parameter].name if parameter in FILTERS else parameter
    assert named in raised.value.message


def test_labels_decide_which_codes_are_known(tmp_path: Path) -> None:
    names = {("source", "dg-upload"): "东莞各镇上报", ("cluster", "c09"): "第九组团"}
    reader, writer = open_engine(tmp_path, lambda kind, value: names.get((kind, value), ""))
    writer.rebuild(iter(SAMPLES), 1)
    assert reader.search(SearchRequest(TODAY, filters={"cluster": ("c09",)})).total == 0
    with pytest.raises(UnknownValue):
        reader.search(SearchRequest(TODAY, filters={"cluster": ("c77",)}))
    counted = reader.search(SearchRequest(TODAY, facets=("source",))).facets["source"]
    assert {count.label for count in counted} == {"东莞各镇上报", "sg-upload"}


@pytest.mark.parametrize("facet", FACETS)
def test_facet_count_is_what_choosing_the_value_leaves(reader: Reader, facet: str) -> None:
    parameter = FACETS[facet].parameter
    for q, filters in (("", {}), ("普工", {"direction": ("dg-sg",)}), ("包住 普工", {"education": ("unlimited",)})):
        counted = reader.search(SearchRequest(TODAY, q=q, filters=filters, facets=(facet,))).facets[facet]
        assert counted
        for value in counted:
            chosen = {**filters, parameter: (value.value,)}
            assert reader.search(SearchRequest(TODAY, q=q, filters=chosen)).total == value.count, value


def test_facet_is_counted_without_its_own_filter(reader: Reader) -> None:
    request = SearchRequest(TODAY, filters={"education": ("college",)}, facets=("education", "direction"))
    result = reader.search(request)
    assert {count.value for count in result.facets["education"]} == {"unlimited", "college"}
    assert [(count.value, count.count) for count in result.facets["direction"]] == [("dg-sg", 1)]


def test_understood_filter_is_left_out_of_its_own_facet_too(reader: Reader) -> None:
    result = reader.search(SearchRequest(TODAY, q="翁源", facets=("division",)))
    assert result.total == 1
    assert {"441900119", "440229"} <= {count.value for count in result.facets["division"]}


def test_unknown_facet_is_named(reader: Reader) -> None:
    with pytest.raises(UnknownValue, match="weather"):
        reader.search(SearchRequest(TODAY, facets=("weather",)))


def test_every_filter_says_itself() -> None:
    assert all(found.name and found.help for found in FILTERS.values())


def test_openings_are_summed_and_unknown_ones_are_none(reader: Reader) -> None:
    shown = [sample for sample in SAMPLES if sample.id in ALL]
    expected = sum(sample.openings or 0 for sample in shown)
    assert reader.search(SearchRequest(TODAY)).openings == expected
