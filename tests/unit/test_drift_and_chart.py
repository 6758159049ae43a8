"""Drift of fill rates, and the chart of outcomes: what is compared, added up, and said in a sentence."""

from datetime import date, timedelta

import pytest

from config.words import Outcome
from exchange.drift import drifts
from exchange.store.pull_history import DayOfRuns
from exchange.views.outcome_chart import LARGE, SMALL, outcome_chart

TODAY = date(2026, 3, 12)


def one_day(
    ago: int, good: int = 1, total: dict[str, int] | None = None, most: dict[str, int] | None = None
) -> DayOfRuns:
    empty = dict.fromkeys(map(str, Outcome), 0)
    largest = empty | (most or total or {})
    return DayOfRuns(TODAY - timedelta(days=ago), 1, good, sum(largest.values()), empty | (total or {}), largest)


def test_the_largest_move_comes_first_in_words() -> None:
    found = drifts({"salary": 0.4, "title": 1.0, "openings": 0.9}, [{"salary": 0.95, "title": 1.0, "openings": 0.8}])
    assert [drift.field for drift in found] == ["salary", "openings", "title"]
    assert found[0].sentence == "薪资待遇 缺失 60 %，上周 5 %"
    assert [drift.is_large for drift in found] == [True, False, False]


def test_a_field_that_vanishes_or_appears_is_a_move() -> None:
    found = {drift.field: drift.is_large for drift in drifts({"age": 0.5}, [{"salary": 1.0}])}
    assert found == {"age": True, "salary": True}


def test_one_odd_run_of_the_week_does_not_hide_the_move() -> None:
    (drift,) = drifts({"salary": 0.3}, [{"salary": 0.3}, {"salary": 1.0}, {"salary": 1.0}])
    assert (drift.before, drift.is_large) == (1.0, True)


def test_nothing_is_said_without_a_run_to_compare_with() -> None:
    assert drifts({"salary": 0.3}, []) == []


def test_a_move_of_just_the_threshold_is_none() -> None:
    assert [drift.is_large for drift in drifts({"salary": 0.5}, [{"salary": 0.7}])] == [False]


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_bars_stand_on_the_floor_and_stay_in_their_box(size: object) -> None:
    days = [one_day(ago, total={"unchanged": 90 + ago, "created": 5, "rejected": 2}) for ago in range(40)]
    chart = outcome_chart(days, True, TODAY, size)  # type: ignore[arg-type]
    assert len({piece.x for piece in chart.pieces}) == 30  # older days are left out
    assert max(piece.y + piece.height for piece in chart.pieces) == pytest.approx(chart.floor, abs=0.05)
    assert min(piece.y for piece in chart.pieces) >= chart.size.top - 0.05
    assert max(piece.x for piece in chart.pieces) + chart.bar <= chart.size.width


def test_a_full_list_counts_its_largest_run_and_a_list_of_news_all_of_them() -> None:
    day = one_day(0, total={"unchanged": 480, "created": 6}, most={"unchanged": 96, "created": 4})
    assert "新增 6" in outcome_chart([day], True, TODAY, SMALL).sentence
    assert "未变 94" in outcome_chart([day], True, TODAY, SMALL).sentence  # as high as the largest run, 100
    assert "未变 480" in outcome_chart([day], False, TODAY, SMALL).sentence


def test_a_day_without_a_good_run_is_marked_and_said() -> None:
    chart = outcome_chart([one_day(1, total={"created": 3}), one_day(0, good=0)], True, TODAY, SMALL)
    assert len(chart.failures) == 1
    assert chart.sentence == "近 30 天抓了 2 天，1 天没有抓成；3月12日：没有记录"


def test_no_run_is_said_too() -> None:
    chart = outcome_chart([], True, TODAY, LARGE)
    assert (chart.pieces, chart.sentence) == ((), "近 30 天没有抓取")
