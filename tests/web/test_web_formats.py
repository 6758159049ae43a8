"""How figures, days and pay are written, and how the year is drawn."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.targets import Commitment
from config.words import Direction, SalaryPeriod
from exchange.content import Content, Salary
from exchange.counting import count_commitment
from exchange.views import formats
from exchange.views.chart import (
    HEIGHT,
    SPARK_HEIGHT,
    SPARK_WIDTH,
    WIDTH,
    ChartFacts,
    YearChart,
    pace_of,
    sparkline,
    year_chart,
)

TODAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "today", lambda: TODAY)


def _pay(**salary: Any) -> str:
    return formats.pay(Salary(**salary)).replace(formats.THIN, " ")


def test_days_are_written_the_chinese_way() -> None:
    assert formats.day(date(2026, 3, 12)) == "3月12日（周四）"
    assert formats.day(date(2027, 1, 3)) == "2027年1月3日（周日）"
    assert formats.moment(datetime(2026, 3, 11, 16, 30, tzinfo=UTC)) == "3月12日（周四）00:30"


def test_how_long_ago() -> None:
    assert formats.days_ago(TODAY) == "今天"
    assert formats.days_ago(TODAY - timedelta(days=1)) == "昨天"
    assert formats.days_ago(TODAY - timedelta(days=3)).replace(formats.THIN, " ") == "3 天前"


@pytest.mark.parametrize(
    ("salary", "words"),
    [
        ({"min": 5000, "max": 6500, "period": SalaryPeriod.MONTH}, "5,000–6,500 元/月"),
        ({"min": 4500, "max": 4500, "period": SalaryPeriod.MONTH}, "4,500 元/月"),
        ({"min": 4500, "period": SalaryPeriod.MONTH}, "4,500 元/月起"),
        ({"max": 3000, "period": SalaryPeriod.MONTH}, "3,000 元/月以内"),
        ({"min": 20000, "max": 30000, "period": SalaryPeriod.MONTH, "months": 15}, "20,000–30,000 元/月 · 15 薪"),
        ({"min": 3480, "max": 3480, "period": SalaryPeriod.HOUR, "text": "20元/小时"}, "折算 3,480 元/月"),
        ({"negotiable": True}, "面议"),
        ({"period": SalaryPeriod.PIECE, "text": "计件"}, "计件"),
        ({}, "薪资未写明"),
    ],
)
def test_pay(salary: dict[str, Any], words: str) -> None:
    assert _pay(**salary) == words


def test_the_words_of_the_source_are_repeated_only_when_they_say_more() -> None:
    def written(text: str, **rest: Any) -> str:
        return formats.pay_as_written(Salary(text=text, period=SalaryPeriod.MONTH, **rest))

    assert written("5000-6500", min=5000, max=6500) == ""
    assert written("5,000–6,500元/月", min=5000, max=6500) == ""
    assert written("底薪3000+计件，综合5000-6500", min=5000, max=6500) == "底薪3000+计件，综合5000-6500"


def _content(**values: Any) -> Content:
    return Content(title="普工", employer="厂", division="441900119", salary=Salary(), **values)


def test_openings_experience_and_age() -> None:
    assert formats.openings(_content(openings=1200)).replace(formats.THIN, " ") == "招 1,200 人"
    assert formats.openings(_content(openings_text="若干")) == "招若干人"
    assert formats.openings(_content()) == "人数未写明"
    assert formats.experience(_content()) == "经验不限"
    assert formats.experience(_content(experience_min=1, experience_max=3)).replace(formats.THIN, " ") == "1–3 年经验"
    assert formats.age(_content(age_min=18, age_max=45)).replace(formats.THIN, " ") == "18–45 岁"


def test_places_say_their_city_first() -> None:
    assert formats.place("441900119") == "东莞·长安镇"
    assert formats.place("440200") == "韶关市"


def _commitment(goal: int, **rest: Any) -> Commitment:
    return Commitment("c", "任务", Direction.DG_SG, "postings", goal, 2026, **rest)


def _chart(commitment: Commitment, daily: dict[date, int], day: date, last: dict[date, int] | None = None) -> YearChart:
    counted = count_commitment(commitment, sum(daily.values()), 0, 0, day, daily)
    pace = pace_of(commitment, commitment.goal, None)
    facts = ("东莞 → 韶关", 2026, day, daily, counted.counted, commitment.goal, pace, counted.forecast, last or {})
    return year_chart(ChartFacts(*facts))


@given(weekly=st.lists(st.integers(-50, 5000), max_size=54))
def test_a_sparkline_stays_in_its_box(weekly: list[int]) -> None:
    points = _points(sparkline(weekly)) if weekly else []
    assert len(points) == len(weekly)
    assert all(0 <= x <= SPARK_WIDTH and 0 <= y <= SPARK_HEIGHT for x, y in points)


def test_without_a_goal_there_is_no_pace() -> None:
    chart = year_chart(ChartFacts("东莞 → 韶关", 2026, TODAY, {date(2026, 2, 1): 3}, 3))
    assert (chart.pace, chart.last_year, chart.labels) == ("", "", ())
    assert chart.done_label == "2026年"


def _points(text: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


days = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 900), max_size=60)


@given(daily=days, day=st.dates(date(2025, 6, 1), date(2027, 6, 1)), goal=st.integers(1, 20_000))
def test_the_drawing_stays_in_its_box_and_never_falls(daily: dict[date, int], day: date, goal: int) -> None:
    commitment = _commitment(goal)
    until = {when: number for when, number in daily.items() if when <= day}
    chart = _chart(commitment, until, day, {when.replace(year=2025): number for when, number in daily.items()})
    for points in (_points(chart.done), _points(chart.pace), _points(chart.last_year)):
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
        assert points == sorted(points, key=lambda point: (point[0], -point[1])), "time and sums only grow"
    assert 2 <= len(chart.amounts) <= 7
    heights = sorted(label.at for label in chart.labels)
    assert all(after - before > 11.9 for before, after in pairwise(heights)), "words do not meet"
    if chart.outlook:
        low, middle, high = chart.outlook
        assert high <= middle <= low, "in a drawing, more is higher up"


def test_the_line_ends_today_at_what_is_counted() -> None:
    commitment = _commitment(1000)
    daily = {date(2026, 2, 1): 300, date(2026, 3, 1): 200}
    chart = _chart(commitment, daily, TODAY)
    top = chart.amounts[-1]
    bottom = next(tick.at for tick in chart.amounts if tick.label == "0")
    assert chart.last[1] == pytest.approx(bottom - (bottom - top.at) * 500 / int(top.label.replace(",", "")), abs=0.2)
