"""A person may say it otherwise, the system's numbers stay; and what the numbers show is said, or not said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from exchange.reports.content import Section
from exchange.reports.editing import NumbersMissing, check_edits, text_to_keep
from exchange.reports.figures import Amount, ClusterFigures, DirectionFigures, Figures, Intake
from exchange.reports.findings import find_problems
from exchange.reports.period import Period, PeriodKind, Subject
from exchange.reports.writing import write_content
from tests.unit.report_samples import CONTENT

SECTION = Section("targets", "一、目标任务完成情况", 1, ("累计7312条，完成73.1%，比上年少12条。",))
OPEN = Section("fairs", "（二）供需对接会", 2, ("平台没有登记本期此项工作的数据。",), is_open=True)
Q3 = Subject(Period(2026, PeriodKind.QUARTER, 3))


@pytest.mark.parametrize(
    "typed", ["全年7,312条，已完成任务的73.1%，同比减少12条，另办对接会3场。", "少12条。\n\n累计7312条；\n73.1%。"]
)
def test_other_words_around_the_same_numbers_are_kept(typed: str) -> None:
    assert text_to_keep(SECTION, typed).replace("\n", "") == typed.replace("\n", "")


@pytest.mark.parametrize(
    ("typed", "missing"),
    [("累计7412条，完成73.1%，少12条。", "7312"), ("累计7312条，少12条。", "73.1%"), ("很好", "7312、73.1%、12")],
)
def test_a_number_changed_or_lost_is_named(typed: str, missing: str) -> None:
    with pytest.raises(NumbersMissing, match=f"少了：{missing}。"):
        text_to_keep(SECTION, typed)


def test_nothing_typed_or_nothing_changed_is_no_edit() -> None:
    assert text_to_keep(SECTION, " \n ") == ""
    assert text_to_keep(SECTION, f"  {SECTION.paragraphs[0]}\n") == ""


def test_what_the_platform_does_not_know_is_filled_in_freely() -> None:
    assert text_to_keep(OPEN, "8月12日，42家企业参加。") == "8月12日，42家企业参加。"


def test_numbers_drawn_anew_are_missed_before_it_is_sent() -> None:
    edited = replace(SECTION, edited=("累计7312条，73.1%，12条。",))
    check_edits([edited, replace(OPEN, edited=("办了两场。",))])
    with pytest.raises(NumbersMissing, match=r"目标任务完成情况.*7500"):
        check_edits([replace(edited, paragraphs=("累计7500条，完成75%，比上年少12条。",))])


def direction(**changes: Any) -> DirectionFigures:
    plain = DirectionFigures(
        direction="dg-sg",
        goal=10_000,
        expected=7_500,
        pace_words="全年均匀",
        carried=0,
        new=Amount(2_500, 9_000),
        total=Amount(7_600, 26_000),
        last_year_new=Amount(2_400, 8_000),
        months=(800,) * 9,
        last_year_months=(800,) * 12,
        pace=(833,) * 12,
    )
    return replace(plain, **changes)


def figures(**changes: Any) -> Figures:
    plain = Figures(
        day=date(2026, 9, 30), directions=(direction(),), clusters=(), providers=(), corrections=(), uncounted={},
        held=0, intake=Intake(1, 10, {"created": 10}, {}), expiring=0,
    )  # fmt: skip
    return replace(plain, **changes)


def problems(**changes: Any) -> list[str]:
    return [finding.problem for finding in find_problems(Q3, figures(**changes))]


def test_where_all_is_well_nothing_is_complained_about() -> None:
    assert problems() == []
    content = write_content(Q3, "", figures(), CONTENT.basis, date(2026, 10, 8))
    words = {section.key: section.text for section in content.sections}
    assert words["problems"] == ("从数据看，本期没有突出问题。",)
    assert len(words["plans"]) == 1
    assert "领先1个百分点" in "".join(words["targets"])


def _cases() -> Iterator[tuple[dict[str, Any], str]]:
    yield {"directions": (direction(total=Amount(7_000, 0)),)}, "累计7000条，比应达进度少500条，落后5个百分点"
    yield {"directions": (direction(new=Amount(2_000, 0)),)}, "本季新增2000条，比上年同季的2400条少400条"
    uncounted = {"incomplete.pay": 200, "duplicate": 100}
    yield {"uncounted": uncounted}, "有300条岗位信息未计入任务，其中缺薪资200条、重复提供100条"
    yield {"held": 4}, "有4条岗位信息因内容可能不合招聘规定待审"
    yield {"expiring": 31}, "今后30日内有31条在招岗位有效期届满"
    refused = Intake(2, 20, {"created": 17, "rejected": 3}, {"title.missing": 2, "salary.unreadable": 1})
    yield {"intake": refused}, "报送表中有3行被退回，主要原因是没有岗位名称2条、薪资看不懂1条"
    idle = ClusterFigures("c02", "乐昌组团", {"dg-sg": Amount()}, {"dg-sg": Amount(3, 9)}, "草稿")
    yield {"clusters": (idle,)}, "没有提供岗位信息的组团有1个：乐昌组团"
    yield {"clusters": (idle,)}, "有1个组团尚未报送季度报告：乐昌组团"


@pytest.mark.parametrize(("changes", "sentence"), list(_cases()))
def test_what_the_numbers_show_is_said(changes: dict[str, Any], sentence: str) -> None:
    assert any(sentence in problem for problem in problems(**changes)), problems(**changes)


def test_a_report_that_came_is_not_missed_and_none_before_the_quarter_is_over() -> None:
    came = ClusterFigures("c02", "乐昌组团", {"dg-sg": Amount(1, 1)}, {"dg-sg": Amount(3, 9)}, "已报送")
    assert problems(clusters=(came,)) == []
    assert problems(clusters=(replace(came, report="未起草"),), day=date(2026, 9, 1)) == []
