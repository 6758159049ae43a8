"""How far a posting fits a supply notice: each part of the score is said in words; wishes not stated weigh nothing."""

from dataclasses import replace
from datetime import date

import pytest

from exchange.matching_supply import LEAST, Candidate, Wish, match

WISH = Wish("焊工", 20, 6000, date(2026, 3, 1), ("包吃", "包住"), ("441900119",))
POSTING = Candidate("焊工（二保焊）", "441900119", 7000, 9000, False, ("包吃住",), 30, date(2026, 5, 1))


def words(wish: Wish, candidate: Candidate) -> str:
    return match(wish, candidate).in_words


def test_what_fits_in_everything_scores_100() -> None:
    assert match(WISH, POSTING).score == 100


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "电焊技师"}, "名称不含这个词"),
        ({"salary_min": 4000, "salary_max": 5500}, "比期望的 6,000 元低 500 元"),
        ({"salary_min": 5000, "salary_max": 6500}, "上限达到期望的 6,000 元"),
        ({"salary_min": None, "salary_max": None, "negotiable": True}, "薪资面议"),
        ({"division": "441900121"}, "在虎门镇，不在希望去的长安镇"),
        ({"benefits": ("包住",)}, "包住有，没写包吃"),
        ({"openings": 5}, "招 5 人，可接收其中 5 人"),
        ({"valid_through": date(2026, 2, 1)}, "招到 2月1日，早于可到岗的 3月1日"),
    ],
)
def test_what_does_not_fit_costs_points_and_is_named(changes: dict[str, object], said: str) -> None:
    lesser = match(WISH, replace(POSTING, **changes))  # type: ignore[arg-type]
    assert lesser.score < 100
    assert said in lesser.in_words


def test_what_nobody_wished_for_is_not_held_against_a_posting() -> None:
    free = replace(WISH, pay_min=None, benefits=(), places=())
    poor = replace(POSTING, salary_min=3000, salary_max=3500, benefits=(), division="441900121")
    assert match(free, poor).score == 100
    assert words(free, poor) == "岗位名称含“焊工”；招 30 人，可接收其中 20 人"


def test_a_place_in_the_wished_city_is_as_good_as_the_city() -> None:
    assert "是希望去的地方" in words(replace(WISH, places=("441900",)), POSTING)


def test_lower_pay_always_scores_less_and_never_below_nothing() -> None:
    scores = [match(WISH, replace(POSTING, salary_min=pay, salary_max=pay)).score for pay in range(500, 6500, 500)]
    assert scores == sorted(scores)
    assert min(scores) >= LEAST  # the trade, the place and the benefits still fit


def test_another_trade_elsewhere_for_too_little_is_not_shown() -> None:
    far = replace(
        POSTING, title="保安", salary_min=2500, salary_max=3000, division="441900121", benefits=(), openings=1
    )
    assert not match(WISH, far).is_shown
