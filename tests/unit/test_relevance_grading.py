"""The rules of grading, each with the posting that shows it; the measure; and that falling is noticed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.relevance import queries as query_files
from tests.relevance import reporting
from tests.relevance.engines import Answer, asked_parts
from tests.relevance.folding import plain, stands_in
from tests.relevance.grading import grade, kilometres
from tests.relevance.measuring import Graded, Judged, Measured, ndcg
from tests.relevance.queries import Intent, Query
from tests.relevance.trades import kinship, names
from tests.relevance.truth import TruePosting
from tests.unit.search_samples import posting

CHANGAN, HUMEN, QISHI, WENGYUAN = "441900119", "441900121", "441900105", "440229"


def true_posting(trade: str = "焊工", **changes: Any) -> TruePosting:
    known: dict[str, Any] = {
        "document": posting(
            title="电焊工", employer="东莞市鑫岚五金有限公司", description="负责焊接，配合叉车司机，会开叉车者优先。"
        ),
        "trade": trade,
        "brand": "鑫岚",
        "kind": "factory",
        "industry": "五金制品",
        "place": CHANGAN,
        "pay": (5000, 7000),
        "facts": frozenset({"包住", "长白班"}),
        "against": frozenset({"两班倒"}),
        "years": 0,
        "is_over": False,
        "benefits_text": "包住、常白班",
        "work": "负责焊接，配合叉车司机。",
    }
    return TruePosting(**{**known, **changes})


@pytest.mark.parametrize(
    ("asked", "offered", "stands"),
    [
        ("焊工", "焊工", 3),
        ("焊工", "氩弧焊工", 3),  # a special kind serves who asked for the wider trade
        ("氩弧焊工", "焊工", 2),
        ("氩弧焊工", "二保焊工", 1),
        ("普工", "包装工", 2),
        ("包装工", "普工", 2),
        ("司机", "大货车司机", 3),  # through two steps
        ("司机", "叉车司机", 0),  # named so, another trade
    ],
)
def test_trades_stand_to_each_other(asked: str, offered: str, stands: int) -> None:
    assert kinship(asked, offered) == stands


def test_names_of_a_trade_leave_brackets_out() -> None:
    assert "普工" in names("普工")
    assert all("（" not in name for name in names("普工"))


@pytest.mark.parametrize(
    ("intent", "expected"),
    [
        (Intent(trade=("焊工",)), 3),
        (Intent(trade=("叉车司机",)), 1),  # only named in an aside
        (Intent(trade=("会计",)), 0),
        (Intent(trade=("会计", "焊工")), 3),  # any of them
        (Intent(trade=("焊工",), place=(CHANGAN,)), 3),
        (Intent(trade=("焊工",), place=(HUMEN,)), 1),  # next door
        (Intent(trade=("焊工",), place=(QISHI,)), 0),
        (Intent(trade=("焊工",), near=HUMEN), 3),
        (Intent(trade=("焊工",), near=WENGYUAN), 0),
        (Intent(trade=("焊工",), city="shaoguan"), 0),
        (Intent(trade=("焊工",), pay=7000), 3),
        (Intent(trade=("焊工",), pay=7500), 1),
        (Intent(trade=("焊工",), pay=9000), 0),
        (Intent(trade=("焊工",), has=("包住",)), 3),
        (Intent(trade=("焊工",), has=("双休",)), 1),  # not said
        (Intent(trade=("焊工",), has=("两班倒",)), 0),  # said otherwise
        (Intent(trade=("焊工",), type="part_time"), 0),
        (Intent(trade=("焊工",), education="college"), 2),  # asks for less
        (Intent(trade=("焊工",), openings=20), 1),
        (Intent(trade=("焊工",), industry=("玩具制造",)), 1),
        (Intent(trade=("焊工",), words=("叉车",)), 3),
        (Intent(trade=("焊工",), words=("图纸",)), 1),
        (Intent(trade=("焊工",), without=("叉车",)), 0),
        (Intent(trade=("焊工",), without_place=(CHANGAN,)), 0),
        (Intent(words=("焊接",)), 2),
        (Intent(words=("鑫岚五金",)), 3),
        (Intent(words=("焊接", "陶瓷")), 1),
        (Intent(phrase="会开叉车"), 3),
        (Intent(phrase="叉车会开"), 0),
        (Intent(brand="鑫岚"), 3),
        (Intent(brand="鑫岚", trade=("会计",)), 1),
        (Intent(brand="步桐", trade=("焊工",)), 1),
        (Intent(nothing=True), 0),
    ],
)
def test_what_was_asked_and_what_it_costs_to_miss_it(intent: Intent, expected: int) -> None:
    assert grade(intent, true_posting()) == expected


def test_what_is_not_known_is_doubtful_and_what_is_over_is_nothing() -> None:
    asked = Intent(trade=("焊工",), pay=5000)
    assert grade(asked, true_posting(pay=None)) == 1
    assert grade(asked, true_posting(is_over=True)) == 0
    assert [grade(Intent(no_experience=True), true_posting(years=years)) for years in (0, 1, 3)] == [3, 1, 0]
    nowhere = true_posting(place="441900")  # an advertisement that names the city alone
    assert grade(Intent(place=(CHANGAN,)), nowhere) == 1


def test_latin_words_stand_whole_and_chinese_ones_anywhere() -> None:
    assert stands_in("ui", plain("UI 设计"))
    assert not stands_in("UI", plain("build"))
    assert stands_in("小化妆", plain("车缝小化妆包"))
    assert not stands_in("景点", plain("经典"))


def test_distances_are_about_right() -> None:
    assert 4 < kilometres(CHANGAN, HUMEN) < 12
    assert kilometres(CHANGAN, WENGYUAN) > 100
    assert kilometres(CHANGAN, "441900") == float("inf")


def test_ndcg_rewards_the_best_first() -> None:
    grades = {"a": 3, "b": 2, "c": 1}
    assert ndcg(grades, ["a", "b", "c"]) == 1
    assert ndcg(grades, ["b", "a", "c"]) < 1
    assert ndcg(grades, ["a"]) > ndcg(grades, ["b", "c"]) > ndcg(grades, ["x"]) == 0
    assert ndcg({str(n): 3 for n in range(40)}, [str(n) for n in range(10)]) == 1  # ten are all one can show


def _measured(engine: str, *answers: tuple[dict[str, int], Answer]) -> Measured:
    judged = (
        Judged(Graded(Query("q", "trade", Intent(), number), grades), answer, ndcg(grades, answer.ids))
        for number, (grades, answer) in enumerate(answers)
    )
    return Measured(engine, tuple(judged))


def test_shares_count_what_has_an_answer() -> None:
    found, missed = ({"a": 3}, Answer(("a",))), ({"a": 3}, Answer(()))
    made_up, honest = ({}, Answer(("a",))), ({}, Answer(("a",), "以下是名称相近的岗位"))
    measured = _measured("ours", found, missed, made_up, honest, ({}, Answer(())))
    assert (measured.ndcg(), measured.zero_share(), measured.nothing()) == (0.5, 0.5, (3, 1, 1))
    assert [judged.query.number for judged in measured.worst(1)] == [1]
    assert (measured.ndcg(held_out=True), measured.ndcg(held_out=False)) == (1, 0)


def test_falling_below_what_landed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    landed = tmp_path / "landed.toml"
    landed.write_text("ndcg = 0.8\nndcg_held_out = 0.4\nzero_share = 0.01\nnothing_honest = 0\n")
    monkeypatch.setattr(reporting, "LANDED", landed)
    good, bad = ({"a": 3}, Answer(("a",))), ({"a": 3}, Answer(()))
    assert reporting.fallen([_measured("ours", good, good), _measured("other", good, bad)]) == []
    faults = reporting.fallen([_measured("ours", good, bad), _measured("other", good, good)])
    assert [fault.partition(":")[0] for fault in faults] == ["ndcg", "zero_share", "not better than other"]


def test_an_intent_that_says_nothing_known_is_refused() -> None:
    for entry in ({"q": "普工"}, {"q": "普工", "trades": "普工"}, {"q": "普工", "trade": "宇航员"}):
        with pytest.raises(ValueError, match="普工"):
            query_files._intent(entry)


def test_queries_are_taken_apart_for_those_that_have_to_be_told() -> None:
    assert asked_parts("普工 “坐着上班” -夜班") == (["普工"], ["坐着上班"], ["夜班"])


def test_a_posting_is_compared_by_what_it_is_not_by_its_words() -> None:
    assert replace(true_posting()) != true_posting()
