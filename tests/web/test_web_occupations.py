"""Occupations on the way from a bureau's sheet to API and pages: index and answer say the same."""

from typing import Any

from exchange.indexing import rebuild
from search.occupations import find_occupation


def test_a_posting_says_its_occupation(living: Any) -> None:
    posting = living.api(f"/postings/{living.id_of('叉车司机')}")
    assert posting["occupation"] == {"code": "6-30-05-01", "name": "起重装卸机械操作工"}


def test_the_index_and_the_answers_agree(living: Any) -> None:
    items = living.api("/postings?page_size=100")["items"]
    codes = {item["occupation"]["code"] for item in items}
    assert len(codes) > 5
    for code in codes - {None}:
        found = living.api(f"/postings?page_size=100&occupation={code}")["items"]
        assert {item["id"] for item in found} == {item["id"] for item in items if item["occupation"]["code"] == code}


def test_the_facet_is_a_tree_of_known_classes(living: Any) -> None:
    answer = living.api("/postings?facets=occupation")
    counted = {value["value"]: value for value in answer["facets"]["occupation"]}
    assert counted["6"]["count"] == sum(v["count"] for code, v in counted.items() if code[0] == "6" and len(code) == 4)
    for code, value in counted.items():
        known = find_occupation(code)
        assert known is not None
        assert value["label"] == known.name


def test_an_unknown_class_is_refused_and_named(living: Any) -> None:
    assert living.api("/postings?occupation=9-99", 400)["error"]["details"]


def test_a_rebuilt_index_says_the_same(own: Any) -> None:
    before = own.api("/postings?facets=occupation")["facets"]
    rebuild(own.exchange)
    assert own.api("/postings?facets=occupation")["facets"] == before
