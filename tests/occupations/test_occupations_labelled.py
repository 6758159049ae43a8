"""The labelled titles: how many get their class may not fall, and the set itself is sound."""

import csv

import pytest

from search.occupations import find_occupation
from tests.bench.occupations import LABELLED, LEAST, labelled, nearest_name, score


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_title_is_labelled_twice(rows: list[dict[str, str]]) -> None:
    assert len(rows) >= 400
    assert len({(row["title"], row["duties"]) for row in rows}) == len(rows)


def test_every_label_is_a_class_of_the_tree(rows: list[dict[str, str]]) -> None:
    assert [row["title"] for row in rows for code in row["classes"].split() if find_occupation(code) is None] == []


def test_the_half_that_was_not_tuned_on_is_read_right() -> None:
    found = score(labelled("heldout"))
    short = {level: share for level, share in found.right.items() if share * 100 < LEAST[level]}
    assert short == {}
    assert found.precision >= 0.95, "better open than wrong"
    assert found.answered >= 0.90


def test_the_rules_beat_the_nearest_name() -> None:
    some = labelled("heldout")[::4]
    assert score(some).right["small"] > score(some, nearest_name).right["small"] + 0.3


def test_a_wrong_answer_lowers_the_score() -> None:
    some = labelled("heldout")
    assert score(some, lambda *_: "7-01").right["major"] == 0
    assert score(some, lambda *_: "").right["small"] == sum(not row.classes for row in some) / len(some)
