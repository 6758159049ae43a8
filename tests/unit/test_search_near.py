"""Nearness: how far places lie apart, and what the filter near finds."""

import pytest

from config.divisions import workplaces
from search.distances import coordinates, kilometres, usual_reach, within
from search.filters import FILTERS
from search.filters.near import read_near

CHANGAN, HUMEN, ZHANGMUTOU = "441900119", "441900121", "441900112"
ZHENJIANG, WENGYUAN, XINFENG = "440204", "440229", "440233"


def test_distances_are_those_of_the_map() -> None:
    assert kilometres(CHANGAN, HUMEN) == pytest.approx(7, abs=3)
    assert kilometres("441900", "440200") == pytest.approx(200, abs=15)
    assert kilometres(CHANGAN, CHANGAN) == 0
    assert kilometres(CHANGAN, "nowhere") is None
    assert kilometres(CHANGAN, WENGYUAN) == kilometres(WENGYUAN, CHANGAN)


def test_every_workplace_lies_somewhere() -> None:
    assert {place.code for place in workplaces()} <= coordinates().keys()


def test_near_means_farther_where_places_lie_farther_apart() -> None:
    assert usual_reach(CHANGAN) < usual_reach(WENGYUAN)
    assert HUMEN in within(CHANGAN, usual_reach(CHANGAN))
    assert ZHANGMUTOU not in within(CHANGAN, usual_reach(CHANGAN))
    assert within(WENGYUAN, usual_reach(WENGYUAN)) >= {WENGYUAN, XINFENG}
    assert ZHENJIANG in within("440200", usual_reach("440200"))


def test_value_is_a_place_and_kilometres() -> None:
    assert read_near("440229-60") == (WENGYUAN, 60)
    assert read_near("440229") == (WENGYUAN, usual_reach(WENGYUAN))
    assert read_near("440229100-5") == (WENGYUAN, 5)
    assert FILTERS["near"].name == "附近"


@pytest.mark.parametrize("value", ["", "440229-", "440229-0", "440229-501", "440229-far", "999999-5", "-5"])
def test_other_values_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_near(value)
